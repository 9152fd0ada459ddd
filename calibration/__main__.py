"""Refit the adult parameter set and the slow laws, and write the pages about them.

`python -m calibration refit | refit-fast | refit-slow | scale | dog | report | time | validate |
physiology | precondition | treatments`; `refit` is the fast set and then the slow laws.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

import mitral.parameters
from calibration import dog, fit, lives, people, treatments, validation
from calibration.fit import write_rows
from calibration.states import all_states, settled
from mitral.course import laws
from mitral.parameters import parameter
from mitral.parameters.personalise import DOG_FILE
from mitral.solver import precondition

SETS = Path(mitral.parameters.__file__).parent / "sets"
_DERIVED = ("v0_lv_healthy", "v0_la_healthy", "map_set", "lap_set", "load_ref")


def rewrite(path: Path, values: dict[str, str], key: tuple[str, ...] = ("name",)) -> None:
    """Put new values into the rows of a table, leaving everything else as it stands."""
    with path.open(encoding="utf-8") as file:
        reader = csv.DictReader(file)
        names, table = list(reader.fieldnames or ()), list(reader)
    for row in table:
        name = " ".join(row[k] for k in key)
        if name in values:
            row["value"] = values[name]
    write_rows(path, names, table)


def refit_fast() -> None:
    """Fit, write `sets/adult.csv`, `start.csv` and the stored matrix, and print the table."""
    problem, x = fit.load_problem()
    x = fit.minimise(problem, x, print)
    p, slow = problem.unpack(x)
    all_states(p, slow)
    adult = [row["name"] for row in problem.free if row["scope"] == "adult"]
    rewrite(SETS / "adult.csv", {n: f"{float(p[n][0]):.6g}" for n in (*adult, *_DERIVED)})
    factors = {f"{s} {n}": f"{v:.6g}" for s, table in slow.items() for n, v in table.items()}
    rewrite(fit.HERE / "start.csv", factors, ("scope", "name"))
    parameter.entries.cache_clear()
    store_matrices()
    report()


def refit_slow() -> None:
    """Fit the constants of the slow laws, write them, and print the table."""
    problem = lives.load_fit()
    x = fit.minimise(problem, problem.start, print, nudge=lives.NUDGE)
    names = [row["name"] for row in problem.free]
    values = {n: f"{v:.4g}" for n, v in zip(names, np.exp(x), strict=True)}
    rewrite(laws.FILE, values)
    laws.rows.cache_clear()
    laws.standard.cache_clear()
    validation.write_physiology()
    lives.report()


def refit() -> None:
    """Fit the adult set, then, on top of it, the slow laws."""
    refit_fast()
    refit_slow()


def store_matrices() -> None:
    """Compute the two stored matrices of the solver for the adult set."""
    p = parameter.load()
    acute = p.copy()
    acute["eroa"] = 0.3
    np.savez(
        precondition.FILE,
        plain=precondition.compute(acute, settled(acute).start, reflex=False),
        reflex=precondition.compute(acute, settled(acute, reflex=True).start, reflex=True),
    )
    precondition.stored.cache_clear()


def refit_dog() -> None:
    """Fit what is canine, write `sets/dog.csv` and print the dog before and after its leak."""
    rewrite(DOG_FILE, dog.fit_dog())
    dog.report()


def report() -> None:
    """Print every target beside what the present set gives."""
    problem, x = fit.load_problem()
    p, slow = problem.unpack(x)
    exams = all_states(p, slow)
    print(f"{'state':31}{'finding':36}{'target':>9}{'model':>9}{'misses by':>11}")
    for row in problem.targets:
        value, off = fit.value_of(row, exams), fit.miss(row, exams)
        kind = row["against"].rsplit(" ", 1)[-1] if row["against"] else ""
        name = f"{row['finding']} {kind}".strip()
        print(f"{row['state']:31}{name:36}{float(row['target']):9.4g}{value:9.4g}{off:8.1f} SD")
    r = problem.residuals(x)
    print(f"cost {float(r @ r):.1f} over {len(problem.targets)} targets")
    bounds = zip(problem.free, x, problem.low, problem.high, strict=True)
    stuck = [f"{r['scope']} {r['name']}" for r, v, a, b in bounds if min(v - a, b - v) < 0.01]
    print("at a bound of the fit:", ", ".join(stuck) or "none")


def main() -> int:
    """Run one of the commands."""
    commands = {
        "refit": refit,
        "refit-fast": refit_fast,
        "refit-slow": refit_slow,
        "report": report,
        "time": validation.report_time,
        "validate": validation.write,
        "physiology": validation.write_physiology,
        "scale": people.fit_scaling,
        "dog": refit_dog,
        "precondition": store_matrices,
        "treatments": treatments.report,
    }
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        print(f"usage: python -m calibration {'|'.join(commands)}", file=sys.stderr)
        return 2
    commands[sys.argv[1]]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
