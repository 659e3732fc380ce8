#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a write-ahead log holds, read before SQLite opens it.
///
/// SQLite takes a log up to its first frame that does not check, and drops the rest without a word, for that is what the
/// end of a killed process's log looks like. A frame that was damaged later looks the same, and with it go commits that
/// were answered. The two can be told apart: with `synchronous=FULL` one commit is synced before the next is begun, so that
/// a log which ends by itself has at most one commit after the first frame that does not check.
///
/// The format: "WAL File Format" and "Checksum Algorithm" in SQLite's "Database File Format".
package enum WriteAheadLog {
    package enum State: Sendable, Equatable {
        /// No log, or one without a commit.
        case empty
        /// `frames` of its frames check and end with a commit; what follows never was one, or was not answered.
        case sound(frames: Int)
        /// Frame number `frame`, counted from 1, does not check, and `lostCommits` come after it. 0 is the header.
        case damaged(frame: Int, lostCommits: Int)
    }

    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// - Parameter path: the database's file; the log is beside it.
    /// - Throws: the file system's error when the log is there and cannot be read.
    package static func state(ofDatabase path: String) throws -> State {
        let log = path + "-wal"
        guard FileManager.default.fileExists(atPath: log) else { return .empty }
        // Mapped, so that a log which nobody has checkpointed for long costs no memory.
        let data = try Data(contentsOf: URL(fileURLWithPath: log), options: .alwaysMapped)
        return data.withUnsafeBytes { Self.state($0) }
    }

    static func state(_ bytes: UnsafeRawBufferPointer) -> State {
        guard bytes.count > headerSize else { return .empty }
        guard let header = Header(bytes) else {
            // A file that was made longer and never written to is all zeros there.
            return bytes.prefix(headerSize).allSatisfy { $0 == 0 } ? .empty : .damaged(frame: 0, lostCommits: 0)
        }
        return header.walk(bytes)
    }

    private struct Header {
        let isBigEndian: Bool
        let pageSize: Int
        let salt: (UInt32, UInt32)
        let checksum: (UInt32, UInt32)

        /// Nil when the header does not check.
        init?(_ bytes: UnsafeRawBufferPointer) {
            let magic = bytes.bigEndian(at: 0)
            guard magic & ~1 == 0x377f_0682 else { return nil }
            isBigEndian = magic & 1 == 1
            pageSize = Int(bytes.bigEndian(at: 8))
            guard pageSize >= 512, pageSize <= 65536, pageSize & (pageSize - 1) == 0 else { return nil }
            salt = (bytes.bigEndian(at: 16), bytes.bigEndian(at: 20))
            checksum = WriteAheadLog.checksum(bytes, 0..<24, from: (0, 0), isBigEndian: isBigEndian)
            guard checksum == (bytes.bigEndian(at: 24), bytes.bigEndian(at: 28)) else { return nil }
        }

        func walk(_ bytes: UnsafeRawBufferPointer) -> State {
            let frameSize = frameHeaderSize + pageSize
            let count = (bytes.count - headerSize) / frameSize
            var running = checksum
            var committed = 0
            for number in 0..<count {
                let start = headerSize + number * frameSize
                // Frames of the log's last round, which the database has already, have another salt.
                guard hasSalt(bytes, start) else { break }
                running = WriteAheadLog.checksum(bytes, start..<start + 8, from: running, isBigEndian: isBigEndian)
                let page = start + frameHeaderSize
                running = WriteAheadLog.checksum(bytes, page..<page + pageSize, from: running, isBigEndian: isBigEndian)
                guard running == (bytes.bigEndian(at: start + 16), bytes.bigEndian(at: start + 20)) else {
                    return after(number, of: count, frameSize: frameSize, bytes, committed: committed)
                }
                if bytes.bigEndian(at: start + 4) != 0 { committed = number + 1 }
            }
            return committed == 0 ? .empty : .sound(frames: committed)
        }

        private func hasSalt(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
            salt == (bytes.bigEndian(at: start + 8), bytes.bigEndian(at: start + 12))
        }

        private func after(
            _ damaged: Int, of count: Int, frameSize: Int, _ bytes: UnsafeRawBufferPointer, committed: Int
        ) -> State {
            let commits = (damaged..<count).count { number in
                let start = headerSize + number * frameSize
                return hasSalt(bytes, start) && bytes.bigEndian(at: start + 4) != 0
            }
            if commits > 1 { return .damaged(frame: damaged + 1, lostCommits: commits) }
            return committed == 0 ? .empty : .sound(frames: committed)
        }
    }

    private static func checksum(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, from start: (UInt32, UInt32), isBigEndian: Bool
    ) -> (UInt32, UInt32) {
        var (first, second) = start
        var position = range.lowerBound
        while position < range.upperBound {
            let left = bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
            let right = bytes.loadUnaligned(fromByteOffset: position + 4, as: UInt32.self)
            first = first &+ (isBigEndian ? left.bigEndian : left.littleEndian) &+ second
            second = second &+ (isBigEndian ? right.bigEndian : right.littleEndian) &+ first
            position += 8
        }
        return (first, second)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func bigEndian(at offset: Int) -> UInt32 { loadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian }
}
