#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Bytes that nobody can guess.
///
/// They come from the kernel (getrandom(2) on Linux) through the language's own generator, not from libcrypto's pool:
/// it cannot fail, and a process that is frozen and copied (Lambda's SnapStart, a fork) never gives the same twice.
public enum RandomBytes {
    public static func make(_ count: Int) -> Data {
        var generator = SystemRandomNumberGenerator()
        var data = Data(capacity: count + 8)
        while data.count < count {
            withUnsafeBytes(of: generator.next()) { data.append(contentsOf: $0) }
        }
        return data.prefix(count)
    }

    /// A code such as `048213`: each of the `10^digits` is equally likely.
    ///
    /// - Parameter digits: 1 to 18.
    public static func decimalCode(digits: Int) -> String {
        precondition((1...18).contains(digits))
        var generator = SystemRandomNumberGenerator()
        return (0..<digits).reduce(into: "") { code, _ in code += String(Int.random(in: 0...9, using: &generator)) }
    }

    /// Base64url text of so many random bytes, for tokens; 32 bytes by default.
    public static func token(bytes: Int = 32) -> String {
        Base64URL.encode(make(bytes))
    }
}
