import Platform

/// Fields with the bounds of the seed's tables; where it gives none (a bio, a description) they are ours.
///
/// What a message may hold is the platform's (``MessageDraft``), since every channel has to carry it.
extension Classmates {
    private static let privacies = ["everyone", "friends", "nobody"]

    static let users = ResourceType(
        name: "users",
        fields: [
            Field("full_name", .text(1...255), required: true),
            Field("display_name", .text(1...100)),
            Field("graduating_class", .integer(1900...2100)),
            Field("house_section", .text(1...100)),
            Field("school_activities", .texts(count: 50, length: 1...100)),
            Field("bio", .lines(0...2000)),
            Field("avatar_url", .url(maximumLength: 500)),
            Field("privacy_phone", .choice(privacies)),
            Field("privacy_email", .choice(privacies)),
            Field("privacy_profile", .choice(privacies)),
        ],
        sortOrders: ["created_at"])

    static let forums = ResourceType(
        name: "forums",
        fields: [
            Field("name", .text(1...255), required: true),
            Field("description", .lines(0...2000)),
            Field("type", .choice(["main", "public", "private"])),
            Field("avatar_url", .url(maximumLength: 500)),
        ],
        sortOrders: ["created_at", "name"])
}
