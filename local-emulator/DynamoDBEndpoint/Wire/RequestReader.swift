#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents
import StoreEngine

/// The members of one structure of a request, read into the engine's types.
///
/// A member of a wrong JSON type is refused as soon as it is read. What breaks a constraint of the model is collected, over all
/// structures of the request, and reported at once by `check`, as the service does. A required member that is missing is such
/// a violation: the reader answers a stand-in, which never reaches the engine, because `check` throws first.
struct RequestReader {
    let members: WireObject
    /// Where the structure stands in the request, with the point: `transactItems.1.member.put.`; empty for the request itself.
    private let path: String
    let findings: Findings

    /// What is wrong with the request, found while it was read. Shared by the readers of one request, on one thread.
    final class Findings {
        var violations = ConstraintViolations()
        /// Mistakes in attribute values, which the service finds after all constraints.
        var mistake: String?
    }

    /// The address that the client asked at; nil where there was no HTTP.
    let host: String?

    init(_ members: WireObject, host: String? = nil) {
        self.init(members, path: "", Findings(), host: host)
    }

    private init(_ members: WireObject, path: String, _ findings: Findings, host: String? = nil) {
        self.host = host
        self.members = members
        self.path = path
        self.findings = findings
    }

    /// Refuses the request if anything was found wrong with it; called after all of it was read.
    func check() throws(Refusal) {
        try checkConstraints()
        if let mistake = findings.mistake { throw .validation(mistake) }
    }

    /// The first half of ``check()``, for what the service looks at between constraints and attribute values.
    func checkConstraints() throws(Refusal) {
        do throws(StoreError) { try findings.violations.check() } catch { throw .store(error) }
    }

    /// The member, unless it is missing or null.
    subscript(name: String) -> WireValue? {
        guard let value = members[name] else { return nil }
        if case .null = value { return nil }
        return value
    }

    /// Whether the request is so deep that the service reads its enumerations in an older way, with older texts.
    ///
    /// The service does so in PutItem, UpdateItem and DeleteItem from documents of about 63 levels on, which are two deep each
    /// on the wire, below the parameter and the attribute.
    var isFarTooDeep: Bool { members.document.depth > 128 }

    func place(of name: String) -> String { path + name.prefix(1).lowercased() + name.dropFirst() }

    /// Whether the member is there and not null.
    func has(_ name: String) -> Bool { self[name] != nil }

    func violate(
        _ name: String, value: String, _ constraint: String, current: ConstraintViolations.Current? = nil
    ) {
        findings.violations.add(value, at: place(of: name), constraint, current: current)
    }

    /// Answers whether the member is there, and notes the violation if not.
    func require(_ name: String) -> WireValue? {
        let value = self[name]
        if value == nil { findings.violations.addNull(at: place(of: name)) }
        return value
    }
}

// MARK: - Scalars

extension RequestReader {
    func string(_ name: String) throws(Refusal) -> String? {
        guard let value = self[name] else { return nil }
        return try WireConversion.string(value)
    }

    func requiredString(_ name: String) throws(Refusal) -> String {
        guard let value = require(name) else { return "" }
        return try WireConversion.string(value)
    }

    func bool(_ name: String) throws(Refusal) -> Bool? {
        guard let value = self[name] else { return nil }
        return try WireConversion.bool(value)
    }

    func requiredBool(_ name: String) throws(Refusal) -> Bool {
        guard let value = require(name) else { return false }
        return try WireConversion.bool(value)
    }

    func integer(_ name: String) throws(Refusal) -> Int? {
        guard let value = self[name] else { return nil }
        return try WireConversion.integer(value)
    }

    func requiredLong(_ name: String) throws(Refusal) -> Int {
        guard let value = require(name) else { return 0 }
        return try WireConversion.integer(value, "Long")
    }

    func timestamp(_ name: String) throws(Refusal) -> Date? {
        guard let value = self[name] else { return nil }
        return try WireConversion.timestamp(value)
    }

    /// One of an enumeration's texts.
    ///
    /// - Parameter order: the texts in the order in which the service lists them in its message.
    func option<Option: RawRepresentable<String>>(
        _ name: String, _ type: Option.Type = Option.self, order: String,
        current: @autoclosure () -> ConstraintViolations.Current? = nil
    ) throws(Refusal) -> Option? {
        guard let text = try string(name) else { return nil }
        if let option = Option(rawValue: text) { return option }
        violate(name, value: text, "Member must satisfy enum value set: [\(order)]", current: current())
        return nil
    }

    func requiredOption<Option: RawRepresentable<String>>(
        _ name: String, order: String, standIn: Option
    ) throws(Refusal) -> Option {
        guard require(name) != nil else { return standIn }
        return try option(name, Option.self, order: order) ?? standIn
    }
}

// MARK: - Attribute values

extension RequestReader {
    /// - Parameter mistake: how a mistake in a value is told; the service has words around it for some parameters.
    func attributes(
        _ name: String, mistake: (String) -> String = { $0 }
    ) throws(Refusal) -> AttributeMap? {
        guard let value = self[name] else { return nil }
        return try attributes(value, mistake)
    }

    func requiredAttributes(_ name: String) throws(Refusal) -> AttributeMap {
        guard let value = require(name) else { return [:] }
        return try attributes(value) { $0 }
    }

