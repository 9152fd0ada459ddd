"""`python -m benchmarks [KIND]`: one of those in KINDS, or all of them."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from benchmarks import (
    compare,
    course,
    machine,
    page,
    peers,
    precision,
    robustness,
    settle,
    start,
    transient,
)

KINDS = (
    *("settle", "precision", "transient", "course", "compare"),
    *("peers", "start", "page", "robustness"),
)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=(*KINDS, "all"))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the tables there too")
    parser.add_argument("--repeats", type=int, default=31, help="of each timed call (31)")
    parser.add_argument("--sets", type=int, default=1000, help="random patients (1000)")
    parser.add_argument("--seed", type=int, default=1, help="of the random patients (1)")
    parser.add_argument(
        "--modularcirc",
        metavar="PYTHON",
        default=os.environ.get("MODULARCIRC_PYTHON"),
        help="interpreter of an environment with ModularCirc ($MODULARCIRC_PYTHON)",
    )
    return parser.parse_args()


def main() -> None:
    """Run what was asked for, printing each table as it is ready."""
    asked = arguments()
    runs = {
        "settle": lambda: settle.run(asked.repeats),
        "precision": lambda: precision.run(asked.repeats),
        "transient": lambda: transient.run(asked.repeats),
        "course": lambda: course.run(min(asked.repeats, 11)),
        "compare": lambda: compare.run(min(asked.repeats, 7)),
        "peers": lambda: peers.run(asked.repeats, asked.modularcirc),
        "start": lambda: start.run(7),
        "page": lambda: page.run(max(60, asked.repeats)),
        "robustness": lambda: robustness.run(asked.sets, asked.seed),
    }
    described = machine.describe()
    print("\n".join(f"{name:8s}{value}" for name, value in described.items()), end="\n\n")
    tables = []
    for kind in KINDS if asked.what == "all" else (asked.what,):
        for table in runs[kind]():
            print(table, flush=True)
            tables.append({"kind": kind, **table.as_dict()})
    if asked.json:
        text = json.dumps({"machine": described, "tables": tables}, indent=1, ensure_ascii=False)
        asked.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
