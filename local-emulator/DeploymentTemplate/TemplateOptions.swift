/// What the template's intrinsic functions need to know from outside.
package struct TemplateOptions: Sendable {
    /// `AWS::Region`.
    package var region: String
    /// `AWS::AccountId`; zeros cannot be mistaken for a real account.
    package var accountID: String
    /// `AWS::StackName`.
    package var stackName: String
    /// The emulator's AWS-compatible endpoint without a slash at its end: it starts queue URLs, and is
    /// `${RoostEndpoint}` in `Metadata: Roost: ParameterOverrides`.
    package var endpoint: String
    /// Values of the template's parameters; they win over its overrides and defaults.
    package var parameters: [String: String]

    package init(
        region: String = "us-east-1", accountID: String = "000000000000", stackName: String = "roost",
        endpoint: String = "http://127.0.0.1:4566", parameters: [String: String] = [:]
    ) {
        self.region = region
        self.accountID = accountID
        self.stackName = stackName
        self.endpoint = endpoint
        self.parameters = parameters
    }
}
