internal import EmulatorClock
internal import LambdaEvents
internal import RoostSQLite

/// UpdateTable. The answer says UPDATING as the service's does, with the throughput of before; what was asked for holds from
/// the answer on. An index that is added is CREATING until it is filled (`IndexBackfill`): with few items, at once.
///
/// Checks, in the service's order: the model's constraints, that something is asked for, the figures, the index updates
/// against each other; then the table, and what is asked for against what it has (`UpdateTableValidation`).
extension StoreEngine {
    package func updateTable(
        _ input: UpdateTableInput, completion: @escaping @Sendable (Result<UpdateTableOutput, StoreError>) -> Void
    ) {
        let table: Table
        do throws(StoreError) {
            try UpdateTableValidation.check(input)
            table = try namedTable(input.tableName)
        } catch {
            return completion(.failure(error))
        }
        let (file, phases) = (catalogueFile, vectorIndexPhases)
        writer.submit({ [weak self] (result: Result<UpdateTableOutput, StoreError>) in
            completion(result)
            // The rest of a backfill goes on by itself.
            if case .success = result, let self, isBackfilling { maintain { _ in } }
        }) { transaction in
            guard let current = transaction.tables[table.name], current.id == table.id else {
                throw StoreError.tableNotFound(table.name)
            }
            return UpdateTableOutput(tableDescription: try transaction.update(current, input, phases, file))
        }
    }

    var isBackfilling: Bool {
        catalogue.snapshot.values.contains { !($0.definition.backfillingIndexes?.isEmpty ?? true) }
    }
}

extension WriteTransaction {
    fileprivate func update(
        _ table: Table, _ input: UpdateTableInput, _ phases: VectorIndexPhases, _ file: CatalogueFile
    ) throws -> TableDescription {
        let now = Double(nowMilliseconds) / 1000
        guard !table.isBeingRestored else {
            throw StoreError(
                code: "ResourceInUseException",
                message: "Attempt to change a resource which is still in use: Table is being created: \(table.name)")
        }
        try UpdateTableValidation.check(input, against: table, making: phases.phases(of: table), nowSeconds: now)
        var (definition, change) = input.applied(to: table.definition, now: now)
        let deleted = change.deletedIndex.flatMap { table.index(named: $0.indexName) }
        let deletedVectors = change.deletedVectorIndex.flatMap { table.vectorIndex(named: $0.indexName) }

        var stream: TableStream?? = nil
        if let specification = input.streamSpecification {
            try willChange()
            if let open = table.stream { try closeStream(open) }
            stream = .some(nil)
            definition.streamSpecification = nil
            if specification.streamEnabled, let viewType = specification.streamViewType {
                stream = .some(try openStream(viewType, tableID: table.id, definition, tableARN: table.arn))
                definition.streamSpecification = specification
            }
        }
        var changed = try redefine(table, stream: stream) { $0 = definition }
        if let deleted { try drop(deleted.name, deleted.sql.drop, deleted.sql.table, of: table) }
        if let deletedVectors { try drop(deletedVectors.name, deletedVectors.sql.drop, deletedVectors.sql.table, of: table) }
        if let name = change.createdIndex {
            if let created = changed.index(named: name) { try database.execute(created.sql.create) }
            if let created = changed.vectorIndex(named: name) {
                try database.execute(created.sql.create)
                phases.begin(name, of: changed)
            }
            try backfill(name, of: changed)
            changed = tables[table.name] ?? changed
        }
        let statistics = try TableStatistics(of: changed, in: database)
        return TableDescription(changed, .changing(change, statistics, nowSeconds: now), file)
    }

    private func drop(_ index: String, _ statement: String, _ sqlTable: String, of table: Table) throws {
        // Prepared statements on a table keep it from being dropped.
        database.clearStatementCache()
        try database.execute(statement)
        try forgetCount(of: sqlTable)
        try endBackfill(of: index, table)
    }
}

extension UpdateTableInput {
    /// The definition with everything but the stream as it is asked for.
    fileprivate func applied(to old: TableDefinition, now: Double) -> (TableDefinition, TableChange) {
        var definition = old
        var change = TableChange(old: old)
        applyCapacity(to: &definition, &change, now)
        for update in globalSecondaryIndexUpdates ?? [] {
            update.apply(to: &definition, attributeDefinitions ?? [], &change, now)
        }
        for update in vectorIndexUpdates ?? [] { update.apply(to: &definition, attributeDefinitions ?? [], &change) }
        if let sseSpecification { definition.sse = sseSpecification }
        if let deletionProtectionEnabled { definition.deletionProtectionEnabled = deletionProtectionEnabled }
        if let tableClass {
            definition.tableClass = tableClass
            definition.tableClassChangedSeconds = now
        }
        return (definition, change)
    }

