import LambdaEvents
import RoostCryptography
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Codes by SMS: 6 digits, 10 minutes, 5 attempts, one per phone number and purpose.
package struct CodeRepository: Sendable {
    package static let lifetimeSeconds: Int64 = 10 * 60
    package static let maximumAttempts = 5

    package enum Purpose: String, Sendable {
        case verification
        case login
    }

    private let store: PlatformStore
    private let vault: ContactVault

    package init(store: PlatformStore, vault: ContactVault) {
        self.store = store
        self.vault = vault
    }

    /// Makes a code for a phone number; an earlier one for the same purpose is no longer good.
    ///
    /// - Returns: the code, to be sent; the store keeps a keyed hash, since a plain one of six digits is soon guessed.
    package func issue(_ purpose: Purpose, phoneHash: String, user: String, organization: String) async throws -> String {
        let code = RandomBytes.decimalCode(digits: 6)
        var writer = ItemWriter(
            entity: "code", key: Keys.code(organization, purpose: purpose.rawValue, phoneHash: phoneHash))
        writer.set("code_hash", hash(code, purpose, phoneHash, organization))
        writer.set("attempts", 0)
        writer.set("user_id", user)
        writer.set("expires_at", store.time.nowSeconds + Self.lifetimeSeconds)
        try await store.write(WriteOperation(.put(writer.item), in: .ephemeral))
        return code
    }

    /// Uses up a code.
    ///
    /// The attempt is counted, under the condition that there are any left, before the codes are compared: guesses in
    /// parallel are counted too. A right code is deleted under the condition that it is still there, so that it is good once.
    /// - Returns: the id of the user it was made for; nil if it is wrong, expired, used, or tried too often.
    package func redeem(_ code: String, _ purpose: Purpose, phoneHash: String, organization: String) async throws -> String? {
        let key = Keys.code(organization, purpose: purpose.rawValue, phoneHash: phoneHash)
        do {
            let item = try await store.write(
                WriteOperation(
                    .update(key, expression: "ADD attempts :one"), in: .ephemeral,
                    if: "attempts < :most AND expires_at > :now",
                    values: [
                        ":one": .number("1"), ":most": .number(String(Self.maximumAttempts)),
                        ":now": .number(String(store.time.nowSeconds)),
                    ]))
            let reader = try ItemReader(item, entity: "code")
            let expected = try reader.text("code_hash")
            guard constantTimeEquals(Data(hash(code, purpose, phoneHash, organization).utf8), Data(expected.utf8)) else {
                return nil
            }
            try await store.write(
                WriteOperation(
                    .delete(key), in: .ephemeral, if: "code_hash = :hash", values: [":hash": .string(expected)]))
            return try reader.text("user_id")
        } catch is ConditionFailed {
            return nil
        }
    }

    private func hash(_ code: String, _ purpose: Purpose, _ phoneHash: String, _ organization: String) -> String {
        vault.hash("\(phoneHash)#\(code)", kind: "code-\(purpose.rawValue)", organization: organization)
    }
}
