import StoreEngine

/// The bounds that the model gives the members of the operations on contributor insights.
private enum InsightsMember {
    static let tableLength = 1...1024
    static let pageSize = 0...100
}

enum UpdateContributorInsights: WriteOperation {
    private enum Action: String {
        case enable = "ENABLE"
        case disable = "DISABLE"
    }

    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let table = try request.requiredString("TableName", length: InsightsMember.tableLength)
        let index = try request.tableName("IndexName")
        let action = try request.requiredOption("ContributorInsightsAction", order: "ENABLE, DISABLE", standIn: Action.enable)
        let mode: ContributorInsightsMode? = try request.option(
            "ContributorInsightsMode", order: "ACCESSED_AND_THROTTLED_KEYS, THROTTLED_KEYS")
        try request.check()
        store.updateContributorInsights(
            table, index: index, isEnabled: action == .enable, mode: mode,
            completion: answering(completion) { (insights: ContributorInsights) in
                JSONObjectWriter.object { $0.contributorInsights(insights) }
            })
    }
}

enum DescribeContributorInsights: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let table = try request.requiredString("TableName", length: InsightsMember.tableLength)
        let index = try request.tableName("IndexName")
        try request.check()
        let insights = try ask { () throws(StoreError) in try store.describeContributorInsights(table, index: index) }
        return JSONObjectWriter.object { writer in
            writer.contributorInsights(insights)
            writer.array("ContributorInsightsRuleList", [])
            writer.time("LastUpdateDateTime", insights.lastUpdate)
        }
    }
}

enum ListContributorInsights: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let table = try request.string("TableName", length: InsightsMember.tableLength)
        let start = try request.string("NextToken")
        let size = try request.integer("MaxResults", in: InsightsMember.pageSize) ?? 0
        try request.check()
        let all = try ask { () throws(StoreError) in try store.listContributorInsights(table) }
            .sorted { token($0) < token($1) }
        // The token is the place of the last one on the page before, by the names that the list is in order of.
        let rest = all.filter { insights in start.map { $0 < token(insights) } ?? true }
        let page = rest.prefix(size == 0 ? InsightsMember.pageSize.upperBound : size)
        return JSONObjectWriter.object { writer in
            writer.array(
                "ContributorInsightsSummaries",
                page.map { insights in JSONObjectWriter.object { $0.contributorInsights(insights) } })
            writer.string("NextToken", page.count < rest.count ? page.last.map(token) : nil)
        }
    }

    private static func token(_ insights: ContributorInsights) -> String {
        "\(insights.tableName)/\(insights.indexName ?? "")"
    }
}

extension JSONObjectWriter {
    fileprivate mutating func contributorInsights(_ insights: ContributorInsights) {
        string("TableName", insights.tableName)
        string("IndexName", insights.indexName)
        string("ContributorInsightsStatus", insights.status.rawValue)
        string("ContributorInsightsMode", insights.mode?.rawValue)
    }
}
