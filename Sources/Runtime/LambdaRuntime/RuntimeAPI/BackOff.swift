/// How often a call of the Runtime API is tried again, and after which pauses.
struct BackOff: Sendable {
    /// Before the second try, the third, …
    var pauses: [Duration]

    /// About a second and a half together: a Runtime API that restarts is back by then, and one that is gone is not waited for
    /// at the customer's expense.
    static let standard = BackOff(pauses: [25, 50, 100, 200, 400, 800].map { .milliseconds($0) })
}
