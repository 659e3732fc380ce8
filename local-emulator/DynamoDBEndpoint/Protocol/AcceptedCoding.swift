/// Which content coding an `Accept-Encoding` field asks for (RFC 9110, 12.5.3), read as the service reads it.
///
/// The highest quality wins, and of equal ones the first. `identity` is not weighed: who accepts gzip at all gets it. What
/// `*` stands for comes behind what is named, gzip first. A quality above 1 is 1, one below 0 is 0, one that is no number is 1;
/// of two for one coding the first counts.
enum AcceptedCoding {
    static func preferred(_ field: String) -> ContentCoding? {
        // What nearly every client sends needs no closer look.
        if field == "identity" || field.isEmpty { return nil }
        var named: [(coding: ContentCoding, quality: Double)] = []
        var wildcard: Double?
        for entry in field.split(separator: ",") {
            let parts = entry.split(separator: ";", omittingEmptySubsequences: false)
            let name = trimmed(parts[0]).lowercased()
            let quality = quality(parts.dropFirst())
            if let coding = ContentCoding(rawValue: name) {
                named.append((coding, quality))
            } else if name == "*" {
                wildcard = quality
            }
        }
        var best: (coding: ContentCoding, quality: Double)?
        for entry in named where entry.quality > best?.quality ?? 0 { best = entry }
        let unnamed = [ContentCoding.gzip, .deflate].first { coding in !named.contains { $0.coding == coding } }
        if let wildcard, let unnamed, wildcard > best?.quality ?? 0 { best = (unnamed, wildcard) }
        return best?.coding
    }

    private static func quality(_ parameters: some Sequence<Substring>) -> Double {
        for parameter in parameters {
            let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, trimmed(pair[0]).lowercased() == "q" else { continue }
            return min(max(Double(String(trimmed(pair[1]))) ?? 1, 0), 1)
        }
        return 1
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return text
    }
}
