import FunctionToolkit
import Testing

struct FieldErrorsTests {
    @Test("errors are collected by field and thrown together")
    func collecting() throws {
        var errors = FieldErrors()
        try errors.throwIfAny()
        errors.require(true, "name", "unused")
        errors.require(false, "name", "Too short")
        errors.add("name", "No digits")
        errors.merge(FieldErrors(["": ["Unknown"], "street": ["Required"]]), under: "address")
        #expect(
            throws: FieldErrors(["name": ["Too short", "No digits"], "address": ["Unknown"], "address.street": ["Required"]])
        ) {
            try errors.throwIfAny()
        }
    }
}
