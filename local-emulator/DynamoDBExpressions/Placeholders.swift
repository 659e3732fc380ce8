/// What the placeholders of one kind stand for, and which of them were used.
struct Placeholders<Value> {
    private struct Entry {
        let key: String
        let value: Value
        var isUsed = false
    }

    private var entries: [Entry] = []
    /// The entries' places, where there are so many that a look through them would cost more than hashing.
    private var places: [String: Int] = [:]

    private static var mostWithoutPlaces: Int { 16 }

    init() {}

    /// - Parameter values: no key twice.
    init(_ values: some Sequence<(key: String, value: Value)>) {
        entries = values.map { Entry(key: $0.key, value: $0.value) }
        guard entries.count > Self.mostWithoutPlaces else { return }
        for (place, entry) in entries.enumerated() { places[entry.key] = place }
    }

    /// The value, which counts as used from now on; nil for a placeholder that is not defined.
    mutating func use(_ key: String) -> Value? {
        guard let place = places.isEmpty ? entries.firstIndex(where: { $0.key == key }) : places[key] else { return nil }
        entries[place].isUsed = true
        return entries[place].value
    }

    var unused: [String] { entries.compactMap { $0.isUsed ? nil : $0.key } }
}
