import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Partition hashes")
struct PartitionHashTests {
    /// The digests are coreutils' `md5sum` of `Outliers` and the text.
    @Test(
        "are the first four bytes of MD5 over the service's salt and the value",
        arguments: [("a", [0xf6, 0x55, 0x8e, 0x51]), ("user#1", [0x8b, 0x54, 0x29, 0x29]), ("é", [0x10, 0x62, 0x80, 0x7a])]
            as [(String, [UInt8])])
    func digest(text: String, expected: [UInt8]) throws {
        #expect(try PartitionHash.prefix([.string(text)]) == expected)
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
