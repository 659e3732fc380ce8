import StoreEngine

/// The first number that is none, or place that nests too deep, of a statement's parameter, in the order of the text, in which
/// the service looks: values no longer have the order of a map's members.
enum ParameterMistake {
    static func first(in value: WireValue) -> String? { first(in: value, depth: 0) }

    private static func first(in value: WireValue, depth: Int) -> String? {
        guard depth < StatementParameters.maximumNesting else { return StatementParameters.tooDeep }
        guard case .object(let members) = value else { return nil }
        for (descriptor, content) in members {
            switch (descriptor, content) {
            case ("N", .string(let text)):
                if let mistake = StatementParameters.mistake(inNumber: text) { return mistake }
            case ("NS", .array(let elements)):
                for case .string(let text) in elements {
                    if let mistake = StatementParameters.mistake(inNumber: text) { return mistake }
                }
            case ("L", .array(let elements)):
                for element in elements {
                    if let mistake = first(in: element, depth: depth + 1) { return mistake }
                }
            case ("M", .object(let members)):
                for (_, member) in members {
                    if let mistake = first(in: member, depth: depth + 1) { return mistake }
                }
            default: break
            }
        }
        return nil
    }
}
