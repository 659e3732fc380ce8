import StoreEngine

/// Members that the service's model bounds. What breaks a bound is noted with the other violations of the request.
extension RequestReader {
    func string(_ name: String, length: ClosedRange<Int>) throws(Refusal) -> String? {
        guard let text = try string(name) else { return nil }
        checkLength(text, of: name, length)
        return text
    }

    func requiredString(_ name: String, length: ClosedRange<Int>) throws(Refusal) -> String {
        let text = try requiredString(name)
        if has(name) { checkLength(text, of: name, length) }
        return text
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(Refusal) -> Int? {
        guard let number = try integer(name) else { return nil }
        if number < range.lowerBound {
            violate(name, value: "\(number)", "Member must have value greater than or equal to \(range.lowerBound)")
        }
        if number > range.upperBound {
            violate(name, value: "\(number)", "Member must have value less than or equal to \(range.upperBound)")
        }
        return number
    }

    /// `TableName` where the model takes a name and no ARN: 3 to 255 of a-z, A-Z, 0-9, `_`, `-` and `.`.
    func tableName(_ name: String = "TableName") throws(Refusal) -> String? {
        guard let text = try string(name) else { return nil }
        if !TableNameRule.isMadeOfAllowedCharacters(text) {
            violate(name, value: text, "Member must satisfy regular expression pattern: \(TableNameRule.pattern)")
        }
        checkLength(text, of: name, 3...255)
        return text
    }

    private func checkLength(_ text: String, of name: String, _ length: ClosedRange<Int>) {
        let count = text.utf16.count
        if count < length.lowerBound {
            violate(name, value: text, "Member must have length greater than or equal to \(length.lowerBound)")
        }
        if count > length.upperBound {
            violate(name, value: text, "Member must have length less than or equal to \(length.upperBound)")
        }
    }
}
