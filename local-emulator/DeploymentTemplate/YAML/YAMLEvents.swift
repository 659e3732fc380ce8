internal import CYAML

/// libyaml's parser as a sequence of events; owns the parser and the bytes that it reads.
final class YAMLEvents {
    enum Kind: Equatable {
        case documentStart, documentEnd, streamEnd
        case scalar(String, isPlain: Bool)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
        case alias(String)
    }

    struct Event {
        var kind: Kind
        /// A local tag as `!Ref`, or nil.
        var tag: String?
        /// From 1.
        var line: Int
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private var isOpen = true

    init(_ bytes: [UInt8]) throws(TemplateProblem) {
        parser = .allocate(capacity: 1)
        input = .allocate(capacity: max(1, bytes.count))
        _ = input.initialize(from: bytes)
        guard yaml_parser_initialize(parser) == 1 else {
            isOpen = false
            throw TemplateProblem(line: 1, text: "libyaml could not start: out of memory")
        }
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
        // libyaml's stream-start says nothing that is needed here.
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        yaml_event_delete(&event)
    }

    deinit {
        close()
        parser.deallocate()
        input.deallocate()
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        yaml_parser_delete(parser)
    }

    func next() throws(TemplateProblem) -> Event {
        var event = yaml_event_t()
        guard isOpen, yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { yaml_event_delete(&event) }
        let line = Int(event.start_mark.line) + 1
        let (kind, tag) = Self.read(event)
        return Event(kind: kind, tag: tag, line: line)
    }

    private static func read(_ event: yaml_event_t) -> (Kind, tag: String?) {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: (.documentStart, nil)
        case YAML_DOCUMENT_END_EVENT: (.documentEnd, nil)
        case YAML_SEQUENCE_START_EVENT: (.sequenceStart, text(event.data.sequence_start.tag))
        case YAML_SEQUENCE_END_EVENT: (.sequenceEnd, nil)
        case YAML_MAPPING_START_EVENT: (.mappingStart, text(event.data.mapping_start.tag))
        case YAML_MAPPING_END_EVENT: (.mappingEnd, nil)
        case YAML_ALIAS_EVENT: (.alias(text(event.data.alias.anchor) ?? ""), nil)
        case YAML_SCALAR_EVENT: (scalar(event), text(event.data.scalar.tag))
        default: (.streamEnd, nil)
        }
    }

    private static func scalar(_ event: yaml_event_t) -> Kind {
        let scalar = event.data.scalar
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        return .scalar(String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func problem() -> TemplateProblem {
        let reason = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
        return TemplateProblem(line: Int(parser.pointee.problem_mark.line) + 1, text: "this is not YAML: \(reason)")
    }
}
