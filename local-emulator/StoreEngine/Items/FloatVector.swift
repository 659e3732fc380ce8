internal import DynamoDBExpressions

/// Vectors as vector indexes keep them: 32-bit floats one after the other ("Requirements and limitations" of vector indexes,
/// Developer Guide), in the order of the machine's bytes.
///
/// Sums are made in 64 bits, as the service was seen to make them: products beyond 32 bits cancel out there.
enum FloatVector {
    /// A number of an item as a 32-bit float; nil for one beyond its range, and for a text that is no number.
    static func float(_ number: String) -> Float? {
        guard let parsed = try? DecimalNumber(parsing: number), let float = Float(parsed.text), float.isFinite else { return nil }
        return float
    }

    static func bytes(_ floats: [Float]) -> [UInt8] { floats.withUnsafeBytes { [UInt8]($0) } }

    static func floats(_ bytes: [UInt8]) -> [Float] {
        bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / MemoryLayout<Float>.size).map {
                bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Float>.size, as: Float.self)
            }
        }
    }

    /// The shortest text that names the float, with a point even where nothing is behind it: what the service answers of the
    /// vectors in an index.
    static func text(_ float: Float) -> String { float.description }

    static func squares(_ vector: UnsafeRawBufferPointer) -> Double { dot(vector, vector) }

    static func dot(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Double {
        sum(left, right) { $0 * $1 }
    }

    /// The sum of the squares of the differences.
    static func squaredDistance(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Double {
        sum(left, right) { left, right in
            let difference = left - right
            return difference * difference
        }
    }

    /// - Parameters:
    ///   - left: as many bytes as `right`, whatever their alignment.
    @inline(__always)
    private static func sum(
        _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer,
        _ term: (SIMD4<Double>, SIMD4<Double>) -> SIMD4<Double>
    ) -> Double {
        precondition(left.count == right.count)
        let width = MemoryLayout<SIMD8<Float>>.size
        var (low, high) = (SIMD4<Double>(), SIMD4<Double>())
        var offset = 0
        while offset + width <= left.count {
            let a = left.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
            let b = right.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
            low += term(SIMD4<Double>(a.lowHalf), SIMD4<Double>(b.lowHalf))
            high += term(SIMD4<Double>(a.highHalf), SIMD4<Double>(b.highHalf))
            offset += width
        }
        while offset < left.count {
            let a = Double(left.loadUnaligned(fromByteOffset: offset, as: Float.self))
            let b = Double(right.loadUnaligned(fromByteOffset: offset, as: Float.self))
            low += term(SIMD4(a, 0, 0, 0), SIMD4(b, 0, 0, 0))
            offset += MemoryLayout<Float>.size
        }
        return (low + high).sum()
    }
}

extension VectorDistanceFunction {
    /// Whether an item is more similar the higher its score is.
    var highestFirst: Bool { self == .dotProduct }

    /// The score as the service tells it: in the range of a 32-bit float, and without its sign where it is zero.
    ///
    /// - Parameters:
    ///   - query: the search's vector, with the sum of its squares.
    ///   - vector: the item's, with its own.
    func score(
        _ query: UnsafeRawBufferPointer, _ querySquares: Double, _ vector: UnsafeRawBufferPointer, _ squares: Double
    ) -> Float {
        let score: Double
        switch self {
        case .dotProduct: score = FloatVector.dot(query, vector)
        case .euclidean: score = FloatVector.squaredDistance(query, vector).squareRoot()
        case .cosine:
            // The service was seen to score 1 wherever one of the vectors is zero.
            guard querySquares > 0, squares > 0 else { return 1 }
            let similarity = FloatVector.dot(query, vector) / (querySquares * squares).squareRoot()
            score = min(max(1 - similarity, 0), 2)
        }
        let limit = Double(Float.greatestFiniteMagnitude)
        return Float(min(max(score, -limit), limit)) + 0
    }
}
