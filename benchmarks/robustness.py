"""Random patients over the whole declared range: who settles, how soon, and why not."""

from __future__ import annotations

import re
from collections import Counter
from time import process_time

import numpy as np

from benchmarks.table import Table
from mitral.circulation.state import STATE_FIELDS, VOLUME_COUNT
from mitral.parameters import parameter
from mitral.solver.settle import NOT_FINITE
from mitral.solver.solve import Solution, solve

RATE_BPM, EROA_CM2 = (40.0, 160.0), (0.0, 1.2)


def drawn(rng: np.random.Generator, spread: float | None) -> np.ndarray:
    """Random parameters: each over its declared range, or within a factor e^±spread of the adult.

    Ranges that begin above 0 are drawn evenly in the logarithm.
    """
    p = parameter.load()
    for d in parameter.definitions().values():
        low, high = d.low, d.high
        if spread is not None:
            middle = float(p[d.name][0])
            ends = sorted((middle * np.exp(-spread), middle * np.exp(spread)))
            low, high = np.clip(ends, low, high)
        p[d.name] = (
            np.exp(rng.uniform(np.log(low), np.log(high))) if low > 0 else rng.uniform(low, high)
        )
    p["hr"], p["eroa"] = rng.uniform(*RATE_BPM), rng.uniform(*EROA_CM2)
    return p


def drift_ml(solution: Solution) -> float:
    """How much the blood in the circulation changes within the last beat."""
    if solution.code == NOT_FINITE:
        return np.nan
    total = sum(solution.waveforms[name] for name in STATE_FIELDS[:VOLUME_COUNT])
    return float(np.ptp(total))


def reason(solution: Solution) -> str:
    """The message without its numbers, so that like reasons are counted together."""
    return re.sub(r"[-+]?\d[\d.e+-]*", "#", solution.message.split(":")[0])


def run(sets: int, seed: int) -> list[Table]:
    """Outcomes of `sets` random patients each, the reflex on in every other one."""
    table = Table(
        f"robustness: {sets} random parameter sets, seed {seed}, reflex in every other one",
        notes=["beats, drift and finiteness of the settled; CPU time of all"],
    )
    reasons = Table("robustness: outcomes in words")
    for label, spread in (("declared", None), ("adult e^±0.4", 0.4)):
        rng = np.random.default_rng(seed)
        outcomes: list[list[tuple[Solution, float, float, bool]]] = [[], []]
        words = [Counter(), Counter()]
        for i in range(sets):
            p, began = drawn(rng, spread), process_time()
            s = solve(p, reflex=bool(i % 2))
            cpu = 1e3 * (process_time() - began)
            finite = all(np.isfinite(s.waveforms[n]).all() for n in s.waveforms.dtype.names or ())
            slim = Solution(s.code, s.beats, s.steps, s.residual_ml, np.empty(0), s.start)
            outcomes[i % 2].append((slim, cpu, drift_ml(s), finite))
            words[i % 2][reason(s)] += 1
        for on, rows in enumerate(outcomes):
            good = [row for row in rows if row[0].code == 0]
            beats = np.percentile([row[0].beats for row in good] or [np.nan], (50, 90, 99, 100))
            cpus = [row[1] for row in rows]
            reflex = "on" if on else "off"
            table.add(
                range=label,
                reflex=reflex,
                sets=len(rows),
                settled=len(good),
                beats_50_percent=float(beats[0]),
                beats_90_percent=float(beats[1]),
                beats_99_percent=float(beats[2]),
                beats_most=float(beats[3]),
                CPU_ms=float(np.median(cpus)),
                slowest_CPU_ms=max(cpus),
                drift_mL=max((row[2] for row in good), default=np.nan),
                not_finite=sum(not row[3] for row in good),
            )
            for text, count in words[on].most_common():
                reasons.add(range=label, reflex=reflex, sets=count, outcome=text)
    return [table, reasons]
