package import EmulatorClock
package import Journal

/// What every service needs to know.
package struct ServiceContext: Sendable {
    package var region: String
    package var accountID: String
    package var clock: any EmulatorClock
    package var journal: Journal
    /// The journal entry of the invocation that an access key belongs to, if it is an execution environment's.
    package var cause: @Sendable (_ accessKeyID: String) -> Journal.EntryID?

    package init(
        region: String, accountID: String, clock: any EmulatorClock, journal: Journal,
        cause: @escaping @Sendable (_ accessKeyID: String) -> Journal.EntryID? = { _ in nil }
    ) {
        self.region = region
        self.accountID = accountID
        self.clock = clock
        self.journal = journal
        self.cause = cause
    }

    /// Journals what a service did, under the invocation that asked for it.
    func record(_ source: String, _ message: String, for request: ServiceRequest, _ details: [String: String] = [:]) {
        journal.record(source, message, cause: request.accessKeyID.flatMap(cause), details: details)
    }
}
