import Platform

/// Fields with the bounds of the seed's tables.
extension Classmates {
    static let users = ResourceType(
        name: "users",
        fields: [
            Field("full_name", .text(1...255), required: true),
            Field("display_name", .text(1...100)),
            Field("graduating_class", .integer(1900...2100)),
            Field("house_section", .text(1...100)),
            Field("school_activities", .texts(count: 50, length: 1...100)),
            Field("bio", .text(0...2000)),
            Field("avatar_url", .url(maximumLength: 500)),
            Field("privacy_phone", .choice(["everyone", "friends", "nobody"])),
            Field("privacy_email", .choice(["everyone", "friends", "nobody"])),
            Field("privacy_profile", .choice(["everyone", "friends", "nobody"])),
        ],
        sortOrders: ["created_at"])

    static let forums = ResourceType(
        name: "forums",
        fields: [
            Field("name", .text(1...255), required: true),
            Field("description", .text(0...2000)),
            Field("type", .choice(["main", "public", "private"])),
            Field("avatar_url", .url(maximumLength: 500)),
        ],
        sortOrders: ["created_at", "name"])

    static let messages = ResourceType(
        name: "messages",
        fields: [
            Field("content", .text(1...4000), required: true),
            Field("content_type", .choice(["text"])),
        ],
        sortOrders: ["created_at"])
}
