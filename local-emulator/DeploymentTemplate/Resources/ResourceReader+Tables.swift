internal import Foundation

extension ResourceReader {
    /// `AWS::DynamoDB::Table`. What CreateTable itself checks (keys that have definitions, counts of indexes) is left to
    /// the store, which answers as DynamoDB does.
    func readTable(_ resource: ResourceDirectory.Resource, _ properties: PropertyReader) {
        _ = properties.raw("TableName")
        let attributes = readAttributes(properties)
        let keys = readKeys(properties)
        let billing = properties.choice("BillingMode", of: ["PAY_PER_REQUEST", "PROVISIONED"]) ?? "PROVISIONED"
        let throughput = readThroughput(properties)
        if billing == "PROVISIONED", throughput == nil, !properties.has("ProvisionedThroughput") {
            properties.problem("a table needs BillingMode: PAY_PER_REQUEST or a ProvisionedThroughput")
        }
        let globalIndexes = readIndexes(properties, "GlobalSecondaryIndexes")
        let localIndexes = readIndexes(properties, "LocalSecondaryIndexes")
        let vectorIndexes = readVectorIndexes(properties)
        let stream = readStream(properties)
        let timeToLive = readTimeToLive(properties)
        let settings = TableSettingsReader(properties: properties)
        let protection = properties.boolean("DeletionProtectionEnabled")
        let tableClass = properties.choice("TableClass", of: ["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
        let (onDemand, warm) = (settings.onDemandThroughput(), settings.warmThroughput())
        let (encryption, tags) = (settings.encryption(), settings.tags())
        let upkeep = settings.upkeep(indexes: properties.objects("GlobalSecondaryIndexes") ?? [])
        properties.refuseRest(
            of: "a table",
            unsupported: [
                "GlobalTableWitnesses", "ImportSourceSpecification", "KinesisStreamSpecification", "MultiRegionConsistency",
            ])
        guard let identity = identity(resource.logicalID) else { return }
        add(
            resource,
            CreateTableRequest(
                TableName: identity.name, AttributeDefinitions: attributes, KeySchema: keys, BillingMode: billing,
                ProvisionedThroughput: billing == "PROVISIONED" ? throughput : nil, GlobalSecondaryIndexes: globalIndexes,
                LocalSecondaryIndexes: localIndexes, VectorIndexes: vectorIndexes, StreamSpecification: stream,
                DeletionProtectionEnabled: protection, OnDemandThroughput: onDemand, SSESpecification: encryption,
                TableClass: tableClass, Tags: tags, WarmThroughput: warm), timeToLive: timeToLive, upkeep)
    }

    /// `AWS::Serverless::SimpleTable`: one partition key, `id` of type String unless said otherwise.
    func readSimpleTable(_ resource: ResourceDirectory.Resource, _ properties: PropertyReader) {
        _ = properties.raw("TableName")
        var key = CreateTableRequest.Attribute(AttributeName: "id", AttributeType: "S")
        if let primary = properties.object("PrimaryKey") {
            let types = ["String": "S", "Number": "N", "Binary": "B"]
            key.AttributeName = primary.requiredText("Name") ?? "id"
            key.AttributeType = primary.choice("Type", of: types.keys.sorted()).flatMap { types[$0] } ?? "S"
            primary.refuseRest(of: "PrimaryKey")
        }
        let throughput = readThroughput(properties)
        let settings = TableSettingsReader(properties: properties)
        let encryption = settings.encryption()
        // A map here, where CloudFormation's table has a list.
        let tags = properties.textMap("Tags").sorted { $0.key < $1.key }
        let upkeep = settings.upkeep(indexes: [])
        properties.refuseRest(of: "a simple table")
        guard let identity = identity(resource.logicalID) else { return }
        add(
            resource,
            CreateTableRequest(
                TableName: identity.name, AttributeDefinitions: [key],
                KeySchema: [CreateTableRequest.KeyElement(AttributeName: key.AttributeName, KeyType: "HASH")],
                BillingMode: throughput == nil ? "PAY_PER_REQUEST" : "PROVISIONED", ProvisionedThroughput: throughput,
                SSESpecification: encryption,
                Tags: tags.isEmpty ? nil : tags.map { CreateTableRequest.Tag(Key: $0.key, Value: $0.value) }),
            timeToLive: nil, upkeep)
    }

    private func add(
        _ resource: ResourceDirectory.Resource, _ request: CreateTableRequest, timeToLive: String?,
        _ upkeep: Deployment.Table.Upkeep
    ) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(request) else {
            // Texts and whole numbers always encode; were it otherwise, the table must not be left out silently.
            return resolver.problems.add(line: resource.line, resource.logicalID, "the table cannot be written as JSON")
        }
        deployment.tables.append(
            Deployment.Table(
                logicalID: resource.logicalID, name: request.TableName, createTableRequest: String(decoding: body, as: UTF8.self),
                timeToLiveAttribute: timeToLive, streamEnabled: request.StreamSpecification != nil, upkeep: upkeep))
    }

    private func readAttributes(_ properties: PropertyReader) -> [CreateTableRequest.Attribute] {
        (properties.objects("AttributeDefinitions") ?? []).compactMap { attribute in
            let name = attribute.requiredText("AttributeName")
            let type = attribute.choice("AttributeType", of: ["S", "N", "B"])
            attribute.refuseRest(of: "an attribute definition")
            guard let name, let type else { return nil }
            return CreateTableRequest.Attribute(AttributeName: name, AttributeType: type)
        }
    }

    private func readKeys(_ properties: PropertyReader) -> [CreateTableRequest.KeyElement] {
        if !properties.has("KeySchema") { properties.problem("property KeySchema is required") }
        return (properties.objects("KeySchema") ?? []).compactMap { key in
            let name = key.requiredText("AttributeName")
            let type = key.choice("KeyType", of: ["HASH", "RANGE"])
            key.refuseRest(of: "a key element")
            guard let name, let type else { return nil }
            return CreateTableRequest.KeyElement(AttributeName: name, KeyType: type)
        }
    }

    private func readThroughput(_ properties: PropertyReader) -> CreateTableRequest.Throughput? {
        guard let throughput = properties.object("ProvisionedThroughput") else { return nil }
        let read = throughput.integer("ReadCapacityUnits", in: 1...1_000_000)
        let write = throughput.integer("WriteCapacityUnits", in: 1...1_000_000)
        throughput.refuseRest(of: "ProvisionedThroughput")
        guard let read, let write else { return nil }
        return CreateTableRequest.Throughput(ReadCapacityUnits: read, WriteCapacityUnits: write)
    }

    private func readIndexes(_ properties: PropertyReader, _ name: String) -> [CreateTableRequest.Index]? {
        properties.objects(name)?.compactMap { index in
            let indexName = index.requiredText("IndexName")
            let keys = readKeys(index)
            let projection = readProjection(index)
            let isGlobal = name == "GlobalSecondaryIndexes"
            let throughput = isGlobal ? readThroughput(index) : nil
            let settings = TableSettingsReader(properties: index)
            let onDemand = isGlobal ? settings.onDemandThroughput() : nil
            let warm = isGlobal ? settings.warmThroughput() : nil
            // Read with the table's, in its upkeep.
            if isGlobal { _ = index.raw("ContributorInsightsSpecification") }
            index.refuseRest(of: "an index")
            guard let indexName, let projection else { return nil }
            return CreateTableRequest.Index(
                IndexName: indexName, KeySchema: keys, Projection: projection, ProvisionedThroughput: throughput,
                OnDemandThroughput: onDemand, WarmThroughput: warm)
        }
    }

    private func readVectorIndexes(_ properties: PropertyReader) -> [CreateTableRequest.VectorIndex]? {
        properties.objects("VectorIndexes")?.compactMap { index in
            let name = index.requiredText("IndexName")
            for property in ["Dimensions", "DistanceFunction", "VectorAttribute"] where !index.has(property) {
                index.problem("a vector index needs \(property)")
            }
            let dimensions = index.integer("Dimensions", in: 1...4096)
            let function = index.choice("DistanceFunction", of: ["COSINE", "DOT_PRODUCT", "EUCLIDEAN"])
            let vector = index.object("VectorAttribute")
            let attribute = vector?.requiredText("AttributeName")
            vector?.refuseRest(of: "VectorAttribute")
            let schema = readSearchSchema(index)
            let projection = readProjection(index)
            index.refuseRest(of: "a vector index")
            guard let name, let dimensions, let function, let attribute, let projection else { return nil }
            return CreateTableRequest.VectorIndex(
                IndexName: name, VectorAttribute: .init(AttributeName: attribute), Dimensions: dimensions,
                DistanceFunction: function, SearchSchema: schema, Projection: projection)
        }
    }

    private func readSearchSchema(_ index: PropertyReader) -> [CreateTableRequest.VectorIndex.SchemaElement]? {
        index.objects("SearchSchema")?.compactMap { element in
            let name = element.requiredText("AttributeName")
            if !element.has("SearchSchemaElementType") { element.problem("SearchSchema needs SearchSchemaElementType") }
            let type = element.choice("SearchSchemaElementType", of: ["HASH", "INLINE_FILTER"])
            element.refuseRest(of: "SearchSchema")
            guard let name, let type else { return nil }
            return CreateTableRequest.VectorIndex.SchemaElement(AttributeName: name, SearchSchemaElementType: type)
        }
    }

    private func readProjection(_ index: PropertyReader) -> CreateTableRequest.Projection? {
        guard let projection = index.object("Projection") else {
            index.problem("an index needs a Projection")
            return nil
        }
        let type = projection.choice("ProjectionType", of: ["ALL", "INCLUDE", "KEYS_ONLY"])
        let names = projection.texts("NonKeyAttributes")
        projection.refuseRest(of: "Projection")
        return type.map { CreateTableRequest.Projection(ProjectionType: $0, NonKeyAttributes: names) }
    }

    private func readStream(_ properties: PropertyReader) -> CreateTableRequest.Stream? {
        guard let stream = properties.object("StreamSpecification") else { return nil }
        let views = ["KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE"]
        if !stream.has("StreamViewType") { stream.problem("property StreamSpecification.StreamViewType is required") }
        let view = stream.choice("StreamViewType", of: views)
        stream.accept(["ResourcePolicy": CloudOnly.permissions])
        stream.refuseRest(of: "StreamSpecification")
        return view.map { CreateTableRequest.Stream(StreamEnabled: true, StreamViewType: $0) }
    }

    private func readTimeToLive(_ properties: PropertyReader) -> String? {
        guard let setting = properties.object("TimeToLiveSpecification") else { return nil }
        let enabled = setting.boolean("Enabled")
        if !setting.has("Enabled") { setting.problem("property TimeToLiveSpecification.Enabled is required") }
        let attribute = setting.text("AttributeName")
        setting.refuseRest(of: "TimeToLiveSpecification")
        if enabled == true, attribute == nil { setting.problem("TimeToLiveSpecification needs an AttributeName") }
        return enabled == true ? attribute : nil
    }
}
