import Foundation
import LambdaEvents
import RoostJSON
import Testing

/// A kind of document with its type, its samples, and what is documented about its fields.
///
/// Places are written with `*` for a position in a list and for a name in a map.
struct SampleKind: Sendable, CustomTestStringConvertible {
    var type: String
    /// What ``RawEvent`` finds; nil for answers and for documents inside of events.
    var kind: LambdaEventKind?
    var samples: [String]
    /// The fields that AWS documents as always there. Without any other one an event decodes.
    var required: Set<String>
    /// The texts that must have a form: times and base64. Any other text may be anything.
    var formed: Set<String>
    var exceptions: [SampleException]
    /// Decodes a document as the type and encodes it again.
    var passThrough: @Sendable (Data) throws -> Data
    /// The same by the runtime's own coder.
    var passThroughRuntime: @Sendable (Data) throws -> Data

    init<Document: Codable>(
        _ type: Document.Type, _ kind: LambdaEventKind? = nil, required: [String] = [], formed: [String] = [],
        exceptions: [SampleException] = [], samples: [String]
    ) {
        self.type = "\(type)"
        self.kind = kind
        self.samples = samples
        self.required = Set(required)
        self.formed = Set(formed)
        self.exceptions = exceptions
        passThrough = { try JSONEncoder().encode(JSONDecoder().decode(type, from: $0)) }
        passThroughRuntime = { try LeanJSONEncoder().encode(LeanJSONDecoder().decode(type, from: $0)) }
    }

    var testDescription: String { type }
}

/// Leaves of a sample that no typed property holds: all at and under a place.
struct SampleException: Sendable {
    var samples: [String]
    var places: [String]
    var reason: String

    init(_ samples: String..., at places: [String], because reason: String) {
        self.samples = samples
        self.places = places
        self.reason = reason
    }
}

/// Fields of one object.
func under(_ object: String, _ fields: String...) -> [String] {
    fields.map { "\(object)/\($0)" }
}

/// Objects whose member names are the user's, so that an added member is no added field.
private let mapNames: Set = [
    "headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters", "pathParameters",
    "stageVariables", "claims", "attributes", "messageAttributes", "MessageAttributes", "userAttributes", "validationData",
    "clientMetadata", "publicChallengeParameters", "privateChallengeParameters", "claimsToAddOrOverride", "datasetRecords",
    "Keys", "NewImage", "OldImage", "authorizer/lambda", "partitionKeys", "userArguments", "userAttributesToMap",
]

extension JSONPath {
    var isMap: Bool {
        mapNames.contains(steps.last ?? "") || mapNames.contains(steps.suffix(2).joined(separator: "/"))
    }

    /// Inside a DynamoDB item, whose form is ``AttributeValue``'s own.
    var isInItem: Bool {
        steps.dropLast().contains { ["Keys", "NewImage", "OldImage"].contains($0) }
    }

    /// This place with `*` for positions and for names in maps.
    var pattern: String {
        steps.indices.map { index in
            let parent = JSONPath(Array(steps[..<index]))
            return Int(steps[index]) != nil || parent.isMap ? "*" : steps[index]
        }
        .joined(separator: "/")
    }
}
