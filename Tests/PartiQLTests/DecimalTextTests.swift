import Testing

@testable import PartiQL

@Suite("Numbers as Java's BigDecimal takes them")
struct DecimalTextTests {
    @Test("an exponent and a scale of 32 bits fit", arguments: ["1", "1e2147483647", "-1.5e10", ".5", "1e-2147483647"])
    func fits(_ text: String) { #expect(DecimalText.fits(text)) }

    @Test(
        "one more does not", arguments: ["1e2147483648", "1e-2147483648", "1e99999999999", "-1e-99999999999", "1.5e-2147483647"])
    func doesNotFit(_ text: String) { #expect(!DecimalText.fits(text)) }

    @Test("a magnitude beyond 32 bits wraps around")
    func wraps() {
        #expect(DecimalText.wraps("1e2147483647"))
        #expect(!DecimalText.wraps("1e2147483646"))
        #expect(!DecimalText.wraps("1e126"))
        #expect(!DecimalText.wraps("0e2147483647"))
    }
}
