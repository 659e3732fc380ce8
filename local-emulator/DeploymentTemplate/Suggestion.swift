/// "Did you mean": the nearest of the names that would have been right.
package enum Suggestion {
    /// A text to append to an error, or an empty one when nothing is near enough (a third of the name, at most 3 edits).
    package static func text(for name: String, among candidates: some Sequence<String>) -> String {
        let limit = min(3, max(1, (name.count + 1) / 3))
        let near = candidates.map { (name: $0, distance: distance(name.lowercased(), $0.lowercased())) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return near.map { "; did you mean \($0.name)?" } ?? ""
    }

    /// Levenshtein's distance: insertions, deletions and replacements.
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (leftIndex, leftCharacter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = leftIndex + 1
            for (rightIndex, rightCharacter) in right.enumerated() {
                let replaced = diagonal + (leftCharacter == rightCharacter ? 0 : 1)
                diagonal = row[rightIndex + 1]
                row[rightIndex + 1] = min(replaced, row[rightIndex] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
