/// What tags a table may have ("Tagging restrictions in DynamoDB", Developer Guide). The texts are the service's, recorded in
/// October 2026: it holds lengths against them itself, not against the model.
enum TagRule {
    static let mostTags = 50
    static let longestKey = 128
    static let longestValue = 256

    static func check(_ tags: [Tag]) throws(StoreError) {
        var keys: Set<String> = []
        for tag in tags {
            try check(tag.key)
            guard tag.value.unicodeScalars.count <= longestValue, isMadeOfAllowedCharacters(tag.value) else {
                throw .validation("The Tag Value provided is invalid, Value: \(tag.value)")
            }
            guard !tag.key.lowercased().hasPrefix("aws:") else {
                throw .validation("Tag Key cannot be prefixed with aws:, Key: \(tag.key)")
            }
            guard keys.insert(tag.key).inserted else {
                throw .validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found \(tag.key)")
            }
        }
        try checkCount(tags.count)
    }

    static func checkCount(_ count: Int) throws(StoreError) {
        guard count <= mostTags else {
            throw .validation("Number of Tags exceed the current limit for the provided ResourceArn")
        }
    }

    static func check(keys: [String]) throws(StoreError) {
        for key in keys { try check(key) }
        try checkCount(keys.count)
    }

    private static func check(_ key: String) throws(StoreError) {
        guard !key.isEmpty, key.unicodeScalars.count <= longestKey, isMadeOfAllowedCharacters(key) else {
            throw .validation("The Tag Key provided is invalid, Key: \(key)")
        }
    }

    /// "Letters, whitespace, numbers, and the characters + - = . _ : /", and `@`.
    private static func isMadeOfAllowedCharacters(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber, .spaceSeparator, .lineSeparator, .paragraphSeparator:
                true
            default: "+-=._:/@".unicodeScalars.contains(scalar)
            }
        }
    }
}
