import LambdaEvents

/// How a table that is there becomes the one that the template describes: the UpdateTable calls, in order.
///
/// Indexes that go come first, because a new one may use their name or define their attribute anew; then billing, which must
/// name the throughput of the indexes that stay; then new indexes, one for each call as UpdateTable wants; then the rest.
struct TablePlan {
    /// The parameters of one UpdateTable call, but for the table's name.
    typealias Step = [String: JSONValue]

    private(set) var steps: [Step] = []
    private let wanted: JSONValue
    private let found: JSONValue

    /// What cannot be changed, in words.
    struct Impossible: Error {
        var part: String
    }

    /// - Parameters:
    ///   - wanted: the CreateTable call's parameters.
    ///   - found: DescribeTable's `Table`.
    init(wanted: JSONValue, found: JSONValue) throws(Impossible) {
        self.wanted = wanted
        self.found = found
        try checkFixedParts()
        let (globals, vectors) = ("GlobalSecondaryIndex", "VectorIndex")
        let (going, coming) = indexChanges(globals)
        let (goingVectors, comingVectors) = indexChanges(vectors)
        delete(going, globals)
        delete(goingVectors, vectors)
        addBilling(staying: indexes(wanted).filter { !coming.contains($0.name) })
        create(coming, globals)
        create(comingVectors, vectors)
        addStream()
        addSettings()
    }

    // MARK: What stays as it was made

    private func checkFixedParts() throws(Impossible) {
        guard keys(wanted) == keys(found) else { throw Impossible(part: "key schema") }
        let local = "LocalSecondaryIndexes"
        guard shapes(indexes(wanted, local), wanted) == shapes(indexes(found, local), found) else {
            throw Impossible(part: "local secondary index")
        }
        let fixed = keys(wanted) + indexes(wanted, local).flatMap { keys($0.value) }
        for key in fixed where type(of: key.name, in: wanted) != type(of: key.name, in: found) {
            throw Impossible(part: "type of \(key.name)")
        }
    }

    // MARK: Indexes

    private struct Index {
        var name: String
        var value: JSONValue
    }

    private struct Key: Equatable {
        var name: String
        var kind: String
    }

    /// What makes an index the one that it is.
    private struct Shape: Equatable {
        /// A vector index's search schema counts among them.
        var keys: [Key]
        /// A vector index's own: the attribute, the dimensions, the distance function.
        var vector: [JSONValue?]
        var types: [String?]
        var projection: String?
        var attributes: Set<String>
    }

    private func indexes(_ table: JSONValue, _ member: String = "GlobalSecondaryIndexes") -> [Index] {
        (table[member]?.arrayValue ?? []).map { Index(name: $0["IndexName"]?.stringValue ?? "", value: $0) }
    }

    private func keys(_ value: JSONValue) -> [Key] {
        [("KeySchema", "KeyType"), ("SearchSchema", "SearchSchemaElementType")].flatMap { schema, kind in
            (value[schema]?.arrayValue ?? []).map {
                Key(name: $0["AttributeName"]?.stringValue ?? "", kind: $0[kind]?.stringValue ?? "")
            }
        }
    }

    private func type(of attribute: String, in table: JSONValue) -> String? {
        table["AttributeDefinitions"]?.arrayValue?.first { $0["AttributeName"]?.stringValue == attribute }?["AttributeType"]?
            .stringValue
    }

    private func shapes(_ indexes: [Index], _ table: JSONValue) -> [String: Shape] {
        let shapes = indexes.map { index in
            let keys = keys(index.value)
            let projection = index.value["Projection"]
            return (
                index.name,
                Shape(
                    keys: keys,
                    vector: [
                        index.value["VectorAttribute"]?["AttributeName"], index.value["Dimensions"],
                        index.value["DistanceFunction"],
                    ],
                    types: keys.map { type(of: $0.name, in: table) },
                    projection: projection?["ProjectionType"]?.stringValue,
                    attributes: Set((projection?["NonKeyAttributes"]?.arrayValue ?? []).compactMap(\.stringValue)))
            )
        }
        return Dictionary(shapes) { first, _ in first }
    }

