internal import CYAML

/// Reads one YAML document into nodes, by libyaml's events, so that every node knows its line.
///
/// As CloudFormation does, anchors and aliases are not followed; here they are refused, so that nothing is read as
/// something else. Duplicate keys are refused too.
struct YAMLReader {
    /// CloudFormation's own limit for a template in Amazon S3 (AWS CloudFormation quotas: "Template body size", 1 MB).
    static let maximumBytes = 1_048_576
    /// Far above what templates nest, and far below what overflows the stack.
    static let maximumDepth = 64

    private var events: YAMLEvents
    private var depth = 0

    /// - Throws: what libyaml says of broken YAML, or what this reader does not take, with the line.
    static func read(_ bytes: [UInt8]) throws(TemplateProblem) -> TemplateNode {
        guard bytes.count <= maximumBytes else {
            throw TemplateProblem(line: 1, text: "the template has \(bytes.count) bytes; the limit is \(maximumBytes)")
        }
        let events = try YAMLEvents(bytes)
        defer { events.close() }
        var reader = YAMLReader(events: events)
        return try reader.document()
    }

    private init(events: YAMLEvents) {
        self.events = events
    }

    private mutating func document() throws(TemplateProblem) -> TemplateNode {
        var event = try events.next()
        guard event.kind == .documentStart else { throw TemplateProblem(line: 1, text: "the template is empty") }
        event = try events.next()
        let root = try node(event)
        let end = try events.next()
        guard end.kind == .documentEnd, try events.next().kind == .streamEnd else {
            throw TemplateProblem(line: end.line, text: "a template is one YAML document; a second one starts here")
        }
        return root
    }

    private mutating func node(_ event: YAMLEvents.Event) throws(TemplateProblem) -> TemplateNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw TemplateProblem(line: event.line, text: "nested deeper than \(Self.maximumDepth) levels")
        }
        let plain: TemplateNode
        switch event.kind {
        case .scalar(let text, let isPlain):
            plain = TemplateNode(line: event.line, content: .scalar(text, isPlain: isPlain))
        case .sequenceStart:
            plain = TemplateNode(line: event.line, content: .sequence(try sequence()))
        case .mappingStart:
            plain = TemplateNode(line: event.line, content: .mapping(try mapping()))
        case .alias(let name):
            throw TemplateProblem(line: event.line, text: "the YAML alias *\(name) is not supported")
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
            throw TemplateProblem(line: event.line, text: "a value is missing")
        }
        return try ShortFormTag.expand(plain, tag: event.tag)
    }

    private mutating func sequence() throws(TemplateProblem) -> [TemplateNode] {
        var elements: [TemplateNode] = []
        while true {
            let event = try events.next()
            if event.kind == .sequenceEnd { return elements }
            elements.append(try node(event))
        }
    }

    private mutating func mapping() throws(TemplateProblem) -> [TemplateNode.Entry] {
        var entries: [TemplateNode.Entry] = []
        while true {
            let event = try events.next()
            if event.kind == .mappingEnd { return entries }
            guard case .scalar(let key, let isPlain) = event.kind, event.tag == nil else {
                throw TemplateProblem(line: event.line, text: "a key must be a plain text")
            }
            if key == "<<", isPlain { throw TemplateProblem(line: event.line, text: "YAML merge keys (<<) are not supported") }
            if let first = entries.first(where: { $0.key == key }) {
                throw TemplateProblem(
                    line: event.line, text: "the key \(key) stands here again; it is already on line \(first.line)")
            }
            let value = try events.next()
            entries.append(TemplateNode.Entry(key: key, line: event.line, value: try node(value)))
        }
    }
}
