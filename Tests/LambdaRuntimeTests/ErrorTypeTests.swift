import Foundation
import Testing

@testable import LambdaRuntime

@Suite("The error type's header")
struct ErrorTypeTests {
    @Test(
        "is of the form that the platform keeps, whatever the error calls itself",
        arguments: [
            ("OrderNotFound", "Function.OrderNotFound"), ("Function.OrderNotFound", "Function.OrderNotFound"),
            ("Runtime.UndecodableEvent", "Runtime.UndecodableEvent"), ("notFound", "Function.NotFound"),
            ("HTTP404Error", "Function.HTTPError"), ("Box<Array<Int>>", "Function.BoxArrayInt"),
            ("com.example.Error", "Function.ComexampleError"), ("", "Function.Unknown"), ("E", "Function.Unknown"),
            ("404", "Function.Unknown"), ("Größe", "Function.Gre"), ("Runtime.", "Runtime.Unknown"),
            ("a\r\nb: c", "Function.Abc"),
            ("Function.Runtime.X", "Function.RuntimeX"),
        ])
    func form(name: String, header: String) throws {
        let value = InvocationFailure(errorType: name, errorMessage: "").headerValue
        #expect(value == header)
        #expect(value.wholeMatch(of: /(Runtime|Function)\.[A-Z][a-zA-Z]+/) != nil)
    }
}
