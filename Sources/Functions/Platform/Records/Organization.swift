#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A tenant, made from a blueprint.
package struct Organization: Sendable, Equatable {
    /// Its slug; stands first in every key.
    package var id: String
    package var name: String
    /// ``Blueprint/name``.
    package var blueprint: String
    package var createdAt: Date

    package init(id: String, name: String, blueprint: String, createdAt: Date) {
        self.id = id
        self.name = name
        self.blueprint = blueprint
        self.createdAt = createdAt
    }

    package init(item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "organization")
        id = try reader.text("id")
        name = try reader.text("name")
        blueprint = try reader.text("blueprint")
        createdAt = try reader.date("created_at")
    }

    package var item: Item {
        var writer = ItemWriter(entity: "organization", key: Keys.organization(id))
        writer.set("id", id)
        writer.set("name", name)
        writer.set("blueprint", blueprint)
        writer.set("created_at", createdAt)
        return writer.item
    }
}
