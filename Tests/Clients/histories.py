"""Checkers of recorded histories: is there an order in which all that was answered could have happened one after the other?

`unlinearizable` is for one register with reads, writes and compare-and-set (Lowe, "Testing for linearizability", 2017: the
configurations after each event, each a state and the operations that took effect before their answer). `anomalies` is for
transactions that append to lists and read them: the lists tell in which order the appends took effect, and a cycle among
what that order says of the transactions is one that no serial order has (Kingsbury and Alvaro, "Elle", 2020).
"""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Operation:
    """One request on a register: `began` and `ended` are times, `ended` None where the answer never came.

    `kind` is "read" (`value` was read), "write" (of `value`), "cas" (`value` where it was `expected`) or "failed cas" (it was
    not `expected`).
    """

    kind: str
    value: object = None
    expected: object = None
    began: float = 0
    ended: float | None = None

    def apply(self, state):
        """(whether it can happen in this state, the state after it)."""
        if self.kind == "read":
            return state == self.value, state
        if self.kind == "failed cas":
            return state != self.expected, state
        if self.kind == "cas":
            return state == self.expected, self.value
        return True, self.value


def unlinearizable(history, initial=None):
    """The first operation whose answer no order explains; None for a linearizable history."""
    events = []
    for operation in history:
        events.append((operation.began, 0, operation))
        if operation.ended is not None:
            events.append((operation.ended, 1, operation))
    # At one time a beginning stands before an end: the two are then concurrent, which accepts more.
    events.sort(key=lambda event: event[:2])
    pending = set()
    configurations = {(initial, frozenset())}
    for _, is_end, operation in events:
        if not is_end:
            pending.add(operation)
            continue
        configurations = {
            (state, early - {operation}) for state, early in _reaching(configurations, pending, operation)}
        if not configurations:
            return operation
        pending.discard(operation)
    return None


def _reaching(configurations, pending, operation):
    """All configurations in which `operation` took effect, from these by letting pending ones take effect."""
    found, seen, left = set(), set(configurations), list(configurations)
    while left:
        state, early = left.pop()
        if operation in early:
            found.add((state, early))
            continue
        for candidate in pending - early:
            can, after = candidate.apply(state)
            next_one = (after, early | {candidate})
            if can and next_one not in seen:
                seen.add(next_one)
                left.append(next_one)
    return found


@dataclass(eq=False)
class Transaction:
    """`appends` are (key, element) pairs, each element once in the history; `reads` are the lists that were read, by key.

    `outcome` is "done", "refused" (nothing of it happened) or "unknown" (the answer never came).
    """

    appends: list = field(default_factory=list)
    reads: dict = field(default_factory=dict)
    began: float = 0
    ended: float | None = None
    outcome: str = "done"


def anomalies(history):
    """What shows that the history is not strictly serializable, as texts; empty for one that is."""
    writers, found = {}, []
    for transaction in history:
        for key, element in transaction.appends:
            writers[key, element] = transaction
    reads = [(transaction, key, tuple(values)) for transaction in history if transaction.outcome == "done"
             for key, values in transaction.reads.items()]
    order = _version_orders(reads, found)
    for key, values in order.items():
        if len(set(values)) < len(values):
            found.append(f"an append to {key} happened twice: {values}")
        for element in values:
            writer = writers.get((key, element))
            if writer is None:
                found.append(f"{element} in {key} was never written")
            elif writer.outcome == "refused":
                found.append(f"{element} in {key} is of a transaction that was refused")
    if found:
        return found
    edges = _dependencies(history, reads, order, writers)
    return [f"a cycle of {len(cycle)} transactions: {[(t.appends, t.reads) for t in cycle[:6]]}" for cycle in _cycles(edges)]


def _version_orders(reads, found):
    """The longest list that was read of each key, which all others must begin."""
    order = {}
    for _, key, values in reads:
        if len(values) > len(order.get(key, ())):
            order[key] = values
    for _, key, values in reads:
        if order.get(key, ())[:len(values)] != values:
            found.append(f"two reads of {key} are in different orders: {values} and {order[key]}")
    return order


def _dependencies(history, reads, order, writers):
    edges = {transaction: set() for transaction in history if transaction.outcome != "refused"}

    def edge(before, after):
        if before is not after and before in edges and after in edges:
            edges[before].add(after)

    for key, values in order.items():
        for left, right in zip(values, values[1:]):
            edge(writers[key, left], writers[key, right])
        # An append that was acknowledged and never read comes after all that were.
        for (other, element), writer in writers.items():
            if other == key and element not in values and writer.outcome == "done" and values:
                edge(writers[key, values[-1]], writer)
    for reader, key, values in reads:
        if values:
            edge(writers[key, values[-1]], reader)
        longest = order.get(key, ())
        if len(values) < len(longest):
            edge(reader, writers[key, longest[len(values)]])
        for (other, element), writer in writers.items():
            if other == key and element not in longest and writer.outcome == "done":
                edge(reader, writer)
    _real_time(edges, edge)
    return edges


def _real_time(edges, edge):
    """One that ended before another began comes before it. Only the newest such ones need an edge: the rest follows."""
    events = [(transaction.began, 0, transaction) for transaction in edges]
    events += [(transaction.ended, 1, transaction) for transaction in edges if transaction.ended is not None]
    events.sort(key=lambda event: event[:2])
    newest, before = set(), {}
    for _, is_end, transaction in events:
        if not is_end:
            before[transaction] = set(newest)
            for earlier in newest:
                edge(earlier, transaction)
        else:
            newest -= before[transaction]
            newest.add(transaction)


def _cycles(edges):
    """Strongly connected components of more than one node (Tarjan, without recursion)."""
    index, low, on_stack, stack, result = {}, {}, set(), [], []
    for root in edges:
        if root in index:
            continue
        work = [(root, iter(edges[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(edges[other])))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member is node:
                            break
                    if len(component) > 1:
                        result.append(component)
    return result
