#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Each in a function of its own, which the stack trace must name.
enum Crash: String, Decodable, Sendable {
    case fatalError, indexOutOfRange, nilUnwrapped, overflow, stackOverflow, abort, badPointer, killed, personal

    func happen() {
        switch self {
        case .fatalError: giveUp()
        case .indexOutOfRange: print(readBeyondTheEnd([1, 2, 3]))
        case .nilUnwrapped: print(unwrap(nil))
        case .overflow: print(addOne(to: .max))
        case .stackOverflow: print(recurse(1))
        case .abort: abortInC()
        case .badPointer: writeToNowhere()
        case .killed: killSelf()
        case .personal: giveUpOn("jane.doe@example.com")
        }
    }
}

@inline(never) func giveUp() {
    fatalError("the order is \"lost\"\n✗")
}

@inline(never) func giveUpOn(_ address: String) {
    fatalError("no such user: \(address)")
}

@inline(never) func readBeyondTheEnd(_ numbers: [Int]) -> Int {
    numbers[numbers.count]
}

@inline(never) func unwrap(_ number: Int?) -> Int {
    number!
}

@inline(never) func addOne(to number: Int) -> Int {
    number + 1
}

@inline(never) func recurse(_ depth: Int) -> Int {
    depth == 0 ? 0 : recurse(depth + 1) + 1
}

@inline(never) func abortInC() {
    abort()
}

@inline(never) func writeToNowhere() {
    UnsafeMutablePointer<Int>(bitPattern: 0xDEA8)?.pointee = 1
}

@inline(never) func killSelf() {
    kill(getpid(), SIGSEGV)
    // The signal may be delivered to another thread.
    while true { sleep(1) }
}
