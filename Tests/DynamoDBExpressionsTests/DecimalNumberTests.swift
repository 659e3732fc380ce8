import DynamoDBExpressions
import Testing

@Suite("Decimal numbers")
struct DecimalNumberTests {
    @Test(
        "a number is returned in the service's plain form",
        arguments: [
            ("0", "0"), ("-0", "0"), ("0e125", "0"), ("0e-130", "0"), ("0.000", "0"), ("3", "3"), ("+3", "3"),
            ("-7.1234", "-7.1234"),
            (".123", "0.123"), ("0001.2300", "1.23"), ("1.", "1"), ("1e0", "1"), ("-17e5", "-1700000"), ("1e+5", "100000"),
            ("-17.4E3", "-17400"), ("123e-5", "0.00123"), ("100", "100"), ("1e-3", "0.001"),
            ("314159265358979323846.26433832795028841", "314159265358979323846.26433832795028841"),
            ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
        ])
    func plainForm(text: String, expected: String) throws {
        #expect(try DecimalNumber(parsing: text).text == expected)
    }

    @Test("the largest and the smallest number are kept")
    func extremes() throws {
        let largest = "9.9999999999999999999999999999999999999E+125"
        #expect(
            try DecimalNumber(parsing: largest).text
                == String(repeating: "9", count: 38) + String(repeating: "0", count: 88))
        #expect(try DecimalNumber(parsing: "1e-130").text == "0." + String(repeating: "0", count: 129) + "1")
    }

    @Test(
        "text that is no number is refused with the text in the message",
        arguments: ["NaN", "Infinity", " 1", "1 ", "1e", "-", ".", "1.2.3", "0x1", "1,0"])
    func noNumber(text: String) {
        #expect(throws: ExpressionError("The parameter cannot be converted to a numeric value: \(text)")) {
            try DecimalNumber(parsing: text)
        }
    }

    @Test("the older wording tells the empty text apart, and reckons exponents in 32 bits")
    func olderWording() {
        let overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range"
        let underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range"
        let notNumeric = "The parameter cannot be converted to a numeric value"
        let texts: [(String, current: String, older: String)] = [
            ("", "\(notNumeric): ", notNumeric), ("abc", "\(notNumeric): abc", "\(notNumeric): abc"),
            ("1e126", overflow, overflow), ("1e2147483647", overflow, underflow), ("1e-200", underflow, underflow),
            ("1e99999999999", overflow, "\(notNumeric): 1e99999999999"),
        ]
        for (text, current, older) in texts {
            #expect(throws: ExpressionError(current)) { try DecimalNumber(parsing: text) }
            #expect(throws: ExpressionError(older)) { try DecimalNumber(parsing: text, wording: .older) }
        }
    }

    @Test("an exponent that needs more than 64 bits makes the text no number")
    func longExponent() {
        let text = "1e9223372036854775808"
        #expect(throws: ExpressionError("The parameter cannot be converted to a numeric value: \(text)")) {
            try DecimalNumber(parsing: text)
        }
        _ = #expect(throws: ExpressionError.self) { try DecimalNumber(parsing: "0.1e-9223372036854775807") }
    }

    @Test("numbers out of range are refused", arguments: ["1e126", "-11e125", "1.0e100000000", "1e99999999999", "0e126"])
    func overflow(text: String) {
        #expect(
            throws: ExpressionError(
                "Number overflow. Attempting to store a number with magnitude larger than supported range")
        ) { try DecimalNumber(parsing: text) }
    }

    @Test("numbers too near to zero are refused", arguments: ["1e-131", "-0.9e-130", "1e-99999999999", "0e-131"])
    func underflow(text: String) {
        #expect(
            throws: ExpressionError(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range")
        ) { try DecimalNumber(parsing: text) }
    }

    @Test(
        "a 39th significant digit is refused",
        arguments: ["3.14159265358979323846264338327950288419", "314159265358979323846264338327950288419e30"])
    func precision(text: String) {
        #expect(throws: ExpressionError("Attempting to store more than 38 significant digits in a Number")) {
            try DecimalNumber(parsing: text)
        }
    }

    @Test(
        "sums are exact",
        arguments: [
            ("1", "10000000000000000000000", "10000000000000000000001"), ("0.1", "0.2", "0.3"), ("5", "-5", "0"),
            ("0", "7.5", "7.5"), ("1e38", "-1", "99999999999999999999999999999999999999"), ("-3", "1", "-2"),
            ("99999999999999999999999999999999999999", "1", "100000000000000000000000000000000000000"),
            ("9e124", "9e124", "18" + String(repeating: "0", count: 124)), ("1e-130", "-1e-130", "0"), ("-1.5", "-1.5", "-3"),
        ])
    func sums(left: String, right: String, expected: String) throws {
        #expect(try DecimalNumber(parsing: left).adding(DecimalNumber(parsing: right)).text == expected)
        #expect(try DecimalNumber(parsing: right).adding(DecimalNumber(parsing: left)).text == expected)
    }

    @Test("a difference keeps every digit")
    func difference() throws {
        let result = try DecimalNumber(parsing: "10000000000000000000000").subtracting(DecimalNumber(parsing: "1"))
        #expect(result.text == "9999999999999999999999")
    }

    @Test(
        "a sum beyond the range or beyond 38 digits is refused as the service does",
        arguments: [
            ("9e125", "9e125"), ("1e50", "1"), ("1e50", "-1"), ("1e125", "1e-130"),
            ("99999999999999999999999999999999999999", "0.1"),
        ])
    func sumOverflow(left: String, right: String) throws {
        let (left, right) = (try DecimalNumber(parsing: left), try DecimalNumber(parsing: right))
        #expect(
            throws: ExpressionError(
                "Number overflow. Attempting to store a number with magnitude larger than supported range")
        ) { try left.adding(right) }
    }

    @Test("numbers compare by value")
    func order() throws {
        let ascending = [
            "-9.9e125", "-100", "-99.5", "-1.23", "-1.2", "-1e-130", "0", "1e-130", "0.5", "1.2", "1.23", "2", "10", "99",
            "1e125",
        ]
        let numbers = try ascending.map { text in try DecimalNumber(parsing: text) }
        for (index, number) in numbers.enumerated() {
            for (other, second) in numbers.enumerated() { #expect((number < second) == (index < other)) }
        }
    }
}
