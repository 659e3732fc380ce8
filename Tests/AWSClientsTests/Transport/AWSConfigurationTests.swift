import AWSClients
import Testing

struct AWSConfigurationTests {
    private let keys = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"]

    @Test("Lambda's variables are enough")
    func lambdaVariables() throws {
        let configuration = try AWSConfiguration(
            environment: keys.merging(["AWS_REGION": "eu-west-1", "AWS_SESSION_TOKEN": "token"]) { $1 })
        #expect(configuration.region == "eu-west-1")
        #expect(
            configuration.credentials
                == AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret", sessionToken: "token"))
    }

    @Test("AWS_REGION goes before AWS_DEFAULT_REGION, an empty variable is as none")
    func region() throws {
        let both = keys.merging(["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b", "AWS_SESSION_TOKEN": ""]) { $1 }
        #expect(try AWSConfiguration(environment: both).region == "a")
        #expect(try AWSConfiguration(environment: both).credentials.sessionToken == nil)
        #expect(try AWSConfiguration(environment: both.merging(["AWS_REGION": ""]) { $1 }).region == "b")
    }

    @Test("what is missing is named", arguments: ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    func missing(variable: String) {
        var environment = keys.merging(["AWS_REGION": "a"]) { $1 }
        environment[variable] = nil
        #expect(throws: AWSConfigurationError.missing(variable: variable)) { try AWSConfiguration(environment: environment) }
    }

    @Test(
        "an endpoint that is none is refused by its variable's name",
        arguments: ["localhost:4566", "ftp://h", "http://", "http://h?x=1", "http://u@h"])
    func endpoint(url: String) {
        let environment = keys.merging(["AWS_REGION": "a", "AWS_ENDPOINT_URL_SQS": url]) { $1 }
        #expect(throws: AWSConfigurationError.invalidEndpoint(variable: "AWS_ENDPOINT_URL_SQS", url: url)) {
            try AWSConfiguration(environment: environment)
        }
    }

    @Test(
        "an endpoint's parts",
        arguments: [
            ("http://127.0.0.1:4566", "http", "127.0.0.1:4566", ""), ("https://h:443/", "https", "h", ""),
            ("http://h:80/a/b/", "http", "h", "/a/b"), ("HTTPS://[::1]:8443/x%20y", "https", "[::1]:8443", "/x%20y"),
        ])
    func parts(url: String, scheme: String, host: String, path: String) {
        let endpoint = AWSEndpoint(url)
        #expect(endpoint?.scheme == scheme && endpoint?.host == host && endpoint?.path == path)
    }
}
