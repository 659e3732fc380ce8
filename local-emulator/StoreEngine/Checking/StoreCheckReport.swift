/// What a walk through a whole store found.
package struct StoreCheckReport: Sendable, Equatable {
    /// Something that does not agree with something else.
    package struct Problem: Sendable, Equatable, CustomStringConvertible {
        /// The table, index or stream, or the file.
        package var place: String
        package var message: String

        package var description: String { "\(place): \(message)" }
    }

    /// A damaged file has as many problems as rows; the first ones tell what kind it is.
    static let problemLimit = 100

    /// The first problems, in the order of the walk.
    package private(set) var problems: [Problem] = []
    /// All of them, also those beyond the limit.
    package private(set) var problemCount = 0
    package var tables = 0
    package var items = 0
    package var indexEntries = 0
    package var expiryEntries = 0
    package var streamRecords = 0

    package var isClean: Bool { problemCount == 0 }

    mutating func add(_ place: String, _ message: String) {
        problemCount += 1
        if problems.count < Self.problemLimit { problems.append(Problem(place: place, message: message)) }
    }

    /// Does a part of the check; that it cannot be done is a problem of its place.
    mutating func attempt(_ place: String, _ body: (inout StoreCheckReport) throws -> Void) {
        do {
            try body(&self)
        } catch {
            add(place, "cannot be read: \(error)")
        }
    }
}
