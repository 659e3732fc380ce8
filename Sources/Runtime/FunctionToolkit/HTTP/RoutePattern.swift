/// A path with parameters: `/forums/{id}/messages`, `/files/{path+}`.
///
/// `{name}` stands for one segment that is not empty, `{name+}` for the rest of the path, at least one segment, and only
/// at the end, as in the routes of an HTTP API (Amazon API Gateway Developer Guide, "Create routes for HTTP APIs").
struct RoutePattern: Sendable {
    enum Segment: Sendable, Equatable {
        case text(String)
        case parameter(String)
        case rest(String)

        /// API Gateway prefers a text to a parameter, and a parameter to a rest.
        var rank: Int {
            switch self {
            case .text: 0
            case .parameter: 1
            case .rest: 2
            }
        }
    }

    let segments: [Segment]

    /// The names of the parameters, in order.
    var parameters: [String] {
        segments.compactMap { segment in
            switch segment {
            case .parameter(let name), .rest(let name): name
            case .text: nil
            }
        }
    }

    /// nil unless it starts with `/`, and parameters are whole segments with names of their own.
    init?(_ text: String) {
        guard text.hasPrefix("/") else { return nil }
        var segments: [Segment] = []
        var names: Set<String> = []
        for part in Self.split(text) {
            guard let segment = Self.segment(part) else { return nil }
            if case .rest? = segments.last { return nil }
            switch segment {
            case .parameter(let name), .rest(let name): guard names.insert(name).inserted else { return nil }
            case .text: break
            }
            segments.append(segment)
        }
        self.segments = segments
    }

    private static func segment(_ part: Substring) -> Segment? {
        guard part.hasPrefix("{"), part.hasSuffix("}") else {
            return part.contains { $0 == "{" || $0 == "}" } ? nil : .text(String(part))
        }
        let inside = part.dropFirst().dropLast()
        let name = inside.hasSuffix("+") ? inside.dropLast() : inside
        guard !name.isEmpty, !name.contains(where: { $0 == "{" || $0 == "}" || $0 == "+" }) else { return nil }
        return inside.hasSuffix("+") ? .rest(String(name)) : .parameter(String(name))
    }

    /// `/` is one empty segment, so that it differs from nothing, and a slash at the end counts.
    static func split(_ path: some StringProtocol) -> [Substring] {
        Substring(path).dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The parameters' values; nil if the path does not match.
    func match(_ path: [Substring]) -> [String: String]? {
        var values: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            guard index < path.count else { return nil }
            switch segment {
            case .text(let text): guard path[index] == text else { return nil }
            case .parameter(let name):
                guard !path[index].isEmpty else { return nil }
                values[name] = String(path[index])
            case .rest(let name):
                values[name] = path[index...].joined(separator: "/")
                return values[name]?.isEmpty == true ? nil : values
            }
        }
        return path.count == segments.count ? values : nil
    }

    /// Whether every segment is as in the other, whatever the parameters' names: then they match the same paths.
    func isEquivalent(to other: RoutePattern) -> Bool {
        segments.count == other.segments.count
            && zip(segments, other.segments).allSatisfy { left, right in
                if case .text = left { left == right } else { left.rank == right.rank }
            }
    }

    /// Whether it is preferred where both match.
    func isMoreSpecific(than other: RoutePattern) -> Bool {
        for (left, right) in zip(segments, other.segments) where left.rank != right.rank { return left.rank < right.rank }
        return segments.count > other.segments.count
    }
}
