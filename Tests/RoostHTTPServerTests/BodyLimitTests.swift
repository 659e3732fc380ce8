import Foundation
import Testing

@testable import RoostHTTPServer

@Suite struct BodyLimitTests {
    static let tooLarge = HTTPResponse(
        status: 413, headers: ["Content-Type": "application/json"], body: Data(#"{"message":"Request Entity Too Large"}"#.utf8))

    func serving(_ body: (UInt16) throws -> Void) throws {
        try HTTPServerTests.serving(
            .init(maximumBodyBytes: 1000, tooLarge: Self.tooLarge),
            { request, exchange in exchange.respond(HTTPServerTests.ok("\(request.body.count)")) }, body)
    }

    func expectRefusal(_ answer: WireClient.Answer) {
        #expect(answer.statusLine.hasPrefix("HTTP/1.1 413 "))
        #expect(answer.header("Connection") == "close")
        #expect(answer.header("Content-Type") == "application/json")
        #expect(answer.body == #"{"message":"Request Entity Too Large"}"#)
    }

    @Test("a body of the limit's size is taken")
    func limit() throws {
        try serving { port in
            let client = try WireClient(port: port)
            try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + String(repeating: "x", count: 1000))
            #expect(try client.receiveAnswer().body == "1000")
        }
    }

    @Test("a declared length over the limit is refused before the body is sent")
    func declared() throws {
        try serving { port in
            let client = try WireClient(port: port)
            try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n")
            expectRefusal(try client.receiveAnswer())
        }
    }

    @Test("a client that sends 7 MB before it reads still sees the answer and an orderly end")
    func stillSending() throws {
        try serving { port in
            let client = try WireClient(port: port)
            try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 7000000\r\n\r\n")
            try client.send(bytes: [UInt8](repeating: 0x78, count: 7_000_000))
            expectRefusal(try client.receiveAnswer())
            #expect(try client.receiveToEnd().isEmpty)
        }
    }

    @Test("a chunked body is refused when it passes the limit")
    func chunked() throws {
        try serving { port in
            let client = try WireClient(port: port)
            try client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "1f4\r\n" + String(repeating: "x", count: 500) + "\r\n"
            for _ in 0..<200 { try client.send(chunk) }
            expectRefusal(try client.receiveAnswer())
        }
    }

    @Test("a client that waits for 100 Continue gets the refusal in its place")
    func expectContinue() throws {
        try serving { port in
            let client = try WireClient(port: port)
            try client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n")
            expectRefusal(try client.receiveAnswer())
        }
    }

    @Test("the server serves on after a refusal")
    func servesOn() throws {
        try serving { port in
            let refused = try WireClient(port: port)
            try refused.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n")
            expectRefusal(try refused.receiveAnswer())
            let next = try WireClient(port: port)
            try next.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab")
            #expect(try next.receiveAnswer().body == "2")
        }
    }
}
