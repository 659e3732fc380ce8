internal import Foundation
internal import RoostSQLite

/// Contributor insights are kept and told as a table's tags are: the graphs that the service draws of them are CloudWatch's,
/// which is no part of this store, so that the list of CloudWatch rules is empty.
extension StoreEngine {
    package func updateContributorInsights(
        _ tableName: String, index: String?, isEnabled: Bool, mode: ContributorInsightsMode?,
        completion: @escaping @Sendable (Result<ContributorInsights, StoreError>) -> Void
    ) {
        let table: Table
        do throws(StoreError) {
            table = try insightsTable(tableName, index: index)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            let current = try transaction.current(table)
            let old = current.definition.contributorInsights?[index ?? ""]
            let setting = ContributorInsightsSetting(
                isEnabled: isEnabled, mode: mode ?? old?.mode ?? .accessedAndThrottledKeys,
                changedSeconds: Double(transaction.nowMilliseconds) / 1000)
            var settings = current.definition.contributorInsights ?? [:]
            settings[index ?? ""] = setting
            try transaction.redefine(current) { $0.contributorInsights = settings }
            var insights = ContributorInsights(current, index: index, setting)
            // It has happened with the answer, which speaks of the transition as the service's does.
            insights.status = isEnabled ? .enabling : .disabling
            return insights
        }
    }

    package func describeContributorInsights(
        _ tableName: String, index: String?
    ) throws(StoreError) -> ContributorInsights {
        let table = try insightsTable(tableName, index: index)
        return ContributorInsights(table, index: index, table.definition.contributorInsights?[index ?? ""])
    }

    /// The tables and indexes that have a setting, by name.
    package func listContributorInsights(_ tableName: String?) throws(StoreError) -> [ContributorInsights] {
        var tables = Array(catalogue.snapshot.values)
        if let tableName { tables = [try insightsTable(tableName, index: nil)] }
        var insights: [ContributorInsights] = []
        for table in tables.sorted(by: { $0.name < $1.name }) {
            for (index, setting) in (table.definition.contributorInsights ?? [:]).sorted(by: { $0.key < $1.key }) {
                // An index may be gone.
                guard index.isEmpty || table.index(named: index) != nil else { continue }
                insights.append(ContributorInsights(table, index: index.isEmpty ? nil : index, setting))
            }
        }
        return insights
    }

    private func insightsTable(_ name: String, index: String?) throws(StoreError) -> Table {
        guard let table = findTable(name) else { throw .tableNotFound(Self.name(fromARN: name) ?? name) }
        if let index, table.index(named: index) == nil {
            throw StoreError(
                code: "ResourceNotFoundException",
                message: "Requested resource not found: Index: \(index) not found for table: \(table.name)")
        }
        return table
    }
}

extension ContributorInsights {
    fileprivate init(_ table: Table, index: String?, _ setting: ContributorInsightsSetting?) {
        self.init(
            tableName: table.name, indexName: index, status: setting?.isEnabled == true ? .enabled : .disabled,
            mode: setting?.mode, lastUpdate: setting.map { Date(timeIntervalSince1970: $0.changedSeconds) })
    }
}
