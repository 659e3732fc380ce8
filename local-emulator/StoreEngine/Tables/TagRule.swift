/// What tags a table may have ("Tagging restrictions in DynamoDB", Developer Guide).
enum TagRule {
    static let mostTags = 50
    static let longestKey = 128
    static let longestValue = 256

    static func check(_ tags: [Tag]) throws(StoreError) {
        var violations = ConstraintViolations()
        for (number, tag) in tags.enumerated() {
            let path = "tags.\(number + 1).member"
            check(key: tag.key, at: "\(path).key", &violations)
            if tag.value.unicodeScalars.count > longestValue {
                violations.add(tag.value, at: "\(path).value", "Member must have length less than or equal to \(longestValue)")
            }
        }
        try violations.check()
        var keys: Set<String> = []
        for tag in tags {
            guard isMadeOfAllowedCharacters(tag.key) else {
                throw KeySchemaRule.invalid("Tag key contains characters that are not allowed: \(tag.key)")
            }
            guard isMadeOfAllowedCharacters(tag.value) else {
                throw KeySchemaRule.invalid("Tag value contains characters that are not allowed: \(tag.value)")
            }
            guard !tag.key.lowercased().hasPrefix("aws:") else {
                throw KeySchemaRule.invalid("Tag keys starting with 'aws:' are reserved for system use: \(tag.key)")
            }
            guard keys.insert(tag.key).inserted else {
                throw KeySchemaRule.invalid("Duplicate tag key: \(tag.key)")
            }
        }
        try checkCount(tags.count)
    }

    static func checkCount(_ count: Int) throws(StoreError) {
        guard count <= mostTags else {
            throw KeySchemaRule.invalid("The number of tags exceeds the limit of \(mostTags)")
        }
    }

    static func check(keys: [String]) throws(StoreError) {
        var violations = ConstraintViolations()
        for (number, key) in keys.enumerated() { check(key: key, at: "tagKeys.\(number + 1).member", &violations) }
        try violations.check()
    }

    private static func check(key: String, at path: String, _ violations: inout ConstraintViolations) {
        if key.isEmpty { violations.add(key, at: path, "Member must have length greater than or equal to 1") }
        if key.unicodeScalars.count > longestKey {
            violations.add(key, at: path, "Member must have length less than or equal to \(longestKey)")
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