    /// The names of the indexes to delete, and of those to make. One that changed is both.
    private func indexChanges(_ kind: String) -> (going: [String], coming: Set<String>) {
        let (new, old) = (shapes(indexes(wanted, "\(kind)es"), wanted), shapes(indexes(found, "\(kind)es"), found))
        let going = old.keys.filter { new[$0] != old[$0] }.sorted()
        return (going, Set(new.keys.filter { new[$0] != old[$0] }))
    }

    private mutating func delete(_ names: [String], _ kind: String) {
        for name in names {
            steps.append(["\(kind)Updates": .array([.object(["Delete": .object(["IndexName": .string(name)])])])])
        }
    }

    private mutating func create(_ names: Set<String>, _ kind: String) {
        for index in indexes(wanted, "\(kind)es") where names.contains(index.name) {
            steps.append([
                "AttributeDefinitions": wanted["AttributeDefinitions"] ?? .array([]),
                "\(kind)Updates": .array([.object(["Create": index.value])]),
            ])
        }
    }

    // MARK: Billing

    private mutating func addBilling(staying: [Index]) {
        let onDemand = "PAY_PER_REQUEST"
        let mode = wanted["BillingMode"]?.stringValue ?? "PROVISIONED"
        let oldMode = found["BillingModeSummary"]?["BillingMode"]?.stringValue ?? "PROVISIONED"
        var step: Step = mode == oldMode ? [:] : ["BillingMode": .string(mode)]
        guard mode != onDemand else {
            if !step.isEmpty { steps.append(step) }
            return
        }
        if let throughput = wanted["ProvisionedThroughput"], mode != oldMode || !isSame(throughput, found) {
            step["ProvisionedThroughput"] = throughput
        }
        let updates = staying.compactMap { index -> JSONValue? in
            guard let throughput = index.value["ProvisionedThroughput"],
                let old = indexes(found).first(where: { $0.name == index.name }),
                mode != oldMode || !isSame(throughput, old.value)
            else { return nil }
            return .object(["Update": .object(["IndexName": .string(index.name), "ProvisionedThroughput": throughput])])
        }
        if !updates.isEmpty { step["GlobalSecondaryIndexUpdates"] = .array(updates) }
        if !step.isEmpty { steps.append(step) }
    }

    private func isSame(_ throughput: JSONValue, _ old: JSONValue) -> Bool {
        ["ReadCapacityUnits", "WriteCapacityUnits"].allSatisfy { throughput[$0] == old["ProvisionedThroughput"]?[$0] }
    }

    // MARK: Stream and settings

    private mutating func addStream() {
        let view = wanted["StreamSpecification"]?["StreamViewType"]
        let old = found["StreamSpecification"]?["StreamViewType"]
        guard view != old else { return }
        if old != nil { steps.append(["StreamSpecification": .object(["StreamEnabled": .bool(false)])]) }
        if let specification = wanted["StreamSpecification"] { steps.append(["StreamSpecification": specification]) }
    }

    /// Each in a call of its own, as UpdateTable wants.
    private mutating func addSettings() {
        let protection = wanted["DeletionProtectionEnabled"]?.boolValue ?? false
        if protection != found["DeletionProtectionEnabled"]?.boolValue ?? false {
            steps.append(["DeletionProtectionEnabled": .bool(protection)])
        }
        let tableClass = wanted["TableClass"]?.stringValue ?? "STANDARD"
        if tableClass != found["TableClassSummary"]?["TableClass"]?.stringValue ?? "STANDARD" {
            steps.append(["TableClass": .string(tableClass)])
        }
        let isEncrypted = wanted["SSESpecification"]?["Enabled"]?.boolValue ?? false
        if isEncrypted != (found["SSEDescription"]?["Status"]?.stringValue == "ENABLED") {
            steps.append(["SSESpecification": wanted["SSESpecification"] ?? .object(["Enabled": .bool(false)])])
        }
        for member in ["OnDemandThroughput", "WarmThroughput"] {
            guard case .object(let figures) = wanted[member] else { continue }
            if figures.contains(where: { $0.value != found[member]?[$0.key] }) { steps.append([member: .object(figures)]) }
        }
    }
}
