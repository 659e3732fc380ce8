/// Runs `work` on each element, at most `limit` at a time, and gives the results in the elements' order.
///
/// A failing one ends the others, as in every task group; work that must go on catches its own errors.
package func concurrently<Element: Sendable, Result: Sendable>(
    _ elements: some Sequence<Element>, limit: Int, _ work: @escaping @Sendable (Element) async throws -> Result
) async rethrows -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var waiting = Array(elements).enumerated().makeIterator()
        var results: [Int: Result] = [:]
        for _ in 0..<max(1, limit) {
            guard let (index, element) = waiting.next() else { break }
            group.addTask { (index, try await work(element)) }
        }
        while let (index, result) = try await group.next() {
            results[index] = result
            if let (next, element) = waiting.next() { group.addTask { (next, try await work(element)) } }
        }
        return results.sorted { $0.key < $1.key }.map(\.value)
    }
}
