import Foundation
import LambdaEvents
import Testing

@testable import FunctionToolkit

/// X-Ray's own library for Python as the witness: what it sends arrives where ours does and has what ours has.
@Suite("X-Ray's library for Python", .enabled(if: Python.has("aws_xray_sdk")))
struct XRayLibraryTests {
    @Test("a refused call of a service has the same members, protocol header included")
    func document() throws {
        let daemon = try UDPReceiver()
        _ = try Python.run(
            """
            from aws_xray_sdk.core.emitters.udp_emitter import UDPEmitter
            from aws_xray_sdk.core.models.segment import Segment
            from aws_xray_sdk.core.models.subsegment import Subsegment
            segment = Segment("s", traceid="1-5759e988-bd862e3fe1be46a994272793", parent_id="53995c3f42cd8ad8", sampled=True)
            call = Subsegment("dynamodb", "aws", segment)
            segment.add_subsegment(call)
            call.put_http_meta("status", 429)
            call.put_http_meta("content_length", 2)
            call.put_http_meta("method", "POST")
            call.put_http_meta("url", "http://h/")
            call.put_annotation("a", 1)
            call.put_metadata("m", 1)
            call.set_aws({"operation": "PutItem", "region": "r", "table_name": "t", "request_id": "R"})
            call.add_exception(ValueError("no"), [], remote=True)
            call.close()
            UDPEmitter("\(daemon.address)").send_entity(call)
            """)
        var ours = SegmentDocument(
            kind: .aws, name: "dynamodb", id: TraceIdentifiers.segment(), traceID: "1-5759e988-bd862e3fe1be46a994272793",
            parentID: "53995c3f42cd8ad8", start: Date(timeIntervalSince1970: 1), end: Date(timeIntervalSince1970: 2))
        ours.setStatus(429, contentLength: 2)
        ours.isFault = true
        ours.request = ("POST", "http://h/")
        ours.annotations = ["a": 1]
        ours.metadata = ["default": ["m": 1]]
        ours.aws = ["operation": "PutItem", "region": "r", "table_name": "t", "request_id": "R"]
        ours.exceptions = [.init(type: "ValueError", message: "no", isRemote: true)]
        ours.send(to: try #require(XRayDaemon(address: daemon.address)))
        let documents = try daemon.documents()
        try #require(documents.count == 2)
        #expect(Self.comparable(documents[1]) == Self.comparable(documents[0]))
    }

    /// Without what differs from run to run, and without what it says by a member that may as well be missing.
    private static func comparable(_ document: JSONValue) -> JSONValue {
        var members = document.objectValue ?? [:]
        for name in ["id", "parent_id", "start_time", "end_time"] where members[name] != nil { members[name] = "there" }
        if members["in_progress"] == false { members["in_progress"] = nil }
        var exception = members["cause"]?["exceptions"]?[0]?.objectValue ?? [:]
        exception["id"] = exception["id"].map { _ in "there" }
        members["cause"] = [.object(exception)]
        return .object(members)
    }

    @Test("it reads the header that our requests carry")
    func header() throws {
        var header = TraceHeader("Root=1-5759e988-bd862e3fe1be46a994272793;Self=1-x;Sampled=?;Lineage=a:1|b:2")
        #expect(header.sampling == .asked && header.others == ["Lineage=a:1|b:2"])
        header.parent = "53995c3f42cd8ad8"
        header.sampling = .sampled
        let program = """
            import sys
            from aws_xray_sdk.core.models.trace_header import TraceHeader
            header = TraceHeader.from_header_str(sys.stdin.read())
            print(header.root, header.parent, header.sampled, header.data, end="")
            """
        #expect(
            try Python.run(program, input: Data(header.text.utf8))
                == "1-5759e988-bd862e3fe1be46a994272793 53995c3f42cd8ad8 1 {'Lineage': 'a:1|b:2'}")
    }
}
