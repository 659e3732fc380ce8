#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

public import LambdaEvents
internal import LambdaRuntime
internal import Synchronization

/// A part of the work that is being recorded. Where nothing is recorded, what it is told goes nowhere.
public final class Subsegment: Sendable {
    /// Nil where nothing is recorded.
    private let document: Mutex<SegmentDocument?>

    init(_ document: SegmentDocument?) {
        self.document = Mutex(document)
    }

    /// What traces can be searched by. Of the name, anything but letters, digits and `_` becomes `_`; of all names X-Ray
    /// indexes 50 for each trace.
    ///
    /// - Parameter value: a text, a number or a flag; everything else is left out, as X-Ray would.
    public func annotate(_ name: String, _ value: JSONValue) {
        switch value {
        case .string, .integer, .number, .bool: break
        case .null, .array, .object: return
        }
        let key = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" })
        document.withLock { $0?.annotations[key] = value }
    }

    /// What can be read with a trace, and not searched by.
    public func addMetadata(_ name: String, _ value: JSONValue, namespace: String = "default") {
        document.withLock { $0?.metadata[namespace, default: [:]][name] = value }
    }

    /// Marks the work as failed by our own fault. An error that leaves the work is added by itself.
    public func add(_ error: any Error) {
        document.withLock { $0?.add(error) }
    }

    /// The whole document, ended.
    func end(at date: Date, error: (any Error)?) -> SegmentDocument? {
        document.withLock { document in
            document?.end = date
            if let error { document?.add(error) }
            return document
        }
    }
}

extension SegmentDocument {
    mutating func add(_ error: any Error) {
        isFault = true
        if let error = error as? any LambdaErrorRepresentable {
            exceptions.append(Exception(type: error.errorType, message: error.errorMessage, isRemote: false))
        } else {
            exceptions.append(
                Exception(type: String(describing: type(of: error)), message: String(describing: error), isRemote: false))
        }
    }
}
