internal import RoostSQLite

extension WriteTransaction {
    /// "A client request token is valid for 10 minutes after the first request that uses it is completed" (TransactWriteItems,
    /// API reference).
    static let tokenLifetimeMilliseconds: Int64 = 10 * 60 * 1000

    enum TokenUse {
        case first
        /// The same request was done already.
        case repeated
    }

    /// Looks a request's token up.
    ///
    /// - Parameter digest: stands for all that the request says, so that a token's second use for something else shows.
    func useToken(_ token: String, digest: Int64) throws -> TokenUse {
        let known = try database.first(
            "SELECT digest FROM transaction_tokens WHERE token = ? AND created_ms > ?", .text(token),
            .integer(nowMilliseconds - Self.tokenLifetimeMilliseconds)
        ) { $0.integer(0) }
        if let known {
            guard known == digest else {
                throw StoreError(
                    code: "IdempotentParameterMismatchException",
                    message: "Request parameters do not match the parameters of the original request with the same token")
            }
            return .repeated
        }
        return .first
    }

    /// Keeps the token of a request that is done in this transaction.
    func noteToken(_ token: String, digest: Int64) throws {
        try willChange()
        try database.run(
            "REPLACE INTO transaction_tokens (token, digest, created_ms) VALUES (?, ?, ?)", .text(token), .integer(digest),
            .integer(nowMilliseconds))
    }

    func forgetTransactionTokens() throws {
        let oldest = nowMilliseconds - Self.tokenLifetimeMilliseconds
        let hasOld = try database.first("SELECT 1 FROM transaction_tokens WHERE created_ms <= ? LIMIT 1", .integer(oldest)) { _ in
            true
        }
        guard hasOld == true else { return }
        try willChange()
        try database.run("DELETE FROM transaction_tokens WHERE created_ms <= ?", .integer(oldest))
    }
}
