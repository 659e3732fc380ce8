import Testing

@testable import LambdaRuntime

@Suite("What the log leaves out")
struct LogRedactionTests {
    private static let secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    private static let token =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"

    @Test(
        "personal data by its form",
        arguments: [
            ("mail to jane.doe+x@mail.example.co.uk.", "mail to [email]."),
            ("<jane@example.com>, 'bob@example.org'", "<[email]>, '[email]'"),
            ("/users/jane%40example.com/x", "/users/[email]/x"),
            ("call +393331234567 now", "call [phone] now"),
            ("call +1 (415) 555-0100.", "call [phone]."),
            ("tel:+39-333-123-4567", "tel:[phone]"),
            ("to=%2B393331234567&x=1", "to=[phone]&x=1"), ("from=+393331234567", "from=[phone]"),
            ("(415) 555-0100 or 415-555-0100 or 415.555.0100", "[phone] or [phone] or [phone]"),
        ])
    func personal(text: String, expected: String) {
        #expect(LogRedaction.standard.redacted(text) == expected)
    }

    @Test(
        "secrets by their form",
        arguments: [
            ("got \(token)!", "got [token]!"),
            ("GET /confirm/\(token)", "GET /confirm/[token]"),
            ("Bearer abcdef123456 sent", "Bearer [token] sent"),
            ("basic dXNlcjpwYXNz", "basic [token]"),
            ("id AKIAIOSFODNN7EXAMPLE", "id [key]"),
            ("Signer(\(secretKey))", "Signer([key])"),
            ("AKIAIOSFODNN7EXAMPLE/\(secretKey)", "[key]/[key]"),
            ("GET /old/\(token)/new/\(token)/x", "GET /old/[token]/new/[token]/x"),
            ("https://user:hunter2@example.com/x", "https://[redacted]@example.com/x"),
            ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "[token]"),
            (
                "key:\n-----BEGIN RSA PRIVATE KEY-----\nMIIB\nAAAA\n-----END RSA PRIVATE KEY-----\nend",
                "key:\n[private key]\nend"
            ),
        ])
    func secrets(text: String, expected: String) {
        #expect(LogRedaction.standard.redacted(text) == expected)
    }

    @Test(
        "names with their values",
        arguments: [
            ("password=hunter2 x=1", "password=[redacted] x=1"),
            ("?token=abc&page=2", "?token=[redacted]&page=2"),
            (#"{"refreshToken": "abc", "n": 1}"#, #"{"refreshToken": "[redacted]", "n": 1}"#),
            (#"{"body":"{\"password\":\"a\\\"b\",\"n\":1}"}"#, #"{"body":"{\"password\":\"[redacted]\",\"n\":1}"}"#),
            ("Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=ab\nHost: x", "Authorization: [redacted]\nHost: x"),
            ("cookie: a=b; c=d", "cookie: [redacted]"),
            (#"Login(email: "jane", password: Optional("hunter2"))"#, #"Login(email: "jane", password: Optional("[redacted]"))"#),
            ("AWS_SECRET_ACCESS_KEY=\(secretKey)", "AWS_SECRET_ACCESS_KEY=[redacted]"),
            ("phone: 3331234567", "phone: [redacted]"),
            ("secret='a b' x", "secret='[redacted]' x"),
            ("password={x y", "password=[redacted] y"), ("password=[x", "password=[redacted]"),
            ("password=a,b;c)d<e>f&x=1", "password=[redacted]&x=1"), ("password=[redacted] x", "password=[redacted] x"),
            (#"{"line":"{\"q\":\"password=a,b\"}"}"#, #"{"line":"{\"q\":\"password=[redacted]\"}"}"#),
            (#"{"pin":1234,"n":1}"#, #"{"pin":[redacted],"n":1}"#),
            (#"{"secret":{"user":"u","password":"p"}}"#, #"{"secret":{"user":"u","password":"[redacted]"}}"#),
            ("token: abcdef12", "token: [redacted]"), ("the token: abcdEfgh.", "the token: [redacted]"),
            ("password: hunter2, pin: 1234)", "password: [redacted], pin: [redacted])"),
            ("password:letmein", "password:[redacted]"),
            ("Server=x;PWD=hunter2", "Server=x;PWD=[redacted]"), ("accesstoken=x", "accesstoken=[redacted]"),
            ("authorization: bearer abc", "authorization: [redacted]"), ("Cookies: a=b; c=d", "Cookies: [redacted]"),
        ])
    func named(text: String, expected: String) {
        #expect(LogRedaction.standard.redacted(text) == expected)
    }

    @Test(
        "arrays of texts below a name",
        arguments: [
            (#"{"cookies":["session=abc"],"n":1}"#, #"{"cookies":["[redacted]"],"n":1}"#),
            (#"{"cookies":["a=b; Path=/","c=\"d\""],"n":["x"]}"#, #"{"cookies":["[redacted]"],"n":["x"]}"#),
            (#"{"setCookie" : [ "a=b", null, "c=d" ]}"#, #"{"setCookie" : [ "[redacted]" ]}"#),
            ("{\"set-cookie\": [\n    \"a=b\",\n    \"c=d\"\n]}", "{\"set-cookie\": [\n    \"[redacted]\"\n]}"),
            (#"{"body":"{\"cookies\":[\"a=b\",\"c=d\"],\"n\":1}"}"#, #"{"body":"{\"cookies\":[\"[redacted]\"],\"n\":1}"}"#),
            (#"Request(cookies: ["a=b", "c=d"], n: 1)"#, #"Request(cookies: ["[redacted]"], n: 1)"#),
            (#"cookies=["a=b"] x"#, #"cookies=["[redacted]"] x"#), (#"{"cookies":["a=b"#, #"{"cookies":["[redacted]"#),
            (#"{"cookies":[],"n":[""]}"#, #"{"cookies":[],"n":[""]}"#),
        ])
    func arrays(text: String, expected: String) {
        #expect(LogRedaction.standard.redacted(text) == expected)
    }

    @Test(
        "addresses with apostrophes and letters of other alphabets",
        arguments: [
            ("to o'brien@x.com, jörg@x.com", "to [email], [email]"), ("'o'brien@x.com'", "'[email]'"),
            ("an “jörg@münchen.de”, ok", "an “[email]”, ok"), ("иван@пример.рф!", "[email]!"), ("{a!b#c$d@x.com}", "{[email]}"),
            ("?to=jane@x.com&cc=bob@x.com", "?to=[email]&cc=[email]"), ("/users/jane@x.com/x", "/users/[email]/x"),
            ("a" + String(repeating: "é", count: 40) + "@x.com", "a" + String(repeating: "é", count: 8) + "[email]"),
            ("xé" + String(repeating: "a", count: 63) + "@x.com", "xé[email]"),
        ])
    func international(text: String, expected: String) {
        #expect(LogRedaction.standard.redacted(text) == expected)
    }

    @Test(
        "what only looks like it stays",
        arguments: [
            "8476a536-e9f4-11e8-9739-2dfe598c3fcd", "12345678-1234-1234-1234-123456789012",
            "arn:aws:lambda:us-east-1:123456789012:function:orders:7",
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/key-AbCdEf",
            "2026-03-01T12:00:00.123Z", "2026-03-01T12:00:00+00:00", "2026-03-01 12:00:00 +0530", "1767225600000",
            "49590338271490256608559692538361571095921575989136588898", "10.0.0.1:443 and 2001:db8::ff00:42:8329",
            "1-5759e988-bd862e3fe1be46a994272793", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "L0SM9cOFvHcCIhw=", "https://abc.execute-api.us-east-1.amazonaws.com/prod/@connections/L0SM9cOFvHcCIhw=",
            "/var/task/Sources/Functions/Platform/Web/InputReader.swift:40:2", "applicationDidFinishLaunchingWithOptionsX1",
            "the bearer authentication failed; basic knowledge", "email: not sent, phone: no answer", "a+b=c; 1 + 2 = 3; x@y",
            "100-200-3000-4000", "secretId=x", "token: nil, password=null", "Swift 6.3.1 (swift-6.3.1-RELEASE), libcurl/7.88.1",
            "$LATEST 2026/03/01/[$LATEST]0123456789abcdef0123456789abcdef", "1.7976931348623157e+308", "npm@10.2.0", "✓ größer",
            "unexpected token: foo", "unexpected token: 'foo' at 3:4", #"Unexpected token: "}""#, "unexpected token: Identifier",
            "secret: not found", "invalid signature: expected more", "wrong password: too short", "authorization: denied",
            "PWD=/var/task OLDPWD=/ x", #"{"PWD":"/var/task"}"#, "microphone=on headphone=off", "nextToken=abc123DEF456",
            #"{"NextToken":"abc","ContinuationToken":"abc","ClientRequestToken":"abc","tokenType":"Bearer","token_count":7}"#,
        ])
    func untouched(text: String) {
        #expect(LogRedaction.standard.redacted(text) == text)
    }

    @Test("fields by name, whatever the case and what stands in front")
    func names() {
        for name in [
            "password", "userPassword", "X-Api-Key", "refresh_token", "Set-Cookie", "EMAIL", "phone.number", "otp", "cookies",
            "setCookie", "multiValueCookies", "homePhone", "APIKey", "DB_PWD", "userPwd", "accesstoken", "phone",
        ] {
            #expect(LogRedaction.standard.isSensitive(name: name), "\(name)")
        }
        for name in [
            "count", "tokens", "secretId", "shipping", "channel", "path", "author", "pinned", "",
            "PWD", "OLDPWD", "microphone", "nextToken", "NextToken", "next_token", "ContinuationToken", "NextContinuationToken",
            "ClientRequestToken", "tokenType", "token_count",
        ] {
            #expect(!LogRedaction.standard.isSensitive(name: name), "\(name)")
        }
    }

    @Test("more names can be added, and all of it switched off")
    func options() {
        let more = LogRedaction.standard.alsoFields(named: ["Tax-Id"])
        #expect(more.isSensitive(name: "customerTaxID") && more.isSensitive(name: "password"))
        #expect(more.redacted("tax_id=123") == "tax_id=[redacted]")
        #expect(!LogRedaction.standard.alsoFields(named: ["pan"]).isSensitive(name: "timespan"))
        #expect(LogRedaction.off.redacted("password=hunter2") == "password=hunter2")
        #expect(!LogRedaction.off.isSensitive(name: "password"))

        let lines = LogLines()
        let environment = LambdaEnvironment(variables: ["ROOST_LOG_REDACTION": "off", "AWS_LAMBDA_LOG_FORMAT": "JSON"])
        LambdaLog(environment: environment) { lines.add($0) }.info("to jane@example.com", ["token": "t"])
        #expect(lines.objects.first?["message"] == "to jane@example.com")
        #expect(lines.objects.first?["token"] == "t")
    }

    @Test(
        "long texts made to be slow take no more than a moment",
        arguments: [
            "eyJ-", "a@", "token=[", "cookie=[", "+1", "://", "-----BEGIN ", "%40", "\"password\":", "bearer ", "A", "1", "(",
            "ghp_0123456789abcdefghij/", "cookies=[\"\"", "cookies:[\"", "authorization: ", "email:,", "pwd=/", "token: ",
            "password: \"", "x token: '", "token:\\", "é", "é@", "'@", "\"token\":[ ",
        ])
    func linear(part: String) {
        // Quadratic work on so much would take minutes.
        let text = String(repeating: part, count: (1 << 18) / part.utf8.count)
        #expect(!LogRedaction.standard.redacted(text).isEmpty)
    }
}
