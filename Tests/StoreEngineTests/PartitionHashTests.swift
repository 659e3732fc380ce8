import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Partition hashes")
struct PartitionHashTests {
    /// RFC 1321, A.5.
    @Test(
        "begin with MD5's first word",
        arguments: [
            ("", 0xd41d_8cd9), ("a", 0x0cc1_75b9), ("message digest", 0xf96b_697d),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 0xd174_ab98),
            ("12345678901234567890123456789012345678901234567890123456789012345678901234567890", 0x57ed_f4a2),
        ] as [(String, UInt32)])
    func digest(text: String, expected: UInt32) {
        #expect(MD5.firstWord(of: Array(text.utf8)).byteSwapped == expected)
    }

    @Test("texts of every length about a block's are padded right")
    func padding() {
        // The digests of 55 to 57 and 63 to 65 letters, from coreutils' md5sum.
        let expected: [Int: UInt32] = [
            55: 0xef17_72b6, 56: 0x3b0c_8ac7, 57: 0x652b_906d, 63: 0xb065_21f3, 64: 0x0148_42d4, 65: 0xc743_a45e,
        ]
        for (count, first) in expected {
            #expect(MD5.firstWord(of: Array(repeating: UInt8(ascii: "a"), count: count)).byteSwapped == first, "\(count)")
        }
    }

    @Test("segments meet without a gap, whatever their number", arguments: [1, 2, 3, 7, 4096, 1_000_000])
    func segments(total: Int) {
        #expect(ScanSegment(number: 0, total: total).lower == [0, 0, 0, 0])
        #expect(ScanSegment(number: total - 1, total: total).upper == nil)
        for number in [0, total / 2, total - 2] where number >= 0 && number + 1 < total {
            #expect(ScanSegment(number: number, total: total).upper == ScanSegment(number: number + 1, total: total).lower)
        }
    }
}
