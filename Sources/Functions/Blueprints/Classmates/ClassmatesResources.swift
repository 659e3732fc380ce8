import Platform

/// Fields with the bounds of the seed's tables; where it gives none (a bio, a description) they are ours.
///
/// What a message may hold is the platform's (``MessageDraft``), since every channel has to carry it.
extension Classmates {
    private static let privacies = ["everyone", "friends", "nobody"]

    static let users = ResourceType(
        name: "users",
        fields: [
            ResourceField("full_name", .text(1...255), required: true),
            ResourceField("display_name", .text(1...100)),
            ResourceField("graduating_class", .integer(1900...2100)),
            ResourceField("house_section", .text(1...100)),
            ResourceField("school_activities", .texts(count: 50, length: 1...100)),
            ResourceField("bio", .lines(0...2000)),
            ResourceField("avatar_url", .url(maximumLength: 500)),
            ResourceField("privacy_phone", .choice(privacies)),
            ResourceField("privacy_email", .choice(privacies)),
            ResourceField("privacy_profile", .choice(privacies)),
        ],
        sortOrders: ["created_at"])

    static let forums = ResourceType(
        name: "forums",
        fields: [
            ResourceField("name", .text(1...255), required: true),
            ResourceField("description", .lines(0...2000)),
            ResourceField("type", .choice(["main", "public", "private"])),
            ResourceField("avatar_url", .url(maximumLength: 500)),
        ],
        sortOrders: ["created_at", "name"])
}