    private func attributes(_ value: WireValue, _ mistake: (String) -> String) throws(Refusal) -> AttributeMap {
        var wire = AttributeValueWire()
        let attributes = try wire.attributes(try WireConversion.map(value, of: "AttributeValue"))
        note(wire.mistake.map(mistake))
        return attributes
    }

    func requiredKeys(_ name: String) throws(Refusal) -> [AttributeMap] {
        guard let value = require(name) else { return [] }
        var keys: [AttributeMap] = []
        for element in try WireConversion.list(value) {
            keys.append(try attributes(element) { $0 })
        }
        return keys
    }

    func expressionNames() throws(Refusal) -> [String: String]? {
        guard let value = self["ExpressionAttributeNames"] else { return nil }
        var names: [String: String] = [:]
        for (key, name) in try WireConversion.map(value, of: "java.lang.String") {
            names[key] = try WireConversion.string(name)
        }
        return names
    }

    func expressionValues() throws(Refusal) -> AttributeMap? {
        let name = "ExpressionAttributeValues"
        guard let value = self[name] else { return nil }
        var values: AttributeMap = [:]
        for (key, element) in try WireConversion.map(value, of: "AttributeValue").sorted(by: { $0.key < $1.key }) {
            var wire = AttributeValueWire()
            values[key] = try wire.attribute(element)
            note(wire.mistake.map { "\(name) contains invalid value: \($0) for key \(key)" })
        }
        return values
    }

    /// The parameters of a statement, and the first mistake in the numbers and the nesting of each.
    func statementParameters() throws(Refusal) -> (values: [AttributeValue]?, mistakes: [String?]?) {
        guard let value = self["Parameters"] else { return (nil, nil) }
        var wire = AttributeValueWire()
        var values: [AttributeValue] = []
        var mistakes: [String?] = []
        for element in try WireConversion.list(value) {
            values.append(try wire.attribute(element))
            mistakes.append(ParameterMistake.first(in: element))
        }
        note(wire.mistake)
        return (values, mistakes)
    }

    /// Keeps the request's first mistake.
    func note(_ mistake: String?) {
        findings.mistake = findings.mistake ?? mistake
    }
}

// MARK: - Structures

extension RequestReader {
    func structure(_ name: String, _ type: String? = nil) throws(Refusal) -> RequestReader? {
        guard let value = self[name] else { return nil }
        return RequestReader(try WireConversion.structure(value, type ?? name), path: place(of: name) + ".", findings)
    }

    func requiredStructure(_ name: String, _ type: String? = nil) throws(Refusal) -> RequestReader? {
        guard require(name) != nil else { return nil }
        return try structure(name, type)
    }

    /// The elements of a list of structures.
    func structures(_ name: String, of type: String) throws(Refusal) -> [RequestReader]? {
        guard let value = self[name] else { return nil }
        return try elements(try WireConversion.list(value), at: place(of: name), type)
    }

    func requiredStructures(_ name: String, of type: String) throws(Refusal) -> [RequestReader] {
        guard require(name) != nil else { return [] }
        return try structures(name, of: type) ?? []
    }

    private func elements(_ values: [WireValue], at place: String, _ type: String) throws(Refusal) -> [RequestReader] {
        var readers: [RequestReader] = []
        for (index, value) in values.enumerated() {
            let members = try WireConversion.element(value, type)
            readers.append(RequestReader(members, path: "\(place).\(index + 1).member.", findings))
        }
        return readers
    }

    /// The values of a map of structures, in the order of their names.
    func requiredMap(_ name: String, of type: String) throws(Refusal) -> [(key: String, reader: RequestReader)] {
        guard require(name) != nil else { return [] }
        return try map(name, of: type) ?? []
    }

    func map(_ name: String, of type: String) throws(Refusal) -> [(key: String, reader: RequestReader)]? {
        guard let value = self[name] else { return nil }
        var readers: [(key: String, reader: RequestReader)] = []
        for (key, element) in try WireConversion.map(value, of: type).sorted(by: { $0.key < $1.key }) {
            let members = try WireConversion.element(element, type)
            readers.append((key, RequestReader(members, path: "\(place(of: name)).\(key).member.", findings)))
        }
        return readers
    }

    /// The values of a map of lists of structures, in the order of their names.
    func requiredMapOfLists(_ name: String, of type: String) throws(Refusal) -> [(key: String, readers: [RequestReader])] {
        guard let value = require(name) else { return [] }
        let javaType = "java.util.List<com.amazonaws.dynamodb.v20120810.\(type)>"
        var lists: [(key: String, readers: [RequestReader])] = []
        for (key, element) in try WireConversion.map(value, of: javaType).sorted(by: { $0.key < $1.key }) {
            let values = try WireConversion.list(element)
            lists.append((key, try elements(values, at: "\(place(of: name)).\(key).member", type)))
        }
        return lists
    }

    func strings(_ name: String) throws(Refusal) -> [String]? {
        guard let value = self[name] else { return nil }
        var texts: [String] = []
        for element in try WireConversion.list(value) { texts.append(try WireConversion.string(element)) }
        return texts
    }
}

// MARK: - Parameters that are not built

extension RequestReader {
    /// Refuses members of the service's model that this endpoint does not have, so that none is silently dropped. Members
    /// that the model does not know are dropped, as the service does.
    func refuse(_ names: String...) throws(Refusal) {
        for name in names where self[name] != nil {
            throw .validation("The parameter \(path)\(name) is not supported by this endpoint")
        }
    }
}
