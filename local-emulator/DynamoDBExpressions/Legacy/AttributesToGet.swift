import LambdaEvents

extension ProjectionExpression {
    /// `AttributesToGet`, top-level names as they are, as a projection.
    package static func attributesToGet(_ names: [String]) throws(ExpressionError) -> ProjectionExpression {
        var seen = NameSet()
        for name in names {
            try AttributeValueValidation.checkName(name)
            guard seen.insert(name) else {
                throw .invalidParameter("Duplicate value in attribute name: \(name)")
            }
        }
        return ProjectionExpression(paths: names.map { DocumentPath(root: $0) })
    }
}
