import AWSClients
import Testing

struct SSMClientTests {
    @Test("GetParameter in JSON 1.1")
    func getParameter() async throws {
        let transport = ScriptedTransport(
            .json(
                #"{"Parameter":{"ARN":"arn","DataType":"text","LastModifiedDate":1.5E9,"Name":"/a","Selector":":3","Type":"#
                    + #""SecureString","Value":"v","Version":3}}"#))
        let output = try await SSMClient(transport: transport).getParameter(.init(name: "/a:3", withDecryption: true))
        #expect(
            output.parameter
                == .init(
                    name: "/a", type: "SecureString", value: "v", version: 3, selector: ":3", arn: "arn",
                    lastModifiedDate: 1.5e9, dataType: "text"))
        #expect(transport.requests[0].headers.map(\.value) == ["application/x-amz-json-1.1", "AmazonSSM.GetParameter"])
        #expect(try transport.requests[0].sortedJSON == #"{"Name":"/a:3","WithDecryption":true}"#)
    }

    @Test("all pages under a path, an empty one in the middle too")
    func pages() async throws {
        let transport = ScriptedTransport(
            .json(#"{"Parameters":[{"Name":"/a/x","Type":"String","Value":"1"}],"NextToken":"t1"}"#),
            .json(#"{"Parameters":[],"NextToken":"t2"}"#),
            .json(#"{"Parameters":[{"Name":"/a/y","Type":"String","Value":"2"}]}"#))
        let found = try await SSMClient(transport: transport).allParametersByPath(.init(path: "/a", recursive: true))
        #expect(found.map(\.name) == ["/a/x", "/a/y"])
        #expect(
            try transport.requests.map { try $0.sortedJSON } == [
                #"{"Path":"/a","Recursive":true}"#, #"{"NextToken":"t1","Path":"/a","Recursive":true}"#,
                #"{"NextToken":"t2","Path":"/a","Recursive":true}"#,
            ])
    }
}
