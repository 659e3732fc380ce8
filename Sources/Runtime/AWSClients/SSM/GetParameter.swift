extension SSM {
    public struct GetParameterInput: Sendable, Equatable, Codable {
        /// Name or ARN; `name:3` for a version, `name:label` for the version that carries the label.
        public var name: String
        public var withDecryption: Bool?

        public init(name: String, withDecryption: Bool? = nil) {
            self.name = name
            self.withDecryption = withDecryption
        }

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case withDecryption = "WithDecryption"
        }
    }

    public struct GetParameterOutput: Sendable, Equatable, Codable {
        public var parameter: Parameter

        public init(parameter: Parameter) {
            self.parameter = parameter
        }

        private enum CodingKeys: String, CodingKey {
            case parameter = "Parameter"
        }
    }
}

extension SSMClient {
    /// - Throws: ``AWSServiceError``, with `ParameterNotFound` or `ParameterVersionNotFound` where there is none.
    public func getParameter(_ input: SSM.GetParameterInput) async throws -> SSM.GetParameterOutput {
        try await caller.call("GetParameter", input, isRepeatable: true)
    }
}
