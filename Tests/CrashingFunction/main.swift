import LambdaRuntime

// A function for the tests of crash reports: it crashes for real, in the way that the event or CRASH_IN_INIT names.

await LambdaRuntime.run { environment in
    if let crash = environment["CRASH_IN_INIT"].flatMap(Crash.init(rawValue:)) { crash.happen() }
    return CrashingHandler()
}
