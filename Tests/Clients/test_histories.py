"""The checkers of histories find what is planted, and nothing in histories that are right."""

import random

import pytest
from histories import Operation, Transaction, anomalies, unlinearizable


def op(kind, value=None, began=0.0, ended=None, expected=None):
    return Operation(kind, value, expected, began, ended)


RIGHT = {
    "one after the other": [op("write", 1, 0, 1), op("read", 1, 2, 3)],
    "a read beside a write sees the old value": [op("write", 1, 0, 1), op("write", 2, 2, 5), op("read", 1, 3, 4)],
    "a read beside a write sees the new value": [op("write", 1, 0, 1), op("write", 2, 2, 5), op("read", 2, 3, 4)],
    "a lost answer that took effect": [op("write", 1, 0), op("read", 1, 3, 4)],
    "a lost answer that took no effect": [op("write", 1, 0), op("read", None, 3, 4)],
    "a lost answer that took effect late": [op("write", 1, 0), op("read", None, 3, 4), op("read", 1, 5, 6)],
    "two compare-and-sets in a row": [
        op("write", 1, 0, 1), op("cas", 2, 2, 6, expected=1), op("cas", 3, 3, 7, expected=2), op("read", 3, 8, 9)],
    "a refused compare-and-set": [op("write", 1, 0, 1), op("failed cas", 9, 2, 3, expected=2), op("read", 1, 4, 5)],
}
WRONG = {
    "a stale read": [op("write", 1, 0, 1), op("write", 2, 2, 3), op("read", 1, 4, 5)],
    "a lost write": [op("write", 1, 0, 1), op("read", None, 2, 3)],
    "a value of nobody": [op("write", 1, 0, 1), op("read", 7, 2, 3)],
    "a read of the future": [op("read", 1, 0, 1), op("write", 1, 2, 3)],
    "values that go back": [op("write", 1, 0, 9), op("write", 2, 0, 9), op("read", 1, 1, 2), op("read", 2, 3, 4), op("read", 1, 5, 6)],
    "two compare-and-sets of one value": [
        op("write", 1, 0, 1), op("cas", 2, 2, 6, expected=1), op("cas", 3, 3, 7, expected=1)],
    "a compare-and-set refused without a reason": [op("write", 1, 0, 1), op("failed cas", 9, 2, 3, expected=1)],
    "a lost answer that took effect twice": [
        op("write", 1, 0), op("read", 1, 1, 2), op("write", 2, 3, 4), op("read", 1, 5, 6)],
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_linearizable_history_is_accepted(name):
    assert unlinearizable(RIGHT[name]) is None


@pytest.mark.parametrize("name", WRONG)
def test_an_unlinearizable_history_is_found(name):
    assert unlinearizable(WRONG[name]) is not None


@pytest.mark.parametrize("seed", range(20))
def test_a_simulated_register_is_accepted_and_one_changed_read_is_found(seed):
    generator = random.Random(seed)
    history, state, now, busy = [], None, 0.0, [0.0] * 5
    for number in range(300):
        now += 1
        worker = generator.choice([index for index, free in enumerate(busy) if free < now] or [0])
        began = max(now - generator.random() * 4, busy[worker])
        ended = now + generator.random() * 4
        busy[worker] = ended
        if generator.random() < 0.5:
            history.append(op("read", state, began, ended))
        elif generator.random() < 0.5:
            expected = state if generator.random() < 0.5 else -1
            history.append(op("cas" if expected == state else "failed cas", number, began, ended, expected=expected))
            state = number if expected == state else state
        else:
            history.append(op("write", number, began, ended))
            state = number
    assert unlinearizable(history) is None
    reads = [operation for operation in history[100:] if operation.kind == "read"]
    # A value that was overwritten long before.
    generator.choice(reads).value = next(operation.value for operation in history if operation.kind == "write")
    assert unlinearizable(history) is not None


def write(*appends, at=0, outcome="done"):
    return Transaction(list(appends), {}, at, at + 1 if outcome != "unknown" else None, outcome)


def read(at=0, **lists):
    return Transaction([], lists, at, at + 1)


SERIAL = {
    "reads of whole transactions": [
        write(("a", 1), ("b", 1), at=0), read(at=2, a=[1], b=[1]), write(("a", 2), ("b", 2), at=4), read(at=6, a=[1, 2], b=[1, 2])],
    "a lost answer that took effect": [write(("a", 1), at=0, outcome="unknown"), read(at=2, a=[1])],
    "a lost answer that took no effect": [write(("a", 1), at=0, outcome="unknown"), read(at=2, a=[])],
    "a refused transaction": [write(("a", 1), at=0, outcome="refused"), read(at=2, a=[])],
    "concurrent ones in either order": [
        Transaction([("a", 1)], {}, 0, 9), Transaction([("a", 2)], {}, 0, 9), read(at=10, a=[2, 1])],
}
BROKEN = {
    "half of a transaction": [write(("a", 1), ("b", 1), at=0), read(at=2, a=[1], b=[]), read(at=4, a=[1], b=[1])],
    "half of one beside it": [
        Transaction([("a", 1), ("b", 1)], {}, 0, 9), read(at=2, a=[1], b=[]), read(at=20, a=[1], b=[1])],
    "a read of a refused one": [write(("a", 1), at=0, outcome="refused"), read(at=2, a=[1])],
    "a lost append": [write(("a", 1), at=0), write(("a", 2), at=2), read(at=4, a=[2])],
    "an append that was acknowledged and is gone": [write(("a", 1), at=0), read(at=2, a=[])],
    "an append that happened twice": [write(("a", 1), at=0), read(at=2, a=[1, 1])],
    "an element of nobody": [read(at=0, a=[5])],
    "two orders": [
        Transaction([("a", 1)], {}, 0, 9), Transaction([("a", 2)], {}, 0, 9), read(at=10, a=[1]), read(at=12, a=[2, 1])],
    "orders of two keys that contradict each other": [
        Transaction([("a", 1), ("b", 1)], {}, 0, 9), Transaction([("a", 2), ("b", 2)], {}, 0, 9),
        read(at=10, a=[1, 2], b=[2, 1])],
    "two readers that disagree on what came first": [
        Transaction([("a", 1)], {}, 0, 9), Transaction([("b", 1)], {}, 0, 9),
        Transaction([], {"a": [1], "b": []}, 2, 5), Transaction([], {"a": [], "b": [1]}, 2, 5), read(at=10, a=[1], b=[1])],
    "a stale read": [write(("a", 1), at=0), write(("a", 2), at=2), read(at=4, a=[1]), read(at=6, a=[1, 2])],
}


@pytest.mark.parametrize("name", SERIAL)
def test_a_serializable_history_is_accepted(name):
    assert anomalies(SERIAL[name]) == []


@pytest.mark.parametrize("name", BROKEN)
def test_an_anomaly_is_found(name):
    assert anomalies(BROKEN[name])
