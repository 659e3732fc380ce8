import DynamoDBEndpoint
import EmulatorClock
import Foundation

/// The keys that `--verify-signatures` knows: the one of this process's environment, and those of the running functions.
struct SignatureKeys {
    private let accessKeyID: String
    private let key: SignatureVerifier.Key

    init(environment: [String: String] = ProcessInfo.processInfo.environment) throws(Failure) {
        guard let accessKeyID = environment["AWS_ACCESS_KEY_ID"], !accessKeyID.isEmpty,
            let secret = environment["AWS_SECRET_ACCESS_KEY"], !secret.isEmpty
        else { throw Failure("--verify-signatures needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment") }
        self.accessKeyID = accessKeyID
        key = SignatureVerifier.Key(secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"])
    }

    /// - Parameter functionKey: the key of a function's environment; nil for an id that is none's.
    func authentication(
        _ clock: any EmulatorClock,
        functionKey: @escaping @Sendable (_ accessKeyID: String) -> SignatureVerifier.Key? = { _ in nil }
    ) -> Authentication {
        .verified(
            SignatureVerifier(clock: clock) { [accessKeyID, key] in $0 == accessKeyID ? key : functionKey($0) })
    }
}
