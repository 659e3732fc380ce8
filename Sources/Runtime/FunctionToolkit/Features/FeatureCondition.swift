internal import LambdaEvents

/// One condition of a rule.
///
/// Actions and their meanings: Powertools for AWS Lambda (Python), "Feature flags", "Conditions", "Rule engine flowchart".
struct FeatureCondition: Sendable, Equatable {
    enum Action: String, Sendable, CaseIterable {
        case equals = "EQUALS"
        case notEquals = "NOT_EQUALS"
        case keyGreaterThanValue = "KEY_GREATER_THAN_VALUE"
        case keyGreaterThanOrEqualValue = "KEY_GREATER_THAN_OR_EQUAL_VALUE"
        case keyLessThanValue = "KEY_LESS_THAN_VALUE"
        case keyLessThanOrEqualValue = "KEY_LESS_THAN_OR_EQUAL_VALUE"
        case startsWith = "STARTSWITH"
        case endsWith = "ENDSWITH"
        case isIn = "IN"
        case isNotIn = "NOT_IN"
        case keyInValue = "KEY_IN_VALUE"
        case keyNotInValue = "KEY_NOT_IN_VALUE"
        case valueInKey = "VALUE_IN_KEY"
        case valueNotInKey = "VALUE_NOT_IN_KEY"
        case allInValue = "ALL_IN_VALUE"
        case anyInValue = "ANY_IN_VALUE"
        case noneInValue = "NONE_IN_VALUE"
        case timeRange = "SCHEDULE_BETWEEN_TIME_RANGE"
        case dateTimeRange = "SCHEDULE_BETWEEN_DATETIME_RANGE"
        case daysOfWeek = "SCHEDULE_BETWEEN_DAYS_OF_WEEK"
        case moduloRange = "MODULO_RANGE"
    }

    enum Test: Sendable, Equatable {
        case compare(Action, key: String, value: JSONValue)
        /// `start <= key % base <= end`.
        case modulo(key: String, base: Int, start: Int, end: Int)
        case schedule(FeatureSchedule)
    }

    var test: Test

    /// A key that the context does not have satisfies no condition; values that cannot be compared satisfy none either.
    func holds(in context: [String: JSONValue], at seconds: Int64) -> Bool {
        switch test {
        case .schedule(let schedule): return schedule.holds(at: seconds)
        case .modulo(let key, let base, let start, let end):
            guard let number = context[key]?.intValue else { return false }
            let remainder = number % base
            return (start...end).contains(remainder < 0 ? remainder + base : remainder)
        case .compare(let action, let key, let value):
            guard let given = context[key] else { return false }
            return Self.compare(action, given, value)
        }
    }

    private static func compare(_ action: Action, _ key: JSONValue, _ value: JSONValue) -> Bool {
        switch action {
        case .equals: equal(key, value)
        case .notEquals: !equal(key, value)
        case .keyGreaterThanValue: order(key, value).map { $0 > 0 } ?? false
        case .keyGreaterThanOrEqualValue: order(key, value).map { $0 >= 0 } ?? false
        case .keyLessThanValue: order(key, value).map { $0 < 0 } ?? false
        case .keyLessThanOrEqualValue: order(key, value).map { $0 <= 0 } ?? false
        case .startsWith: texts(key, value).map { $0.starts(with: $1) } ?? false
        case .endsWith: texts(key, value).map { $0.reversed().starts(with: $1.reversed()) } ?? false
        case .isIn, .keyInValue: contains(value, key) ?? false
        case .isNotIn, .keyNotInValue: contains(value, key).map(!) ?? false
        case .valueInKey: contains(key, value) ?? false
        case .valueNotInKey: contains(key, value).map(!) ?? false
        case .allInValue: lists(key, value).map { keys, values in keys.allSatisfy { holds(values, $0) } } ?? false
        case .anyInValue: lists(key, value).map { keys, values in keys.contains { holds(values, $0) } } ?? false
        case .noneInValue: lists(key, value).map { keys, values in !keys.contains { holds(values, $0) } } ?? false
        case .timeRange, .dateTimeRange, .daysOfWeek, .moduloRange: false
        }
    }

    /// Numbers compare by what they are, whole or not.
    private static func equal(_ one: JSONValue, _ other: JSONValue) -> Bool {
        if one == other { return true }
        switch (one, other) {
        case (.integer, .number), (.number, .integer): return one.doubleValue == other.doubleValue
        case (.array(let ones), .array(let others)):
            return ones.count == others.count && zip(ones, others).allSatisfy { equal($0, $1) }
        case (.object(let ones), .object(let others)):
            return ones.count == others.count && ones.allSatisfy { name, value in others[name].map { equal(value, $0) } ?? false }
        default: return false
        }
    }

    /// Below, at or above zero; nil for values that have no order among each other.
    private static func order(_ one: JSONValue, _ other: JSONValue) -> Int? {
        switch (one, other) {
        case (.integer(let one), .integer(let other)): return one < other ? -1 : one > other ? 1 : 0
        case (.string(let one), .string(let other)):
            if one.unicodeScalars.elementsEqual(other.unicodeScalars) { return 0 }
            return one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars) ? -1 : 1
        default:
            guard let one = one.doubleValue, let other = other.doubleValue else { return nil }
            return one < other ? -1 : one > other ? 1 : 0
        }
    }

    /// An element of a list, a part of a text, or a name in an object; nil where nothing can be in the container.
    private static func contains(_ container: JSONValue, _ value: JSONValue) -> Bool? {
        switch (container, value) {
        case (.array(let elements), _): return holds(elements, value)
        case (.string(let text), .string(let part)):
            return contains(Array(text.utf8), Array(part.utf8))
        case (.object(let members), .string(let name)): return members[name] != nil
        default: return nil
        }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    }

    private static func holds(_ elements: [JSONValue], _ value: JSONValue) -> Bool { elements.contains { equal($0, value) } }

    private static func texts(_ one: JSONValue, _ other: JSONValue) -> (String.UnicodeScalarView, String.UnicodeScalarView)? {
        guard let one = one.stringValue, let other = other.stringValue else { return nil }
        return (one.unicodeScalars, other.unicodeScalars)
    }

    private static func lists(_ one: JSONValue, _ other: JSONValue) -> ([JSONValue], [JSONValue])? {
        guard let one = one.arrayValue, let other = other.arrayValue else { return nil }
        return (one, other)
    }
}
