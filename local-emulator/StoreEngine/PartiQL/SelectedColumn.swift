internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL

/// One column of a SELECT: a place in the items, and the name that its value gets in the answer.
struct SelectedColumn: Sendable {
    var path: DocumentPath
    /// The path's last name with the indexes behind it: `nested` for `map.nested`, `list[0]` for `map.list[0]`.
    var name: String

    static func columns(_ expressions: [Expression]) throws(StoreError) -> [SelectedColumn] {
        var columns: [SelectedColumn] = []
        var names = NameSet()
        for expression in expressions {
            let path = try DocumentPath.required(expression)
            let column = SelectedColumn(path: path, name: name(of: path))
            guard names.insert(column.name) else {
                throw .validation("Duplicate identifiers in select clause: \(column.name)")
            }
            columns.append(column)
        }
        return columns
    }

    private static func name(of path: DocumentPath) -> String {
        var name = path.root
        for step in path.steps {
            switch step {
            case .attribute(let member): name = member
            case .element(let index): name += "[\(index)]"
            }
        }
        return name
    }
}

extension ItemDocument {
    /// The columns that the item has; all of it without columns.
    func selecting(_ columns: [SelectedColumn]?) throws(StoreError) -> ItemDocument {
        guard let columns else { return self }
        let item = try attributes()
        var result: AttributeMap = [:]
        for column in columns { result[column.name] = column.path.value(in: item) }
        return ItemDocument(result)
    }
}
