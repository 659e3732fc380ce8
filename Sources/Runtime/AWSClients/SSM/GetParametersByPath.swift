extension SSM {
    public struct GetParametersByPathInput: Sendable, Equatable, Codable {
        /// Begins with a slash: `/orders/prod`.
        public var path: String
        /// Those below the path's own level too.
        public var recursive: Bool?
        public var withDecryption: Bool?
        /// At most 10, which is what the service takes where nothing is asked for.
        public var maxResults: Int?
        public var nextToken: String?

        public init(
            path: String, recursive: Bool? = nil, withDecryption: Bool? = nil, maxResults: Int? = nil, nextToken: String? = nil
        ) {
            self.path = path
            self.recursive = recursive
            self.withDecryption = withDecryption
            self.maxResults = maxResults
            self.nextToken = nextToken
        }

        private enum CodingKeys: String, CodingKey {
            case path = "Path"
            case recursive = "Recursive"
            case withDecryption = "WithDecryption"
            case maxResults = "MaxResults"
            case nextToken = "NextToken"
        }
    }

    /// One page; a page may be empty and not the last.
    public struct GetParametersByPathOutput: Sendable, Equatable, Codable {
        public var parameters: [Parameter]
        /// Nil after the last page.
        public var nextToken: String?

        public init(parameters: [Parameter] = [], nextToken: String? = nil) {
            self.parameters = parameters
            self.nextToken = nextToken
        }

        private enum CodingKeys: String, CodingKey {
            case parameters = "Parameters"
            case nextToken = "NextToken"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            parameters = try container.decodeIfPresent([Parameter].self, forKey: .parameters) ?? []
            nextToken = try container.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}

extension SSMClient {
    /// One page of the parameters under a path.
    public func getParametersByPath(_ input: SSM.GetParametersByPathInput) async throws -> SSM.GetParametersByPathOutput {
        try await caller.call("GetParametersByPath", input, isRepeatable: true)
    }

    /// All parameters under a path, page by page.
    public func allParametersByPath(_ input: SSM.GetParametersByPathInput) async throws -> [SSM.Parameter] {
        var input = input
        var parameters: [SSM.Parameter] = []
        repeat {
            let page = try await getParametersByPath(input)
            parameters += page.parameters
            input.nextToken = page.nextToken.flatMap { $0.isEmpty ? nil : $0 }
        } while input.nextToken != nil
        return parameters
    }
}
