/// A secret that the template describes.
package struct SecretDefinition: Sendable {
    package enum Value: Sendable {
        case text(String)
        /// Made once, at the first start, and kept.
        case generated(SecretGeneration)
    }

    package var name: String
    package var arn: String
    package var value: Value

    package init(name: String, arn: String, value: Value) {
        self.name = name
        self.arn = arn
        self.value = value
    }
}

/// How to make a secret by chance: `GenerateSecretString` (AWS Secrets Manager API Reference, "GetRandomPassword").
package struct SecretGeneration: Sendable {
    package var length = 32
    package var excludeCharacters = ""
    package var excludeLowercase = false
    package var excludeUppercase = false
    package var excludeNumbers = false
    package var excludePunctuation = false
    package var includeSpace = false
    package var requireEachIncludedType = true
    /// A JSON object that gets the secret under `key`.
    package var template: String?
    package var key: String?

    package init() {}

    /// The kinds of characters, without those that are excluded.
    var kinds: [[Character]] {
        let all: [(Bool, String)] = [
            (!excludeLowercase, "abcdefghijklmnopqrstuvwxyz"), (!excludeUppercase, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            (!excludeNumbers, "0123456789"), (!excludePunctuation, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"), (includeSpace, " "),
        ]
        return all.filter(\.0).map { $0.1.filter { !excludeCharacters.contains($0) } }.map(Array.init).filter { !$0.isEmpty }
    }

    /// - Throws: when nothing is left to choose from, or the length has no room for one of each kind.
    func make() throws(ServiceError) -> String {
        let kinds = kinds
        let minimum = requireEachIncludedType ? kinds.count : 1
        guard !kinds.isEmpty, length >= minimum else {
            throw ServiceError(
                code: "InvalidParameterException",
                message: "The password length \(length) has no room for the \(kinds.count) kinds of characters.")
        }
        // The system's generator is a cryptographic one on every platform.
        var random = SystemRandomNumberGenerator()
        var characters: [Character] = requireEachIncludedType ? kinds.map { $0[Int.random(in: $0.indices, using: &random)] } : []
        let all = kinds.flatMap { $0 }
        while characters.count < length { characters.append(all[Int.random(in: all.indices, using: &random)]) }
        characters.shuffle(using: &random)
        return String(characters)
    }
}
