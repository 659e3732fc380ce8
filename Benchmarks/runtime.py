"""Measures the runtime beside its floor, a bare C loop on libcurl, and AWS's own runtime for Python.

Usage: make bench-runtime (ARGS='--rounds 20'). All programs run against the same Runtime API server (runtime-api.c),
one after the other, in every round anew; the table has the medians of the rounds, and the medians of their ratios: the
machines are noisy, so quote the ratios.
"""

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "Benchmarks"
RIC = ROOT / ".build/venv-awslambdaric"
TYPED_EVENT = SOURCES / "order-event.json"


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, **options)


class Program:
    """What is measured: a command for the no-op and one for the echo, and what it is called in the table."""

    def __init__(self, name, noop, echo=None, folder=None):
        self.name, self.noop, self.echo, self.folder = name, noop, echo, folder


def pkg_config(*arguments):
    return subprocess.check_output(["pkg-config", *arguments], text=True).split()


def build_programs(work, arguments):
    cc = os.environ.get("CC", "cc")
    run(cc, "-O2", "-o", work / "runtime-api", SOURCES / "runtime-api.c", *pkg_config("--cflags", "--libs", "libmicrohttpd"), "-lpthread")
    run(cc, "-O2", "-o", work / "lambda-floor", SOURCES / "lambda-floor.c", *pkg_config("--cflags", "--libs", "libcurl"))
    run(cc, "-O2", "-o", work / "lambda-raw", SOURCES / "lambda-raw.c")

    programs = {
        "floor": Program("C + libcurl", [work / "lambda-floor", "noop"], [work / "lambda-floor", "echo"]),
        "raw": Program("C on a bare socket", [work / "lambda-raw", "noop"], [work / "lambda-raw", "echo"]),
        "ours": Program("ours, same libcurl", [arguments.functions / "noop"], [arguments.functions / "echo"]),
    }
    packaged = unpack(work, arguments.packages)
    if packaged:
        programs["packaged"] = Program("ours as packaged", [packaged["noop"]], [packaged["echo"]])
    else:
        print(f"no zips in {arguments.packages}: what is packaged is not measured (make package)", file=sys.stderr)
    lean = lean_floor(cc, work, arguments.lean)
    if lean:
        programs["lean"] = Program("C + lean static libcurl", [lean, "noop"], [lean, "echo"])
    if not arguments.no_python and (python := install_awslambdaric()):
        (work / "noop.py").write_text("def handler(event, context):\n    return {}\n")
        programs["python"] = Program("awslambdaric", [python, "-m", "awslambdaric", "noop.handler"], folder=work)
    return programs


def unpack(work, folder):
    found = {}
    for name in ("noop", "echo"):
        archive = folder / f"{name}.zip"
        if not archive.exists():
            return None
        target = work / f"packaged-{name}"
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(target)
        found[name] = target / "bootstrap"
        found[name].chmod(0o755)
    return found


def lean_floor(cc, work, lean):
    """The same floor on the libcurl that packages carry, where `make package` has built it."""
    configurations = sorted(lean.rglob("libcurl.pc")) if lean.exists() else []
    if not configurations:
        return None
    environment = dict(os.environ, PKG_CONFIG_PATH=str(configurations[0].parent))
    flags = subprocess.check_output(["pkg-config", "--static", "--cflags", "--libs", "libcurl"], text=True, env=environment).split()
    target = work / "lambda-floor-lean"
    result = subprocess.run(
        [cc, "-O2", "-o", target, SOURCES / "lambda-floor.c", "-static-libgcc", "-Wl,-Bstatic", *flags, "-Wl,-Bdynamic", "-lpthread", "-ldl"],
        capture_output=True, text=True)
    if result.returncode != 0:
        print(f"the lean floor does not link, and is left out:\n{result.stderr}", file=sys.stderr)
        return None
    return target


def install_awslambdaric():
    """AWS's Lambda runtime interface client, from PyPI, in a virtual environment of its own."""
    python = RIC / "bin/python"
    if not (RIC / "ready").exists():
        print("installing awslambdaric from PyPI", file=sys.stderr)
        try:
            run(sys.executable, "-m", "venv", "--clear", RIC)
            run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "awslambdaric")
        except subprocess.CalledProcessError:
            print("awslambdaric cannot be installed here, and is left out", file=sys.stderr)
            return None
        (RIC / "ready").touch()
    return python


class Server:
    def __init__(self, work):
        self.work = work
        self.small = work / "small.json"
        self.small.write_text('{"key": "value"}')
        self.environment = dict(
            os.environ, AWS_LAMBDA_FUNCTION_NAME="bench", AWS_LAMBDA_FUNCTION_VERSION="$LATEST", AWS_REGION="us-east-1",
            AWS_LAMBDA_FUNCTION_MEMORY_SIZE="512", AWS_LAMBDA_LOG_GROUP_NAME="bench", AWS_LAMBDA_LOG_STREAM_NAME="bench",
            _HANDLER="noop.handler", LAMBDA_TASK_ROOT=str(work))

    def measure(self, command, event, invocations, folder=None, answer=None):
        keep = ["--answer", answer] if answer else []
        output = run(
            self.work / "runtime-api", "--event", event, "--invocations", invocations, *keep, "--", *command,
            cwd=folder, env=self.environment, stdout=subprocess.PIPE, text=True, timeout=120).stdout
        return json.loads(output)

    def check_echo(self, program):
        """The echo must have understood every part of the event: its answer is the same document."""
        answer = self.work / "answer.json"
        self.measure(program.echo, TYPED_EVENT, 2, program.folder, answer)
        wanted, got = (json.loads(path.read_text()) for path in (TYPED_EVENT, answer))
        if wanted != got:
            raise SystemExit(f"the echo of {program.name} is another document:\n{json.dumps(got)}")


