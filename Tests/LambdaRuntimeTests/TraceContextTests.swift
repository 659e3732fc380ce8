import Foundation
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("The caller's trace context and the environment's first invocation")
    struct TraceContextTests {
        private func contexts(
            _ headers: [[(name: String, value: String)]], variables: [String: String] = [:]
        ) async throws -> [LambdaContext] {
            let seen = Contexts()
            let events = headers.enumerated().map { ScriptedRuntimeAPI.Event(requestID: "r\($0)", body: "1", headers: $1) }
            _ = try await serve(events, variables: variables) { (_: Int, context) in
                await seen.add(context)
                return true
            }
            return await seen.all
        }

        private actor Contexts {
            private(set) var all: [LambdaContext] = []
            func add(_ context: LambdaContext) { all.append(context) }
        }

        @Test("w3c of the client context is handed over apart, and the rest as the caller wrote it")
        func w3c() async throws {
            let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            let text =
                #"{"custom":{"n":1.10,"w3c":1},"w3c":{"traceparent":"\#(parent)","tracestate":"rojo=00f0","baggage":"userId=al\u0069ce","other":"x"},"client":{}}"#
            let context = try #require(try await contexts([[("Lambda-Runtime-Client-Context", text)]]).first)
            #expect(context.w3c == W3CTraceContext(traceparent: parent, tracestate: "rojo=00f0", baggage: "userId=alice"))
            #expect(context.clientContext == #"{"custom":{"n":1.10,"w3c":1},"client":{}}"#)
        }

        @Test(
            "without client context, or without w3c in it, there is none",
            arguments: [nil, "", "{}", "[]", "w3c", #"{"custom":{"w3c":{}}}"#])
        func none(text: String?) async throws {
            let context = try #require(
                try await contexts([text.map { [("Lambda-Runtime-Client-Context", $0)] } ?? []]).first)
            #expect(context.w3c == nil)
            #expect(context.clientContext == (text == "" ? nil : text))
        }

        @Test("the first invocation is the cold start, unless the environment was started ahead")
        func coldStart() async throws {
            #expect(try await contexts([[], [], []]).map(\.isColdStart) == [true, false, false])
            for (type, isCold) in [
                ("on-demand", true), ("snap-start", true), ("provisioned-concurrency", false),
                ("lambda-managed-instances", false),
            ] {
                let seen = try await contexts([[]], variables: ["AWS_LAMBDA_INITIALIZATION_TYPE": type])
                #expect(seen.map(\.isColdStart) == [isCold])
            }
        }
    }
}

@Suite("Taking w3c out of a client context")
struct ClientContextTextTests {
    @Test(
        "leaves valid JSON wherever it stood",
        arguments: [
            (#"{"w3c":{}}"#, "{}"), (#"{"a":1,"w3c":{}}"#, #"{"a":1}"#), (#"{"w3c":{},"a":1}"#, #"{"a":1}"#),
            (#"{"a":"},{\"","w3c":[{"b":"]"}],"c":{"d":[1,2]}}"#, #"{"a":"},{\"","c":{"d":[1,2]}}"#),
            (#" { "a" : 1 , "w3c" : null } "#, #" { "a" : 1 } "#), (#"{"w3c":"text","b":true}"#, #"{"b":true}"#),
        ])
    func removed(text: String, rest: String) throws {
        let (clientContext, _) = ClientContextText.split(text)
        #expect(clientContext == rest)
        _ = try JSONSerialization.jsonObject(with: Data(rest.utf8))
    }

    @Test(
        "of its members only strings count",
        arguments: [
            (#"{"w3c":{"traceparent":1,"tracestate":"a=b","baggage":null}}"#, W3CTraceContext(tracestate: "a=b")),
            (#"{"w3c":{}}"#, W3CTraceContext()), (#"{"w3c":"00-1-2-3"}"#, nil), (#"{"w3c":null}"#, nil), (#"{"w3c":[]}"#, nil),
        ])
    func members(text: String, w3c: W3CTraceContext?) {
        #expect(ClientContextText.split(text).w3c == w3c)
    }

    @Test(
        "what is no JSON stays as it is",
        arguments: ["{", #"{"w3c":"#, #"{"w3c":{"#, #"{"w3c":{"a":"#, #"{"a" 1,"w3c":{}}"#, #"{"\"#, "{,}"])
    func broken(text: String) {
        let (clientContext, w3c) = ClientContextText.split(text)
        #expect(clientContext == text)
        #expect(w3c == nil)
    }
}