    private func applyCapacity(to definition: inout TableDefinition, _ change: inout TableChange, _ now: Double) {
        if let billingMode {
            if billingMode == .payPerRequest, definition.billingMode != .payPerRequest {
                definition.onDemandSinceSeconds = now
                definition.provisionedThroughput = nil
                // The service counts this as a decrease of each index, and as none of the table.
                for place in definition.globalSecondaryIndexes.indices {
                    definition.setThroughput(nil, ofIndexAt: place, now)
                }
            }
            if billingMode == .provisioned { definition.onDemandThroughput = nil }
            definition.billingMode = billingMode
        }
        if let provisionedThroughput {
            var noted = definition.throughputChange ?? ThroughputChange()
            noted.note(from: definition.provisionedThroughput, to: provisionedThroughput, at: now)
            definition.throughputChange = noted
            definition.provisionedThroughput = provisionedThroughput
            change.changesThroughput = true
        }
        if let onDemandThroughput {
            definition.onDemandThroughput = (definition.onDemandThroughput ?? OnDemandThroughput()).updated(
                by: onDemandThroughput)
        }
        if let warmThroughput {
            definition.warmThroughput =
                WarmThroughput.effective(definition.warmThroughput, definition.provisionedThroughput).updated(by: warmThroughput)
            change.changesWarmThroughput = true
        }
    }
}

extension UpdateTableInput.IndexUpdate {
    fileprivate func apply(
        to definition: inout TableDefinition, _ definitions: [AttributeDefinition], _ change: inout TableChange, _ now: Double
    ) {
        if let create {
            definition.globalSecondaryIndexes.append(create)
            definition.beginIndex(create.indexName, create.keySchema.map(\.attributeName), definitions)
            change.createdIndex = create.indexName
        }
        if let delete, let place = definition.globalSecondaryIndexes.firstIndex(where: { $0.indexName == delete }) {
            change.deletedIndex = definition.globalSecondaryIndexes.remove(at: place)
            definition.endIndex(delete)
            definition.indexThroughputChanges?[delete] = nil
        }
        if let update, let place = definition.globalSecondaryIndexes.firstIndex(where: { $0.indexName == update.indexName }) {
            if let throughput = update.provisionedThroughput {
                definition.setThroughput(throughput, ofIndexAt: place, now)
                change.indexesWithNewThroughput.insert(update.indexName)
            }
            var index = definition.globalSecondaryIndexes[place]
            if let throughput = update.onDemandThroughput {
                index.onDemandThroughput = (index.onDemandThroughput ?? OnDemandThroughput()).updated(by: throughput)
            }
            if let warm = update.warmThroughput {
                index.warmThroughput =
                    WarmThroughput.effective(index.warmThroughput, index.provisionedThroughput).updated(by: warm)
            }
            definition.globalSecondaryIndexes[place] = index
            change.updatedIndexes.insert(update.indexName)
        }
    }
}

extension UpdateTableInput.VectorIndexUpdate {
    fileprivate func apply(
        to definition: inout TableDefinition, _ definitions: [AttributeDefinition], _ change: inout TableChange
    ) {
        if let create {
            definition.vectorIndexes = (definition.vectorIndexes ?? []) + [create]
            definition.beginIndex(create.indexName, (create.searchSchema ?? []).map(\.attributeName), definitions)
            change.createdIndex = create.indexName
        }
        if let delete, let place = definition.vectorIndexes?.firstIndex(where: { $0.indexName == delete }) {
            change.deletedVectorIndex = definition.vectorIndexes?.remove(at: place)
            definition.endIndex(delete)
        }
    }
}

extension TableDefinition {
    /// - Parameter attributes: those that the index needs the types of.
    fileprivate mutating func beginIndex(_ name: String, _ attributes: [String], _ definitions: [AttributeDefinition]) {
        numberIndex(name)
        backfillingIndexes = (backfillingIndexes ?? []).union([name])
        for attribute in attributes where type(of: attribute) == nil {
            attributeDefinitions += definitions.filter { $0.attributeName.hasSameBytes(as: attribute) }.prefix(1)
        }
    }

    fileprivate mutating func endIndex(_ name: String) {
        indexNumbers?[name] = nil
        backfillingIndexes?.remove(name)
        dropUnusedAttributes()
    }

    /// Definitions that no key uses any more go with their index: a later index may define the attribute anew.
    private mutating func dropUnusedAttributes() {
        let schemas =
            [keySchema] + globalSecondaryIndexes.map(\.keySchema) + (localSecondaryIndexes ?? []).map(\.keySchema)
        let searched = (vectorIndexes ?? []).flatMap { $0.searchSchema ?? [] }.map(\.attributeName)
        let used = NameSet(schemas.joined().map(\.attributeName) + searched)
        attributeDefinitions.removeAll { !used.contains($0.attributeName) }
    }
}

extension TableDefinition {
    /// - Parameter throughput: nil for on-demand capacity.
    fileprivate mutating func setThroughput(_ throughput: ProvisionedThroughput?, ofIndexAt place: Int, _ now: Double) {
        let index = globalSecondaryIndexes[place]
        var noted = indexThroughputChanges?[index.indexName] ?? ThroughputChange()
        noted.note(from: index.provisionedThroughput, to: throughput, at: now)
        indexThroughputChanges = (indexThroughputChanges ?? [:]).merging([index.indexName: noted]) { $1 }
        globalSecondaryIndexes[place].provisionedThroughput = throughput
    }
}
