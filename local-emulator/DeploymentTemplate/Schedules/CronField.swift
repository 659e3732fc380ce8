/// A field of a cron expression that names plain values: minutes, hours, months, years, and the simple forms of days.
struct CronField: Sendable, Equatable {
    /// The name for error texts, the values, and names of values from the least on (`JAN`, …).
    struct Shape: Sendable {
        var name: String
        var range: ClosedRange<Int>
        var names: [String] = []

        static let minutes = Shape(name: "minutes", range: 0...59)
        static let hours = Shape(name: "hours", range: 0...23)
        static let dayOfMonth = Shape(name: "day-of-month", range: 1...31)
        static let month = Shape(
            name: "month", range: 1...12,
            names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"])
        static let dayOfWeek = Shape(
            name: "day-of-week", range: 1...7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"])
        static let year = Shape(name: "year", range: 1970...2199)

        func value(_ text: Substring) throws(ScheduleProblem) -> Int {
            if let index = names.firstIndex(of: text.uppercased()) { return range.lowerBound + index }
            guard let number = Int(text), range.contains(number) else {
                throw ScheduleProblem(text: "\(text) is no \(name) (\(range.lowerBound)-\(range.upperBound))")
            }
            return number
        }
    }

    var values: Set<Int>

    init(_ text: Substring, _ shape: Shape) throws(ScheduleProblem) {
        var values: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            values.formUnion(try Self.values(of: part, shape))
        }
        self.values = values
    }

    /// `*`, `a`, `a-b`, and any of these with `/step`.
    private static func values(of part: Substring, _ shape: Shape) throws(ScheduleProblem) -> [Int] {
        let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(pieces.count), !pieces[0].isEmpty else {
            throw ScheduleProblem(text: "\(part) is not a \(shape.name) field")
        }
        var range = try range(of: pieces[0], shape)
        guard pieces.count == 2 else { return Array(range) }
        guard let step = Int(pieces[1]), step > 0 else {
            throw ScheduleProblem(text: "\(part) has no step after the / in \(shape.name)")
        }
        // `5/15` starts at 5 and goes on to the end.
        if range.count == 1 { range = range.lowerBound...shape.range.upperBound }
        return Array(stride(from: range.lowerBound, through: range.upperBound, by: step))
    }

    private static func range(of text: Substring, _ shape: Shape) throws(ScheduleProblem) -> ClosedRange<Int> {
        if text == "*" { return shape.range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        let first = try shape.value(ends[0])
        guard ends.count == 2 else {
            guard ends.count == 1 else { throw ScheduleProblem(text: "\(text) is not a \(shape.name) range") }
            return first...first
        }
        let last = try shape.value(ends[1])
        guard first <= last else { throw ScheduleProblem(text: "the \(shape.name) range \(text) runs backwards") }
        return first...last
    }
}
