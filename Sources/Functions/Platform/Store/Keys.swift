import LambdaEvents

/// The primary key of an item in either table.
package struct ItemKey: Sendable, Hashable {
    package var partition: String
    package var sort: String

    package init(_ partition: String, _ sort: String) {
        self.partition = partition
        self.sort = sort
    }

    package var attributes: Item { ["pk": .string(partition), "sk": .string(sort)] }
}

/// Every key of both tables; `docs/data-model.md` is the same as a table.
///
/// Ids hold no `#` (see ``OrganizationID`` and ``Identifier``), and a hash is hexadecimal, so parts cannot run together.
package enum Keys {
    // Entities
    package static func organization(_ organization: String) -> ItemKey { ItemKey(organization, "organization") }
    package static func user(_ organization: String, _ user: String) -> ItemKey {
        ItemKey("\(organization)#user#\(user)", "user")
    }
    package static func preferences(_ organization: String, _ user: String) -> ItemKey {
        ItemKey("\(organization)#user#\(user)", "preferences")
    }
    package static func approval(_ organization: String, user: String, approver: String) -> ItemKey {
        ItemKey("\(organization)#user#\(user)", "approval#\(approver)")
    }
    package static func conversation(_ organization: String, user: String, conversation: String) -> ItemKey {
        ItemKey("\(organization)#user#\(user)", "conversation#\(conversation)")
    }
    package static func unique(_ organization: String, kind: String, hash: String) -> ItemKey {
        ItemKey("\(organization)#unique#\(kind)#\(hash)", "unique")
    }
    package static func forum(_ organization: String, _ forum: String) -> ItemKey {
        ItemKey("\(organization)#forum#\(forum)", "forum")
    }
    package static func member(_ organization: String, forum: String, user: String) -> ItemKey {
        ItemKey("\(organization)#forum#\(forum)", "member#\(user)")
    }
    package static func message(_ organization: String, _ message: String) -> ItemKey {
        ItemKey("\(organization)#message#\(message)", "message")
    }
    package static func receipt(_ organization: String, message: String, reader: String) -> ItemKey {
        ItemKey("\(organization)#message#\(message)", "receipt#\(reader)")
    }
    package static func delivery(_ organization: String, message: String, recipient: String, channel: Channel) -> ItemKey {
        ItemKey("\(organization)#message#\(message)", "delivery#\(recipient)#\(channel.rawValue)")
    }
    package static func mailbox(_ organization: String, user: String, sort: String) -> ItemKey {
        ItemKey(mailboxPartition(organization, user: user), sort)
    }
    package static func presence(_ organization: String, user: String) -> ItemKey {
        ItemKey(presencePartition(organization, shard: Identifier.presenceShard(user: user)), user)
    }
    package static func counter(_ organization: String, name: String, shard: Int) -> ItemKey {
        ItemKey("\(organization)#counter#\(name)", String(shard))
    }

    // Partitions that are listed
    package static func mailboxPartition(_ organization: String, user: String) -> String { "\(organization)#mailbox#\(user)" }
    package static func presencePartition(_ organization: String, shard: Int) -> String { "\(organization)#presence#\(shard)" }
    package static func users(_ organization: String, state: String) -> String { "\(organization)#users#\(state)" }
    package static func forums(_ organization: String) -> String { "\(organization)#forums" }
    package static func memberships(_ organization: String, user: String) -> String { "\(organization)#memberships#\(user)" }
    package static func privateMemberships(_ organization: String, user: String) -> String {
        "\(organization)#private-memberships#\(user)"
    }
    package static func messages(_ organization: String, conversation: String) -> String {
        "\(organization)#conversation#\(conversation)"
    }
    package static func conversations(_ organization: String, user: String) -> String { "\(organization)#conversations#\(user)" }
    package static func deliveries(_ organization: String, recipient: String) -> String {
        "\(organization)#deliveries#\(recipient)"
    }

    // Ephemeral
    package static func connection(_ organization: String, user: String, connection: String) -> ItemKey {
        ItemKey(connectionPartition(organization, user: user), connection)
    }
    package static func connectionPartition(_ organization: String, user: String) -> String {
        "\(organization)#user#\(user)#connections"
    }
    package static func session(_ organization: String, user: String, session: String) -> ItemKey {
        ItemKey("\(organization)#user#\(user)#sessions", session)
    }
    package static func code(_ organization: String, purpose: String, phoneHash: String) -> ItemKey {
        ItemKey("\(organization)#code#\(purpose)#\(phoneHash)", "code")
    }
    package static func bucket(_ organization: String, limit: String, key: String) -> ItemKey {
        ItemKey("\(organization)#rate#\(limit)#\(key)", "bucket")
    }
    package static func effect(_ organization: String, event: String) -> ItemKey {
        ItemKey("\(organization)#effect#\(event)", "effect")
    }
}
