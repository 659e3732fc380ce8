package import DeploymentTemplate
package import EmulatorClock
package import Foundation
package import FunctionPool
package import Journal
package import QueueEngine
package import StoreEngine

/// What the sources share.
struct SourceServices: Sendable {
    var region: String
    var accountID: String
    var state: SourceState
    var queues: QueueEngine
    var invoker: any FunctionInvoker
    var clock: any EmulatorClock
    var journal: Journal
}

/// Why the event sources cannot start.
package enum EventSourceError: Error, Sendable, Equatable, CustomStringConvertible {
    case noStream(table: String, source: String)
    case noQueue(String, source: String)
    case noFunction(String, source: String)
    case badSchedule(String, reason: String)

    package var description: String {
        switch self {
        case .noStream(let table, let source): "\(source): the table \(table) has no stream"
        case .noQueue(let queue, let source): "\(source): there is no queue \(queue)"
        case .noFunction(let function, let source): "\(source): there is no function \(function)"
        case .badSchedule(let source, let reason): "\(source): \(reason)"
        }
    }
}

/// What calls the functions without being asked from outside: the tables' streams, the queues, and schedules.
///
/// Everything happens on the injected clock; where each source stands is on disk.
package final class EventSources: Sendable {
    private let streams: [StreamPoller]
    private let queues: [QueuePoller]
    private let schedules: [ScheduleRunner]
    private let tablesOfStreams: [String]
    private let store: StoreEngine

    /// - Parameter directory: where `sources.sqlite3` lives; nil keeps it in memory.
    /// - Throws: ``EventSourceError`` for what the deployment names and has not, and what SQLite says of the directory.
    package init(
        deployment: Deployment, store: StoreEngine, queues: QueueEngine, invoker: any FunctionInvoker, clock: any EmulatorClock,
        journal: Journal, directory: URL?
    ) throws {
        let services = SourceServices(
            region: deployment.region, accountID: deployment.accountID, state: try SourceState(directory: directory),
            queues: queues, invoker: invoker, clock: clock, journal: journal)
        func function(_ logicalID: String, _ source: String) throws(EventSourceError) -> Deployment.Function {
            guard let function = deployment.functions.first(where: { $0.logicalID == logicalID }) else {
                throw .noFunction(logicalID, source: source)
            }
            return function
        }
        self.store = store
        tablesOfStreams = deployment.streamSources.map(\.tableName)
        streams = try deployment.streamSources.map {
            StreamPoller($0, function: try function($0.functionLogicalID, $0.id), services: services, store: store)
        }
        self.queues = try deployment.queueSources.map {
            QueuePoller($0, function: try function($0.functionLogicalID, $0.id), services: services)
        }
        schedules = try deployment.schedules.filter(\.enabled).map {
            try ScheduleRunner($0, function: try function($0.functionLogicalID, $0.id), services: services)
        }
    }

    /// Starts all sources; the tables and queues must exist.
    package func start() throws {
        // Before they start: a record that is written between a first look and the observation would wait for the next one.
        let streams = zip(tablesOfStreams, streams).map { (table: $0, poller: WeakPoller($1)) }
        store.observeStream { table in
            for stream in streams where stream.table == table { stream.poller.value?.poke() }
        }
        for stream in self.streams { try stream.start() }
        for queue in queues { try queue.start() }
        for schedule in schedules { try schedule.start() }
    }

    /// Starts nothing more. What is with a function ends as it would: its checkpoint, its deletions.
    package func stop() {
        for schedule in schedules { schedule.stop() }
        for stream in streams { stream.stop() }
        for queue in queues { queue.stop() }
    }

    /// Waits until the sources have looked at everything that they were told so far.
    package func settle() {
        for stream in streams { stream.settle() }
        for queue in queues { queue.settle() }
        for schedule in schedules { schedule.settle() }
    }
}

/// The store keeps its observers for its whole life; the pollers should not live as long.
private struct WeakPoller: Sendable {
    private let box: Box

    init(_ poller: StreamPoller) { box = Box(poller) }

    var value: StreamPoller? { box.poller }

    private final class Box: Sendable {
        weak let poller: StreamPoller?

        init(_ poller: StreamPoller) { self.poller = poller }
    }
}
