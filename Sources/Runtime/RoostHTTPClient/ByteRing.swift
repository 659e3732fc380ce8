/// Bytes in the order they came, never more than its capacity.
struct ByteRing {
    private var storage: [UInt8]
    private var start = 0
    private(set) var count = 0

    init(capacity: Int) {
        storage = Array(repeating: 0, count: capacity)
    }

    var room: Int { storage.count - count }

    /// Takes as many of the bytes as there is room for and returns how many.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Int {
        let taken = min(bytes.count, room)
        let end = (start + count) % storage.count
        let first = min(taken, storage.count - end)
        storage.withUnsafeMutableBytes { storage in
            copy(bytes[..<first], to: storage[end..<end + first])
            copy(bytes[first..<taken], to: storage[..<(taken - first)])
        }
        count += taken
        return taken
    }

    /// Fills `buffer` as far as there are bytes and returns how many.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let taken = min(buffer.count, count)
        let first = min(taken, storage.count - start)
        storage.withUnsafeBytes { storage in
            copy(storage[start..<start + first], to: buffer[..<first])
            copy(storage[..<(taken - first)], to: buffer[first..<taken])
        }
        start = (start + taken) % storage.count
        count -= taken
        return taken
    }
}

/// In one piece: the generic copies of collections go byte by byte in a debug build.
private func copy(_ source: Slice<UnsafeRawBufferPointer>, to target: Slice<UnsafeMutableRawBufferPointer>) {
    UnsafeMutableRawBufferPointer(rebasing: target).copyMemory(from: UnsafeRawBufferPointer(rebasing: source))
}
