import FunctionToolkit
import Platform

// What this function's OpenAPI document says beyond what its routes declare.

extension OpenAPIInfo {
    static let auth = OpenAPIInfo(
        title: "Roost: registration and login", description: "The rest of the API is in /openapi.json.")
}

enum AuthDocuments {
    private static let members: [String: SchemaDocument] = [
        "id": .id, "full_name": .string, "display_name": .string.orNull, "role": .string,
        "status": .one(of: UserStatus.allCases.map(\.rawValue)), "phone_verified": .boolean, "created_at": .time,
    ]

    static let user = SchemaDocument.record(members).named("Account")
    static let registered = SchemaDocument.record(members.merging(["code_sent": .boolean]) { first, _ in first })
    static let tokens = SchemaDocument.record([
        "access_token": .string, "token_type": SchemaDocument(["const": "Bearer"]), "expires_in": .whole,
        "refresh_token": .string, "refresh_expires_in": .whole, "user": user,
    ]).named("Tokens")
}
