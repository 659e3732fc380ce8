import RoostCryptography

/// Passwords of 10 to 128 characters, kept as scrypt's encoded hash.
package enum Passwords {
    package static let length = 10...128

    package static func hash(_ password: String) throws -> String {
        try Scrypt.hash(password)
    }

    /// Takes the same time whether there is a hash or not, so that nobody can tell who has a password.
    package static func verify(_ password: String, hash: String?) throws -> Bool {
        guard let hash else {
            _ = try Scrypt.hash(password)
            return false
        }
        return try Scrypt.verify(password, against: hash)
    }
}
