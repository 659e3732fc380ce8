import CRoostZlib
import StoreEngine
import Synchronization

/// What goes back over HTTP.
package struct DynamoDBReply: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

extension DynamoDBReply {
    init(status: Int, json: [UInt8]) {
        self.status = status
        body = json
        headers = [
            ("x-amzn-RequestId", Self.requestID()),
            ("x-amz-crc32", String(Self.checksum(json))),
            ("Content-Type", ContentType.amzJSON.rawValue),
        ]
    }

    /// An answer that is no operation's.
    init(status: Int, contentType: ContentType?, body: [UInt8]) {
        self.init(status: status, json: body)
        headers.removeLast()
        if let contentType { headers.append(("Content-Type", contentType.rawValue)) }
    }

    /// A failure that the service tells nothing of.
    static var internalFailure: DynamoDBReply {
        DynamoDBReply(status: 500, json: error("com.amazon.coral.service#InternalFailure", "message", nil))
    }

    mutating func replaceContentType(_ type: ContentType) {
        guard let index = headers.firstIndex(where: { $0.name == "Content-Type" }) else { return }
        headers[index].value = type.rawValue
    }

    /// Puts another body in the place of this one, with its checksum.
    mutating func replaceBody(_ body: [UInt8]) {
        self.body = body
        guard let index = headers.firstIndex(where: { $0.name == "x-amz-crc32" }) else { return }
        headers[index].value = String(Self.checksum(body))
    }

    init(_ refusal: Refusal) {
        switch refusal {
        case .serialization(let message):
            self.init(status: 400, json: Self.error("com.amazon.coral.service#SerializationException", "Message", message))
        case .unknownOperation(let message):
            self.init(status: 400, json: Self.error("com.amazon.coral.service#UnknownOperationException", "message", message))
        case .authentication(let type, let message):
            self.init(status: 400, json: Self.error("com.amazon.coral.service#\(type)", "message", message))
        case .store(let error):
            self.init(error)
        }
    }

    /// The namespace and the spelling of the message's name are the service's, error by error.
    init(_ error: StoreError) {
        let namespace =
            error.code == "ValidationException" ? "com.amazon.coral.validate" : "com.amazonaws.dynamodb.v20120810"
        let messageName = Self.withCapitalMessage.contains(error.code) ? "Message" : "message"
        let json = Self.error("\(namespace)#\(error.code)", messageName, error.message) { writer in
            writer.array("CancellationReasons", error.cancellationReasons?.map(Self.reason))
            writer.item("Item", error.item)
        }
        self.init(status: error.code == "InternalServerError" ? 500 : 400, json: json)
    }

    /// The errors whose shape in the service's model has a `Message`; in all others it is `message`.
    private static let withCapitalMessage: Set = [
        "TransactionCanceledException", "IdempotentParameterMismatchException", "TransactionInProgressException",
    ]

    private static func error(
        _ type: String, _ messageName: String, _ message: String?, _ more: (inout JSONObjectWriter) -> Void = { _ in }
    ) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.string("__type", type)
            more(&writer)
            writer.string(messageName, message)
        }
    }

    private static func reason(_ reason: StoreError.CancellationReason) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.string("Code", reason.code)
            writer.item("Item", reason.item)
            writer.string("Message", reason.message)
        }
    }

    /// The CRC-32 of the body, which the SDKs compare with what they received.
    private static func checksum(_ bytes: [UInt8]) -> UInt {
        bytes.withUnsafeBufferPointer { buffer in
            UInt(crc32(crc32(0, nil, 0), buffer.baseAddress, UInt32(buffer.count)))
        }
    }

    /// 52 letters and digits up to V (RFC 4648, 7), the service's form.
    ///
    /// They only have to differ: a counter's numbers, mixed, behind a part that was drawn when the process began. Asking the
    /// system for random bits would cost five calls for each answer.
    private static func requestID() -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        return String(unsafeUninitializedCapacity: 52) { letters in
            var place = 0
            // Twelve letters take 60 of 64 bits, so that five numbers make the whole.
            for salt in salts {
                var bits = Splitmix.mix(number ^ salt)
                for _ in 0..<min(12, 52 - place) {
                    letters[place] = letter(bits)
                    bits >>= 5
                    place += 1
                }
            }
            return place
        }
    }

    private static func letter(_ bits: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: bits & 31)
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") - 10 + value
    }

    private static let salts = (0..<5).map { _ in UInt64.random(in: .min ... .max) }
    private static let count = Atomic<UInt64>(0)
}
