internal import Foundation
internal import RoostSQLite

/// PutResourcePolicy. The policy that is there already keeps its revision: putting it again changes nothing.
extension StoreEngine {
    /// "The maximum size supported for a resource-based policy document is 20 KB", white space included (PutResourcePolicy,
    /// API reference).
    package static let largestPolicyBytes = 20 * 1024

    /// - Returns: the revision.
    package func putResourcePolicy(
        _ resourceArn: String, policy: String, expectedRevisionID: String?,
        completion: @escaping @Sendable (Result<String, StoreError>) -> Void
    ) {
        let place: PolicyPlace
        do throws(StoreError) {
            place = try PolicyPlace(resourceArn)
            try Self.checkPolicy(policy)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            let table = try place.table(in: transaction.tables, resourceArn)
            let old = place.policy(of: table.definition)
            try place.check(expectedRevisionID, against: old)
            if let old, old.text == policy { return old.revisionID }
            let revision = ResourcePolicyDocument.revision(after: old, nowMilliseconds: transaction.nowMilliseconds)
            try transaction.redefine(table) { definition in
                place.setPolicy(ResourcePolicyDocument(text: policy, revisionID: revision), of: &definition)
            }
            return revision
        }
    }

    static func checkPolicy(_ text: String) throws(StoreError) {
        guard text.utf8.count <= largestPolicyBytes else {
            throw .validation("Resource-based policy document exceeds the maximum size of 20 KB")
        }
        // What the text is not matters to nobody but the caller, who is told the same in every case.
        let document = try? JSONDecoder().decode(PolicyOutline.self, from: Data(text.utf8))
        guard let document, document.isWellFormed else {
            throw .validation(
                "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.")
        }
    }
}

extension ResourcePolicyDocument {
    /// Revisions are times in milliseconds, so that a later one compares as greater.
    static func revision(after old: ResourcePolicyDocument?, nowMilliseconds: Int64) -> String {
        String(max(nowMilliseconds, (old.flatMap { Int64($0.revisionID) } ?? 0) + 1))
    }
}

/// What every policy has: at least one statement, each of which allows or denies.
private struct PolicyOutline: Decodable {
    struct Statement: Decodable {
        var effect: String

        enum CodingKeys: String, CodingKey {
            case effect = "Effect"
        }
    }

    var statements: [Statement]

    enum CodingKeys: String, CodingKey {
        case statements = "Statement"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        // One statement may stand without its list.
        if let list = try? container.decode([Statement].self, forKey: .statements) {
            statements = list
        } else {
            statements = [try container.decode(Statement.self, forKey: .statements)]
        }
    }

    var isWellFormed: Bool { !statements.isEmpty && statements.allSatisfy { ["Allow", "Deny"].contains($0.effect) } }
}
