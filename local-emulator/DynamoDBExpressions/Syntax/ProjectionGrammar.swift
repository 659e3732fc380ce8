extension ExpressionParser {
    /// `path (, path)*`.
    static func projection(_ text: String) throws(ExpressionError) -> [PathSyntax] {
        var parser = try ExpressionParser(text, kind: .projection)
        var paths = [try parser.path()]
        while parser.take(",") { paths.append(try parser.path()) }
        try parser.expectEnd()
        return paths
    }
}
