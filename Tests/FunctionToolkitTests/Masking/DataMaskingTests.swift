import Foundation
import FunctionToolkit
import LambdaEvents
import Testing

struct DataMaskingTests {
    private struct Customer: Encodable {
        var name: String
        var email: String
        var phones: [String]
    }

    private let order: JSONValue = [
        "customer": ["name": "Ada", "email": "ada@example.com", "address": ["street": "Old 1", "city": "Bonn"]],
        "items": [["id": 1, "serial": "a-1", "phone": "+491"], ["id": 2, "serial": "b-2"]], "a.b": "dotted", "phone": "+492",
        "paid": true, "note": nil,
    ]

    @Test(
        "a path leads to members, elements, all of them, and to a name at any depth",
        arguments: [
            ("customer.email", ["ada@example.com"]), ("$.customer.email", ["ada@example.com"]),
            ("customer.address.*", ["Bonn", "Old 1"]), ("items[*].serial", ["a-1", "b-2"]), ("items[1].serial", ["b-2"]),
            ("$['a.b']", ["dotted"]), ("[\"a.b\"]", ["dotted"]), ("..phone", ["+491", "+492"]),
            ("items..phone", ["+491"]), ("$..['city']", ["Bonn"]), ("items.*.id", ["1", "2"]), ("paid", ["true"]),
        ])
    func paths(path: String, found: [String]) throws {
        var seen: [String] = []
        let masked = try DataMasking().erase(order, fields: [path], mask: .text("MASKED MASKED MASKED"))
        func walk(_ before: JSONValue, _ after: JSONValue) {
            switch (before, after) {
            case (.object(let before), .object(let after)):
                for (name, value) in before { walk(value, after[name] ?? .null) }
            case (.array(let before), .array(let after)):
                for (one, other) in zip(before, after) { walk(one, other) }
            case (_, _) where before != after:
                seen.append(before.stringValue ?? before.intValue.map(String.init) ?? before.boolValue.map(String.init) ?? "")
                #expect(after.stringValue?.hasPrefix("M") == true)
            default: break
            }
        }
        walk(order, masked)
        #expect(seen.sorted() == found)
    }

    @Test(
        "a path that is none is refused",
        arguments: ["", "$", ".", "a.", "a..", "a[", "a[x]", "a[-1]", "a['b", "a['b'", "a]", "[]"])
    func malformed(path: String) {
        #expect(throws: FieldPath.Malformed(path: path)) { try DataMasking().erase(order, fields: [path]) }
    }

    @Test("a path that leads nowhere is an error, unless that is allowed")
    func missing() throws {
        for path in ["custom.email", "items[7]", "paid.x", "..nothing", "note.x"] {
            #expect(throws: DataMasking.FieldNotFound(path: path)) { try DataMasking().erase(order, fields: [path]) }
            #expect(try DataMasking(missingField: .ignore).erase(order, fields: [path]) == order)
        }
    }

    /// What Powertools for Python 3.37 gives, where it has the mask.
    @Test(
        "the masks",
        arguments: [
            (.erased, "secret", "*****"), (.erased, 12345, "*****"), (.erased, ["a", "b"], ["*****", "*****"]),
            (.erased, ["a": 1], "*****"), (.erased, nil, "*****"), (.sameLength, "ab-12_3. x", "**-**_*. *"),
            (.sameLength, 1234, "****"), (.sameLength, ["k": ["ab", "c"]], ["k": ["**", "*"]]), (.text("XX-XX"), "abc", "XX-"),
            (.text("XX"), "abcdef", "XX"), (.keepingLast(4), "4111-1111-1111-1234", "****-****-****-1234"),
            (.keepingLast(4), "1234", "****"), (.keepingLast(4), "äöü€𝄞", "*öü€𝄞"), (.keepingLast(0), "abc", "***"),
        ] as [(Mask, JSONValue, JSONValue)])
    func masks(mask: Mask, value: JSONValue, expected: JSONValue) throws {
        #expect(try DataMasking().erase(value, mask: mask) == expected)
        #expect(try DataMasking().erase(["field": value], fields: ["field"], mask: mask) == ["field": expected])
    }

    @Test("a Swift value is masked as what it encodes to, each field by its own rule")
    func encodable() throws {
        let customer = Customer(name: "Ada", email: "ada@example.com", phones: ["+4917612345678"])
        let masked = try DataMasking().erase(customer, rules: [("email", .sameLength), ("phones[*]", .keepingLast(3))])
        #expect(masked == ["name": "Ada", "email": "***********.***", "phones": ["***********678"]])
    }

    @Test("an encrypted field comes back with its type, under the same key and context alone")
    func encryption() throws {
        let key = Data(repeating: 7, count: 32)
        let masking = DataMasking()
        let fields = ["customer", "items[*].id"]
        let cipher = try FieldCipher(key: key, context: ["tenant": "a"])
        let hidden = try masking.encrypt(order, fields: fields, cipher: cipher)
        #expect(hidden["customer"]?.stringValue != nil && hidden["phone"] == "+492")
        #expect(try masking.encrypt(order, fields: fields, cipher: cipher) != hidden)
        #expect(try masking.decrypt(hidden, fields: fields, cipher: cipher) == order)
        for other in [
            try FieldCipher(key: key, context: ["tenant": "b"]),
            try FieldCipher(key: Data(repeating: 8, count: 32), context: ["tenant": "a"]),
        ] {
            #expect(throws: (any Error).self) { try masking.decrypt(hidden, fields: fields, cipher: other) }
        }
        #expect(throws: (any Error).self) { try masking.decrypt(order, fields: ["phone"], cipher: cipher) }
        #expect(throws: (any Error).self) { try FieldCipher(key: Data()) }
    }
}
