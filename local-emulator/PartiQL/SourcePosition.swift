/// Where a token stands in a statement, as the service's messages tell it: line and column from 1, both and the length in
/// characters.
package struct SourcePosition: Sendable, Hashable, CustomStringConvertible {
    package var line: Int
    package var column: Int
    package var length: Int

    package init(line: Int, column: Int, length: Int) {
        self.line = line
        self.column = column
        self.length = length
    }

    package var description: String { "\(line):\(column):\(length)" }
}
