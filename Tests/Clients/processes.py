"""Processes as Linux's /proc and macOS's `ps` tell of them."""

import subprocess


def table():
    """(process, parent, state, name) of every process."""
    answer = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,state=,comm="], capture_output=True, text=True, check=True)
    for line in answer.stdout.splitlines():
        process, parent, state, name = line.split(None, 3)
        yield int(process), int(parent), state, name.rsplit("/", 1)[-1]


def children(of):
    """Names of the living children, and of theirs, by process id."""
    found, rows = {}, list(table())
    parents = {of}
    while parents:
        level = {process: name for process, parent, state, name in rows if parent in parents and not state.startswith("Z")}
        found |= level
        parents = level.keys()
    return found


def living(processes):
    """Those that still run; one that waits to be collected by its parent does not."""
    return {process for process, _, state, _ in table() if process in processes and not state.startswith("Z")}
