import Foundation

/// Names of requests, connections and messages: 11 random bytes in base64, as `JKJaXmPLvHcESHA=`.
enum Identifier {
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<11).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        // A connection id stands in a path, so neither "/" nor "+" may be in it.
        return Data(bytes).base64EncodedString().replacing("/", with: "_").replacing("+", with: "-")
    }

    /// `Root=1-<seconds, 8 hex digits>-<24 hex digits>` (AWS X-Ray Developer Guide, "Tracing header").
    static func traceID(at time: Date) -> String {
        let seconds = String(Int(time.timeIntervalSince1970), radix: 16)
        let random = (0..<24).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
        return "Root=1-\(seconds)-\(random)"
    }
}

/// `12/Mar/2020:19:03:58 +0000`, the Common Log Format's time.
func commonLogTime(_ time: Date) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: time)
    func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
    let date = "\(two(parts.day))/\(months[(parts.month ?? 1) - 1])/\(parts.year ?? 0)"
    return "\(date):\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
}
