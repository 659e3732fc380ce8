#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What the three kinds of containers share: one value as a Swift type, or the error that says why not.
extension JSONDocument {
    func mismatch(_ type: Any.Type, at index: Int) -> DecodingError {
        let kind = nodes[index].kind
        let text = "\(type) was wanted where \(kind.name) is"
        let context = DecodingError.Context(codingPath: path(to: index), debugDescription: text)
        return kind == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    private func misfit(_ type: Any.Type, at index: Int) -> DecodingError {
        .dataCorrupted(
            .init(codingPath: path(to: index), debugDescription: "the number \(numberText(at: index)) does not fit in \(type)"))
    }

    private func isNumber(_ index: Int) -> Bool {
        nodes[index].kind == .integer || nodes[index].kind == .number
    }

    func decodeBool(at index: Int) throws -> Bool {
        switch nodes[index].kind {
        case .true: true
        case .false: false
        default: throw mismatch(Bool.self, at: index)
        }
    }

    func decodeString(at index: Int) throws -> String {
        guard nodes[index].kind == .string else { throw mismatch(String.self, at: index) }
        do throws(JSONSyntaxError) {
            return try string(at: index)
        } catch {
            throw error.decodingError(path(to: index))
        }
    }

    func decodeInteger<Number: FixedWidthInteger>(_ type: Number.Type, at index: Int) throws -> Number {
        guard isNumber(index) else { throw mismatch(type, at: index) }
        guard let number: Number = integer(at: index) else { throw misfit(type, at: index) }
        return number
    }

    func decodeInt(at index: Int) throws -> Int {
        guard isNumber(index) else { throw mismatch(Int.self, at: index) }
        guard let number: Int = integer(at: index) else { throw misfit(Int.self, at: index) }
        return number
    }

    func decodeDouble(at index: Int) throws -> Double {
        guard isNumber(index) else { throw mismatch(Double.self, at: index) }
        guard let number = double(at: index) else { throw misfit(Double.self, at: index) }
        return number
    }

    func decodeFloat(at index: Int) throws -> Float {
        guard isNumber(index) else { throw mismatch(Float.self, at: index) }
        guard let number = float(at: index) else { throw misfit(Float.self, at: index) }
        return number
    }

    /// The types that `JSONDecoder` treats in its own way, the ones that events are made of without a container in
    /// between, and all others by their own initializer. No cast to a protocol: the first of each would look through every
    /// conformance in the program.
    func decode<Value: Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
        if type == String.self { return unsafeBitCast(try decodeString(at: index), to: type) }
        if type == [String: String].self { return unsafeBitCast(try decodeTexts(at: index), to: type) }
        if type == [String].self { return unsafeBitCast(try decodeTextList(at: index), to: type) }
        if type == Data.self { return unsafeBitCast(try decodeData(at: index), to: type) }
        if type == URL.self { return unsafeBitCast(try decodeURL(at: index), to: type) }
        if type == Decimal.self { return unsafeBitCast(try decodeDecimal(at: index), to: type) }
        return try type.init(from: JSONNodeDecoder(document: self, index: index))
    }

    private func decodeTexts(at index: Int) throws -> [String: String] {
        guard nodes[index].kind == .object else { throw mismatch([String: Any].self, at: index) }
        var texts = [String: String](minimumCapacity: Int(nodes[index].length))
        try forEachMember(of: index) { name, value in
            let key = try decodeString(at: name)
            if let first = texts.updateValue(try decodeString(at: value), forKey: key) { texts[key] = first }
        }
        return texts
    }

    private func decodeTextList(at index: Int) throws -> [String] {
        guard nodes[index].kind == .array else { throw mismatch([Any].self, at: index) }
        var texts: [String] = []
        texts.reserveCapacity(Int(nodes[index].length))
        var element = index + 1
        for _ in 0..<nodes[index].length {
            texts.append(try decodeString(at: element))
            element = Int(nodes[element].next)
        }
        return texts
    }

    /// `dataDecodingStrategy` is base64 where nobody sets it.
    private func decodeData(at index: Int) throws -> Data {
        guard let data = Data(base64Encoded: try decodeString(at: index)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: path(to: index), debugDescription: "it is no base64"))
        }
        return data
    }

    private func decodeURL(at index: Int) throws -> URL {
        guard let url = URL(string: try decodeString(at: index)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: path(to: index), debugDescription: "it is no URL"))
        }
        return url
    }

    private func decodeDecimal(at index: Int) throws -> Decimal {
        guard isNumber(index) else { throw mismatch(Decimal.self, at: index) }
        guard let number = Decimal(string: numberText(at: index)) else { throw misfit(Decimal.self, at: index) }
        return number
    }
}
