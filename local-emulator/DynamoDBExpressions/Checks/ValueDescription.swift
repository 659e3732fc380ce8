#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import LambdaEvents

/// How the service writes a value into a message: `{S:text}`.
package enum ValueDescription {
    package static func text(_ value: AttributeValue) -> String { "{\(value.descriptor.rawValue):\(content(value))}" }

    private static func content(_ value: AttributeValue) -> String {
        switch value {
        case .string(let text), .number(let text): text
        // The service is written in Java and shows a buffer as Java does.
        case .binary(let data): "java.nio.HeapByteBuffer[pos=0 lim=\(data.count) cap=\(data.count)]"
        case .bool(let flag): "\(flag)"
        case .null: "true"
        case .stringSet(let texts), .numberSet(let texts): "[\(texts.joined(separator: ", "))]"
        case .binarySet(let datas): "[\(datas.map { "\($0.count) bytes" }.joined(separator: ", "))]"
        case .list(let values): "[\(values.map(text).joined(separator: ", "))]"
        case .map(let members):
            "{\(members.inOrder.map { "\($0.key)=\(text($0.value))" }.joined(separator: ", "))}"
        }
    }
}
