import Dispatch
import EmulatorClock
import Foundation
import Journal
import Synchronization

/// One function: its scheduler under a lock, and what the scheduler's actions mean for processes, logs and callers.
///
/// The lock is held for a transition only. Environments are registered within it, so that a stop that comes between the
/// decision to launch and the launch finds them.
final class FunctionGroup: Sendable {
    struct Services: Sendable {
        var clock: any EmulatorClock
        var journal: Journal
        var runtimeAPI: any RuntimeAPIServing
        var sink: FunctionLogSink
        var callers: CallerRegistry
        /// Entered by each environment until it is gone.
        var running: DispatchGroup
    }

    struct Core {
        var scheduler: FunctionScheduler
        var environments: [FunctionScheduler.EnvironmentID: ExecutionEnvironment] = [:]
        /// When the timer that is set will fire.
        var wakeAt: Date?
        var timer: ClockTimer?
    }

    let configuration: FunctionConfiguration
    let services: Services
    let limits: FunctionScheduler.Limits
    private let core: Mutex<Core>

    init(configuration: FunctionConfiguration, limits: FunctionScheduler.Limits, services: Services) {
        var limits = limits
        limits.timeoutSeconds = Double(configuration.timeoutSeconds)
        if let reserved = configuration.reservedConcurrency { limits.environments = min(limits.environments, reserved) }
        self.configuration = configuration
        self.limits = limits
        self.services = services
        core = Mutex(Core(scheduler: FunctionScheduler(limits: limits)))
    }

    func invoke(_ invocation: PendingInvocation) {
        let current = ExecutableFingerprint(path: configuration.executable.path)
        change { scheduler, now in
            scheduler.observe(current, now: now) + scheduler.invoke(invocation, now: now)
        }
    }

    func stop() {
        change { scheduler, _ in scheduler.stop() }
    }

    /// What still runs after ``stop()``.
    func killAll() {
        let environments = core.withLock { Array($0.environments.values) }
        environments.forEach { $0.kill() }
    }

    /// One transition, then what follows from it, outside of the lock.
    func change(_ transition: (inout FunctionScheduler, Moment) -> [FunctionScheduler.Action]) {
        let now = Moment(services.clock)
        let (actions, launched) = core.withLock { core in
            let actions = transition(&core.scheduler, now)
            let launched = register(actions, &core)
            setTimer(&core)
            return (actions.map { ($0, core.environment(of: $0)) }, launched)
        }
        for (action, environment) in actions {
            perform(action, environment)
        }
        launched.forEach(run)
    }

    private func register(_ actions: [FunctionScheduler.Action], _ core: inout Core) -> [ExecutionEnvironment] {
        actions.compactMap { action in
            guard case .launch(let id, let bound) = action else { return nil }
            let entry = services.journal.record(
                "invocation", "\(configuration.name): an execution environment starts", cause: bound?.pending.entry,
                details: ["function": configuration.name, "environment": String(id)])
            let environment = ExecutionEnvironment(
                id: id, configuration: configuration, entry: entry, sink: services.sink)
            core.environments[id] = environment
            services.callers.add(environment)
            services.running.enter()
            return environment
        }
    }

    /// On a thread of its own, which lives as long as the process: Linux's parent-death signal goes by the thread.
    private func run(_ environment: ExecutionEnvironment) {
        let thread = Thread { [self] in
            let runtime = EnvironmentRuntime(group: self, environment: environment)
            let logStream = LambdaVariables.logStream(on: services.clock.now)
            environment.run(on: services.runtimeAPI, runtime: runtime, logStream: logStream) { ending in
                change { scheduler, now in scheduler.exited(environment.id, ending, now: now) }
                core.withLock { $0.environments[environment.id] = nil }
            }
            services.callers.remove(environment)
            services.running.leave()
        }
        thread.name = "roost.\(configuration.name).\(environment.id)"
        thread.start()
    }

    /// One timer for all of the function's deadlines. It is set when a deadline is nearer than the timer, and looks again when
    /// it fires: an invocation that ends in time costs no timer of its own.
    private func setTimer(_ core: inout Core) {
        guard let deadline = core.scheduler.nextDeadline() else { return }
        if let wakeAt = core.wakeAt, wakeAt <= deadline { return }
        core.timer?.cancel()
        core.wakeAt = deadline
        core.timer = services.clock.at(deadline) { [weak self] in self?.wake() }
    }

    private func wake() {
        core.withLock { core in
            core.wakeAt = nil
            core.timer = nil
        }
        change { scheduler, now in scheduler.expire(now: now) }
    }
}

extension FunctionGroup.Core {
    func environment(of action: FunctionScheduler.Action) -> ExecutionEnvironment? {
        switch action {
        case .launch(let id, _), .deliver(_, let id, _, _), .complete(_, let id, _), .initFailed(let id, _), .terminate(let id),
            .kill(let id):
            environments[id]
        case .refuse, .refuseNext: nil
        }
    }
}
