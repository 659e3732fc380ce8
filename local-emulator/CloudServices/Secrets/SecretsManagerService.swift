internal import Foundation

/// AWS Secrets Manager in JSON 1.1: GetSecretValue, DescribeSecret, CreateSecret, PutSecretValue.
struct SecretsManagerService: Sendable {
    /// "65,536 bytes" (AWS Secrets Manager User Guide, "Quotas").
    private static let maximumBytes = 65_536

    private struct GetInput: ServiceInput {
        static let members = ["SecretId", "VersionId", "VersionStage"]
        var SecretId: String
        var VersionId: String?
        var VersionStage: String?
    }

    private struct DescribeInput: ServiceInput {
        static let members = ["SecretId"]
        var SecretId: String
    }

    private struct CreateInput: ServiceInput {
        static let members = ["ClientRequestToken", "Name", "SecretString"]
        var ClientRequestToken: String?
        var Name: String
        var SecretString: String?
    }

    private struct PutInput: ServiceInput {
        static let members = ["ClientRequestToken", "SecretId", "SecretString"]
        var ClientRequestToken: String?
        var SecretId: String
        var SecretString: String?
    }

    private struct Value: Encodable {
        var ARN: String
        var Name: String
        var VersionId: String
        var SecretString: String?
        var VersionStages: [String]?
        var CreatedDate: Date?
    }

    private struct Description: Encodable {
        var ARN: String
        var Name: String
        var CreatedDate: Date
        var LastChangedDate: Date
        var VersionIdsToStages: [String: [String]]
    }

    private struct Failure: Encodable {
        var __type: String
        var Message: String
    }

    var context: ServiceContext
    var store: SecretStore

    func handle(_ operation: String, _ request: ServiceRequest) -> ServiceReply {
        let contentType = "application/x-amz-json-1.1"
        do throws(ServiceError) {
            switch operation {
            case "GetSecretValue": return .json(try getValue(.read(request.body)), contentType: contentType)
            case "DescribeSecret": return .json(try describe(.read(request.body)), contentType: contentType)
            case "CreateSecret": return .json(try create(.read(request.body)), contentType: contentType)
            case "PutSecretValue": return .json(try put(.read(request.body)), contentType: contentType)
            default: throw .notBuilt(operation, of: "Secrets Manager")
            }
        } catch {
            return .json(
                Failure(__type: error.code, Message: error.message), status: error.status, contentType: contentType)
        }
    }

    private func getValue(_ input: GetInput) throws(ServiceError) -> Value {
        let secret = try find(input.SecretId)
        let found: (stage: String, version: SecretStore.Version)?
        if let id = input.VersionId {
            found = secret.versions.first { $0.value.id == id && (input.VersionStage ?? $0.key) == $0.key }
                .map { ($0.key, $0.value) }
        } else {
            let stage = input.VersionStage ?? "AWSCURRENT"
            found = secret.versions[stage].map { (stage, $0) }
        }
        guard let found else {
            let what = input.VersionId.map { "VersionId: \($0)" } ?? "staging label: \(input.VersionStage ?? "AWSCURRENT")"
            throw notFound("Secrets Manager can't find the specified secret value for \(what)")
        }
        return Value(
            ARN: secret.arn, Name: secret.name, VersionId: found.version.id, SecretString: found.version.value,
            VersionStages: [found.stage], CreatedDate: date(found.version.createdMilliseconds))
    }

    private func describe(_ input: DescribeInput) throws(ServiceError) -> Description {
        let secret = try find(input.SecretId)
        return Description(
            ARN: secret.arn, Name: secret.name, CreatedDate: date(secret.createdMilliseconds),
            LastChangedDate: date(secret.changedMilliseconds),
            VersionIdsToStages: Dictionary(grouping: secret.versions, by: \.value.id).mapValues { $0.map(\.key) })
    }

    private func create(_ input: CreateInput) throws(ServiceError) -> Value {
        let value = try check(input.SecretString)
        guard try lookUp(input.Name) == nil else {
            throw ServiceError(
                code: "ResourceExistsException",
                message: "The operation failed because the secret \(input.Name) already exists.")
        }
        var random = SystemRandomNumberGenerator()
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        let suffix = String((0..<6).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
        let arn = "arn:aws:secretsmanager:\(context.region):\(context.accountID):secret:\(input.Name)-\(suffix)"
        return try current { try store.create(name: input.Name, arn: arn, value: value, versionID: input.ClientRequestToken) }
    }

    private func put(_ input: PutInput) throws(ServiceError) -> Value {
        let value = try check(input.SecretString)
        let secret = try find(input.SecretId)
        var answer = try current { try store.put(value, in: secret.name, versionID: input.ClientRequestToken) }
        answer.VersionStages = ["AWSCURRENT"]
        return answer
    }

    private func check(_ value: String?) throws(ServiceError) -> String {
        guard let value else {
            throw ServiceError(code: "InvalidRequestException", message: "The emulator keeps secrets by SecretString only.")
        }
        guard (1...Self.maximumBytes).contains(value.utf8.count) else {
            throw ServiceError(code: "InvalidParameterException", message: "SecretString has 1 to \(Self.maximumBytes) bytes.")
        }
        return value
    }

    private func current(_ body: () throws -> SecretStore.Secret?) throws(ServiceError) -> Value {
        do {
            guard let secret = try body(), let version = secret.versions["AWSCURRENT"] else {
                throw ServiceError(code: "InternalServiceError", message: "The secret was not kept.", status: 500)
            }
            return Value(ARN: secret.arn, Name: secret.name, VersionId: version.id)
        } catch let error as ServiceError {
            throw error
        } catch {
            throw .internalError(error)
        }
    }

    private func find(_ id: String) throws(ServiceError) -> SecretStore.Secret {
        guard let secret = try lookUp(id) else { throw notFound("Secrets Manager can't find the specified secret.") }
        return secret
    }

    private func lookUp(_ id: String) throws(ServiceError) -> SecretStore.Secret? {
        do {
            return try store.find(id)
        } catch {
            throw .internalError(error)
        }
    }

    private func notFound(_ message: String) -> ServiceError {
        ServiceError(code: "ResourceNotFoundException", message: message)
    }

    private func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
