#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

internal import LambdaEvents
internal import RoostJSON

/// Feature flags as a document states them, checked.
///
/// ```json
/// {
///   "premium": {
///     "default": false,
///     "rules": {
///       "tier is premium": {
///         "when_match": true,
///         "conditions": [{"action": "EQUALS", "key": "tier", "value": "premium"}]
///       }
///     }
///   },
///   "limit": {"default": 10, "boolean_type": false}
/// }
/// ```
///
/// The document is Powertools'. Source: Powertools for AWS Lambda (Python), "Feature flags", "Schema".
public struct FeatureSet: Sendable {
    struct Rule: Sendable {
        var name: String
        var whenMatch: JSONValue
        var conditions: [FeatureCondition]
    }

    struct Feature: Sendable {
        var defaultValue: JSONValue
        /// Of the document's order, in which the first that holds decides.
        var rules: [Rule]
    }

    let features: [String: Feature]

    /// - Parameters:
    ///   - envelope: the names of the objects around the features, from the outermost.
    ///   - timeZones: the zones that schedules name.
    /// - Throws: ``FeatureSchemaError``.
    public init(
        json: Data, envelope: [String] = [], timeZones: TimeZoneDatabase = TimeZoneDatabase(environment: [:])
    ) throws(FeatureSchemaError) {
        // The decoder's own words may quote the document.
        guard let document = try? LeanJSONDecoder().decode(JSONValue.self, from: json),
            let order = try? LeanJSONDecoder().decode(MemberOrder.self, from: json)
        else {
            throw FeatureSchemaError(place: "", problem: "is no JSON")
        }
        var features: JSONValue? = document
        for name in envelope { features = features?[name] }
        guard let members = features?.objectValue else {
            throw FeatureSchemaError(place: envelope.joined(separator: "."), problem: "is no object of features")
        }
        let reader = FeatureReader(order: order, envelope: envelope, timeZones: timeZones)
        var read: [String: Feature] = [:]
        // Sorted, so that of several faults the same one is told each time.
        for (name, feature) in members.sorted(by: { $0.key < $1.key }) { read[name] = try reader.feature(name, feature) }
        self.features = read
    }
}

/// Reads features and says where one is not as it must be.
struct FeatureReader {
    let order: MemberOrder
    let envelope: [String]
    let timeZones: TimeZoneDatabase

    func feature(_ name: String, _ value: JSONValue) throws(FeatureSchemaError) -> FeatureSet.Feature {
        let members = try object(value, name)
        let isBoolean = try boolean(members["boolean_type"] ?? true, "\(name).boolean_type")
        let defaultValue = members["default"] ?? .null
        if defaultValue.isNull { throw FeatureSchemaError(place: "\(name).default", problem: "is missing or null") }
        if isBoolean { _ = try boolean(defaultValue, "\(name).default") }
        guard let rules = members["rules"], !rules.isNull else { return .init(defaultValue: defaultValue, rules: []) }
        let all = try object(rules, "\(name).rules", mayBeEmpty: true)
        var read: [FeatureSet.Rule] = []
        for ruleName in order.names(at: envelope + [name, "rules"]) {
            let place = "\(name).rules.\(ruleName)"
            if ruleName.isEmpty { throw FeatureSchemaError(place: place, problem: "has no name") }
            let rule = try object(all[ruleName] ?? .null, place)
            let whenMatch = rule["when_match"] ?? .null
            if isBoolean { _ = try boolean(whenMatch, "\(place).when_match") }
            guard let conditions = rule["conditions"]?.arrayValue, !conditions.isEmpty else {
                throw FeatureSchemaError(place: "\(place).conditions", problem: "is no list of conditions, or empty")
            }
            var tests: [FeatureCondition] = []
            for (index, condition) in conditions.enumerated() {
                tests.append(FeatureCondition(test: try self.condition(condition, "\(place).conditions[\(index)]")))
            }
            read.append(.init(name: ruleName, whenMatch: whenMatch, conditions: tests))
        }
        return .init(defaultValue: defaultValue, rules: read)
    }