def measure(programs, server, rounds, invocations):
    """Per program a list with one dictionary of figures for each round."""
    for program in programs.values():
        if program.echo:
            server.check_echo(program)
    results = {key: [] for key in programs}
    order = list(programs)
    for number in range(rounds):
        random.shuffle(order)
        for key in order:
            program = programs[key]
            count = invocations if key != "python" else invocations // 4
            noop = server.measure(program.noop, server.small, count, program.folder)
            figures = {"firstNext": noop["firstNext"], "noop": noop["invocation"], "noopPeak": noop["peakKilobytes"]}
            if program.echo:
                echo = server.measure(program.echo, TYPED_EVENT, count, program.folder)
                figures |= {"echo": echo["invocation"], "cold": echo["firstAnswer"], "peak": echo["peakKilobytes"]}
            results[key].append(figures)
        print(f"\rround {number + 1} of {rounds}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return results


ROWS = [  # figure, name, unit, divisor, digits
    ("firstNext", "exec to first next", "ms", 1000, 2),
    ("noop", "no-op invocation", "µs", 1, 0),
    ("echo", "typed JSON echo, 4 KB", "µs", 1, 0),
    ("cold", "exec to first typed answer", "ms", 1000, 2),
    ("peak", "peak memory, echo", "MB", 1024, 1),
    ("noopPeak", "peak memory, no-op", "MB", 1024, 1),
]

GOALS = [  # figure, of, over, at most
    ("firstNext", "ours", "floor", 1.25),
    ("firstNext", "packaged", "floor", 0.65),
    ("noop", "ours", "floor", 1.3),
    ("noop", "packaged", "floor", 1.3),
    ("echo", "ours", "floor", 2.5),
    ("echo", "packaged", "floor", 2.5),
    ("cold", "ours", "floor", 1.5),
    ("cold", "packaged", "floor", 1.5),
    ("peak", "ours", "floor", 1.5),
    ("peak", "packaged", "floor", 1.5),
    ("firstNext", "ours", "python", 0.25),
    ("firstNext", "packaged", "python", 0.25),
]


def values(results, key, figure):
    return [figures[figure] for figures in results.get(key, []) if figure in figures]


def ratio(results, figure, key, base):
    pairs = list(zip(values(results, key, figure), values(results, base, figure)))
    return statistics.median(ours / theirs for ours, theirs in pairs) if pairs else None


def print_tables(programs, results, packages):
    keys = [key for key in ("floor", "ours", "packaged", "lean", "python", "raw") if key in programs]
    print("| median | " + " | ".join(programs[key].name for key in keys) + " |")
    print("|---" * (len(keys) + 1) + "|")
    for figure, name, unit, divisor, digits in ROWS:
        cells = []
        for key in keys:
            found = values(results, key, figure)
            cells.append(f"{statistics.median(found) / divisor:.{digits}f}" if found else "")
        print(f"| {name}, {unit} | " + " | ".join(cells) + " |")
    print("\n| figure | of | over | ratio | fastest rounds | goal | |")
    print("|---|---|---|---|---|---|---|")
    names = {figure: name for figure, name, *_ in ROWS}
    for figure, key, base, goal in GOALS:
        if (median := ratio(results, figure, key, base)) is None:
            continue
        fastest = min(values(results, key, figure)) / min(values(results, base, figure))
        verdict = "met" if median <= goal else "missed"
        print(f"| {names[figure]} | {programs[key].name} | {programs[base].name} | {median:.2f} | {fastest:.2f} | {goal} | {verdict} |")
    archive = packages / "noop.zip"
    if archive.exists():
        size = archive.stat().st_size / 1e6
        print(f"| zip of the no-op function, MB | ours as packaged | | {size:.2f} | | 6 | {'met' if size <= 6 else 'missed'} |")
    noop, raw = (statistics.median(values(results, key, "noop")) for key in ("floor", "raw"))
    print(f"\nThe server is not what they wait for: a bare socket takes {raw:.0f} µs for the exchange that takes libcurl {noop:.0f}.")


def machine():
    model = "unknown processor"
    if (information := Path("/proc/cpuinfo")).exists():
        names = [line.split(":", 1)[1].strip() for line in information.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--invocations", type=int, default=1000, help="per run, a tenth of them to warm up")
    parser.add_argument("--functions", type=Path, default=ROOT / ".build/same-libcurl/release",
                        help="where build-same-libcurl puts noop and echo")
    parser.add_argument("--packages", type=Path, default=ROOT / ".build/lambda", help="where make package puts the zips")
    parser.add_argument("--lean", type=Path, default=ROOT / ".build/lean", help="where make package builds libcurl")
    parser.add_argument("--no-python", action="store_true", help="without awslambdaric")
    parser.add_argument("--only", action="append", help="floor, ours, packaged, lean, python or raw; several times")
    parser.add_argument("--raw-results", type=Path, help="write every round's figures there, as JSON")
    arguments = parser.parse_args()
    if shutil.which(os.environ.get("CC", "cc")) is None:
        raise SystemExit("a C compiler is needed: cc")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        programs = build_programs(work, arguments)
        if arguments.only:
            programs = {key: program for key, program in programs.items() if key in [*arguments.only, "floor", "raw"]}
        results = measure(programs, Server(work), arguments.rounds, arguments.invocations)
        if arguments.raw_results:
            arguments.raw_results.write_text(json.dumps(results, indent=1))
        print(f"{machine()}; {arguments.rounds} rounds of {arguments.invocations} invocations\n")
        print_tables(programs, results, arguments.packages)


if __name__ == "__main__":
    main()
