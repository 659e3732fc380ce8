/// One invocation's answer on its way out while the handler runs: the handler's task writes, the loop's thread sends.
final class InvocationStream: Sendable {}
