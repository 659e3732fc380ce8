/// An error that says what the caller of the function sees of it.
///
/// Other errors are represented by their Swift type's name and their description.
public protocol LambdaErrorRepresentable: Error {
    /// A name such as `OrderNotFound`; `errorType` in the error answer.
    var errorType: String { get }
    /// `errorMessage` in the error answer: leave out what the caller must not see.
    var errorMessage: String { get }
    /// `stackTrace` in the error answer, the innermost call first. Swift's errors carry none by themselves.
    var stackTrace: [String] { get }
}

extension LambdaErrorRepresentable {
    public var stackTrace: [String] { [] }
}
