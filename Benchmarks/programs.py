"""Starting the measured programs and driving them with wrk; shared by the benchmarks."""

import re
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOST = ROOT / ".build/release/roost"


class Program:
    """A child that prints where it serves; stopped at the end of the with block."""

    def __init__(self, command, pattern, stderr=None):
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True)
        self.output = []
        for line in self.process.stdout:
            self.output.append(line)
            if match := re.search(pattern, line):
                self.port = int(match.group(1)) if match.groups() else None
                break
        else:
            raise SystemExit(f"{command[0]} ended before it was ready:\n{''.join(self.output)}")
        self.ready_seconds = time.perf_counter() - self.started

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def memory_megabytes(self, field="VmRSS"):
        """A figure of /proc/PID/status: VmRSS is what it has now, VmHWM the most it had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+) kB", status).group(1)) / 1024


class Run:
    """What wrk measured."""

    def __init__(self, output):
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
        self.p50, self.p99 = (self.milliseconds(re.search(rf"{part}%\s+([\d.]+)(us|ms|s)\b", output)) for part in (50, 99))

    @staticmethod
    def milliseconds(match):
        return float(match.group(1)) * {"us": 0.001, "ms": 1, "s": 1000}[match.group(2)]


def start_wrk(port, connections, seconds, *arguments):
    """wrk on dynamodb.lua, which the arguments go to."""
    return subprocess.Popen(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", ROOT / "Benchmarks/dynamodb.lua",
         f"http://127.0.0.1:{port}/", "--", *(str(argument) for argument in arguments)],
        stdout=subprocess.PIPE, text=True)


def finish_wrk(process):
    output = process.communicate()[0]
    if process.returncode != 0 or "Non-2xx" in output:
        raise SystemExit(f"{' '.join(map(str, process.args))} was refused:\n{output}")
    return Run(output)


def wrk(port, connections, seconds, *arguments):
    return finish_wrk(start_wrk(port, connections, seconds, *arguments))
