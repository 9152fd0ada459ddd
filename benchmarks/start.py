"""What a user waits for: import, a warm command, the first command ever, and how much memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.table import Table

EXAMPLE = Path(__file__).parents[1] / "examples" / "flail_leaflet.yaml"
REPORT = "MITRAL_BENCHMARK_REPORT"
WATCH = f"""
import atexit, json, os, resource, time
def report():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        with open("/proc/self/status") as file:  # ru_maxrss also counts the parent before exec
            peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    except OSError:
        pass
    with open(os.environ["{REPORT}"], "w") as file:
        json.dump([1e3 * time.process_time(), peak / 1024, globals().get("inside")], file)
atexit.register(report)
start = time.perf_counter()
"""
COMMAND = "import sys; from mitral.cli.main import main; sys.argv = ['mitral', *{words}]; main()"
TIMED = "\ninside = 1e3 * (time.perf_counter() - start)"


def child(code: str, cache: str | None = None) -> tuple[float, float, float, float | None]:
    """Run code in a fresh interpreter: wall ms, CPU ms, peak MiB, ms that the code saw itself."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        environment = {**os.environ, REPORT: str(path)}
        if cache is not None:
            environment["XDG_CACHE_HOME"] = cache
        began = perf_counter()
        subprocess.run(
            [sys.executable, "-c", WATCH + code],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        wall = 1e3 * (perf_counter() - began)
        cpu, peak, inside = json.loads(path.read_text(encoding="utf-8"))
        return wall, cpu, peak, inside


def run(repeats: int) -> list[Table]:
    """Medians over fresh processes; the first run ever is taken once."""
    table = Table(
        "start: fresh processes",
        notes=["wall and CPU of the whole process, interpreter included"],
    )
    words = ["simulate", str(EXAMPLE)] if EXAMPLE.exists() else ["simulate"]
    with tempfile.TemporaryDirectory() as cache:
        figure = [*words, "--figure", f"{cache}/beat.svg"]
        imports = "import mitral"
        verbs = "from mitral import simulate, Patient"
        for name, code, runs in (
            ("python -c pass", "", repeats),
            (imports, imports + TIMED, repeats),
            (verbs, verbs + TIMED, repeats),
            ("mitral simulate, first ever", COMMAND.format(words=words), 1),
            ("mitral simulate, warm", COMMAND.format(words=words), repeats),
            ("mitral simulate --json, warm", COMMAND.format(words=[*words, "--json"]), repeats),
            ("mitral simulate --figure, warm", COMMAND.format(words=figure), repeats),
            ("mitral --version", COMMAND.format(words=["--version"]), repeats),
        ):
            walls, cpus, peaks, insides = zip(
                *(child(code, cache) for _ in range(runs)), strict=True
            )
            alone = [ms for ms in insides if ms is not None]
            table.add(
                what=name,
                runs=runs,
                wall_ms=median(walls),
                wall_min=min(walls),
                CPU_ms=median(cpus),
                peak_MiB=max(peaks),
                the_import_alone_ms=median(alone) if alone else None,
            )
    return [table]