    private func condition(_ value: JSONValue, _ place: String) throws(FeatureSchemaError) -> FeatureCondition.Test {
        let members = try object(value, place)
        guard let name = members["action"]?.stringValue, let action = FeatureCondition.Action(rawValue: name) else {
            let names = FeatureCondition.Action.allCases.map(\.rawValue).joined(separator: ", ")
            throw FeatureSchemaError(place: "\(place).action", problem: "is none of \(names)")
        }
        guard let key = members["key"]?.stringValue, !key.isEmpty else {
            throw FeatureSchemaError(place: "\(place).key", problem: "is no text, or empty")
        }
        guard let operand = members["value"], !operand.isNull else {
            throw FeatureSchemaError(place: "\(place).value", problem: "is missing or null")
        }
        let keyPlace = "\(place).key"
        let valuePlace = "\(place).value"
        switch action {
        case .timeRange:
            try require(key == "CURRENT_TIME", keyPlace, "must be CURRENT_TIME for \(name)")
            return .schedule(try timeRange(operand, valuePlace))
        case .dateTimeRange:
            try require(key == "CURRENT_DATETIME", keyPlace, "must be CURRENT_DATETIME for \(name)")
            return .schedule(try dateTimeRange(operand, valuePlace))
        case .daysOfWeek:
            try require(key == "CURRENT_DAY_OF_WEEK", keyPlace, "must be CURRENT_DAY_OF_WEEK for \(name)")
            return .schedule(try daysOfWeek(operand, valuePlace))
        case .moduloRange: return try modulo(key, operand, valuePlace)
        case .allInValue, .anyInValue, .noneInValue:
            try require(operand.arrayValue != nil, valuePlace, "must be a list for \(name)")
            return .compare(action, key: key, value: operand)
        default: return .compare(action, key: key, value: operand)
        }
    }

    private func timeRange(_ value: JSONValue, _ place: String) throws(FeatureSchemaError) -> FeatureSchedule {
        let members = try object(value, place)
        func minutes(_ name: String) throws(FeatureSchemaError) -> Int {
            guard let minutes = members[name]?.stringValue.flatMap(FeatureSchedule.minutes) else {
                throw FeatureSchemaError(place: "\(place).\(name)", problem: "is no time of day, HH:MM")
            }
            return minutes
        }
        return FeatureSchedule(
            range: .minutes(start: try minutes("START"), end: try minutes("END")), zone: try zone(members, place))
    }

    private func dateTimeRange(_ value: JSONValue, _ place: String) throws(FeatureSchemaError) -> FeatureSchedule {
        let members = try object(value, place)
        func moment(_ name: String) throws(FeatureSchemaError) -> Double {
            let text = members[name]?.stringValue ?? ""
            try require(!FeatureSchedule.hasOffset(text), "\(place).\(name)", "must have no offset: TIMEZONE says where it is")
            guard let moment = FeatureSchedule.moment(text) else {
                throw FeatureSchemaError(place: "\(place).\(name)", problem: "is no ISO 8601 time")
            }
            return moment
        }
        return FeatureSchedule(
            range: .moments(start: try moment("START"), end: try moment("END")), zone: try zone(members, place))
    }

    private func daysOfWeek(_ value: JSONValue, _ place: String) throws(FeatureSchemaError) -> FeatureSchedule {
        let members = try object(value, place)
        guard let names = members["DAYS"]?.arrayValue else {
            throw FeatureSchemaError(place: "\(place).DAYS", problem: "is no list of days")
        }
        var days: Set<Int> = []
        for (index, name) in names.enumerated() {
            guard let day = FeatureSchedule.dayNames.firstIndex(of: name.stringValue ?? "") else {
                throw FeatureSchemaError(place: "\(place).DAYS[\(index)]", problem: "is no day: SUNDAY to SATURDAY")
            }
            days.insert(day)
        }
        return FeatureSchedule(range: .weekdays(days), zone: try zone(members, place))
    }

    private func modulo(_ key: String, _ value: JSONValue, _ place: String) throws(FeatureSchemaError) -> FeatureCondition.Test {
        let members = try object(value, place)
        func number(_ name: String) throws(FeatureSchemaError) -> Int {
            guard let number = members[name]?.intValue else {
                throw FeatureSchemaError(place: "\(place).\(name)", problem: "is no whole number")
            }
            return number
        }
        let (base, start, end) = (try number("BASE"), try number("START"), try number("END"))
        try require(0 <= start && start <= end && end < base, place, "must be 0 <= START <= END <= BASE-1")
        return .modulo(key: key, base: base, start: start, end: end)
    }

    private func zone(_ members: [String: JSONValue], _ place: String) throws(FeatureSchemaError) -> TimeZoneRules {
        let value = members["TIMEZONE"] ?? .null
        guard let zone = timeZones.rules(named: value.isNull ? "UTC" : value.stringValue ?? "") else {
            throw FeatureSchemaError(place: "\(place).TIMEZONE", problem: "is no time zone that is known here")
        }
        return zone
    }

    private func object(
        _ value: JSONValue, _ place: String, mayBeEmpty: Bool = false
    ) throws(FeatureSchemaError) -> [String: JSONValue] {
        guard let members = value.objectValue, mayBeEmpty || !members.isEmpty else {
            throw FeatureSchemaError(place: place, problem: mayBeEmpty ? "is no object" : "is no object, or empty")
        }
        return members
    }

    private func boolean(_ value: JSONValue, _ place: String) throws(FeatureSchemaError) -> Bool {
        guard let flag = value.boolValue else { throw FeatureSchemaError(place: place, problem: "is not true or false") }
        return flag
    }

    private func require(_ condition: Bool, _ place: String, _ problem: String) throws(FeatureSchemaError) {
        if !condition { throw FeatureSchemaError(place: place, problem: problem) }
    }
}
