/// The credentials of one execution environment. They open nothing; their key says who calls an emulated service.
struct SessionCredentials: Sendable, Equatable {
    var accessKeyID: String
    var secretAccessKey: String
    var sessionToken: String

    /// In the shapes of temporary credentials: `ASIA` and 16 of the base 32 alphabet, 40 characters, a longer token.
    static func random() -> SessionCredentials {
        let base32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let base62 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        func characters(_ count: Int, of alphabet: [Character]) -> String {
            // The system's generator; these are no secrets of anybody's.
            String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count)] })
        }
        return SessionCredentials(
            accessKeyID: "ASIA" + characters(16, of: base32), secretAccessKey: characters(40, of: base62),
            sessionToken: "IQoJ" + characters(120, of: base62))
    }
}
