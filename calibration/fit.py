"""Levenberg-Marquardt on the logarithms of the free parameters, with bounds and weak priors."""

from __future__ import annotations

import csv
import math
import time
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import Pool
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from calibration import klotz
from calibration.states import CannotSettleError, all_states
from mitral.files import atomic
from mitral.parameters import parameter

if TYPE_CHECKING:
    from collections.abc import Callable

    from mitral.measure.exam import Exam

HERE = Path(__file__).parent
PRIOR_WEIGHT = 0.25
_FAILED = 30.0
_STEP = 2e-3


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder."""
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, names: list[str], table: list[dict[str, str]]) -> None:
    """Write a table in place of an old one, whole or not at all."""
    with atomic(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


@dataclass(frozen=True)
class Search:
    """What may move (`free`: rows with `low` and `high`) and how far."""

    free: list[dict[str, str]]

    @cached_property
    def low(self) -> np.ndarray:
        """Logarithms of the lower bounds."""
        return np.log([float(row["low"]) for row in self.free])

    @cached_property
    def high(self) -> np.ndarray:
        """Logarithms of the upper bounds."""
        return np.log([float(row["high"]) for row in self.free])


@dataclass(frozen=True)
class Problem(Search):
    """Free parameters, targets (`targets`) and where the search starts."""

    targets: list[dict[str, str]]
    base: np.ndarray
    start: np.ndarray

    def unpack(self, x: np.ndarray) -> tuple[np.ndarray, dict[str, dict[str, float]]]:
        """A parameter record and the slow factors of each chronic state."""
        p = self.base.copy()
        slow: dict[str, dict[str, float]] = {}
        for row, value in zip(self.free, np.exp(x), strict=True):
            if row["scope"] == "adult":
                p[row["name"]] = value
            else:
                slow.setdefault(row["scope"], {})[row["name"]] = float(value)
        return p, slow

    def residuals(self, x: np.ndarray) -> np.ndarray:
        """Departures from targets, passive curve and priors, each over its standard deviation."""
        sd = np.array([float(row["prior_sd"]) for row in self.free])
        prior = PRIOR_WEIGHT * (x - self.start) / sd
        p, slow = self.unpack(x)
        try:
            exams = all_states(p, slow)
        except CannotSettleError:
            return np.full(len(self.targets) + len(klotz.CURVE) + len(x), _FAILED)
        misses = [miss(row, exams) for row in self.targets]
        return np.array([*misses, *klotz.residuals(p), *prior])


def value_of(row: dict[str, str], exams: dict[str, Exam]) -> float:
    """What a target's finding is: itself, its ratio to, or its difference from another state."""
    found = float(getattr(exams[row["state"]], row["finding"]))
    if not row["against"]:
        return found
    state, kind = row["against"].rsplit(" ", 1)
    other = float(getattr(exams[state], row["finding"]))
    return found / other if kind == "ratio" else found - other


def miss(row: dict[str, str], exams: dict[str, Exam]) -> float:
    """How far a finding is from its target, in standard deviations."""
    value = value_of(row, exams)
    if not math.isfinite(value):
        return _FAILED / 3.0
    return (value - float(row["target"])) / float(row["sd"])


def load_problem(from_set: str = "adult") -> tuple[Problem, np.ndarray]:
    """The problem, and the present values to begin from."""
    base = parameter.load(from_set)
    free = rows("free.csv")
    slow = {(row["scope"], row["name"]): float(row["value"]) for row in rows("start.csv")}
    first = [
        slow[row["scope"], row["name"]] if row["scope"] != "adult" else float(base[row["name"]][0])
        for row in free
    ]
    problem = Problem(free, rows("targets.csv"), base, np.zeros(len(free)))
    x = np.clip(np.log(first), problem.low + 1e-6, problem.high - 1e-6)
    return Problem(free, problem.targets, base, x), x


def _bounded_step(
    a: np.ndarray, g: np.ndarray, damping: float, x: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """Damped Gauss-Newton step with parameters at a bound held there."""
    free = np.ones(x.size, dtype=bool)
    step = np.zeros(x.size)
    for _ in range(5):
        step = np.zeros(x.size)
        m = a[np.ix_(free, free)]
        scale = np.diag(np.maximum(np.diag(m), 1e-3))
        step[free] = -np.linalg.solve(m + damping * scale, g[free])
        stuck = ((x <= low + 1e-9) & (step < 0)) | ((x >= high - 1e-9) & (step > 0))
        if not (stuck & free).any():
            break
        free &= ~stuck
    return np.clip(x + np.clip(step, -0.35, 0.35), low, high)


class Searchable(Protocol):
    """What can be minimised: residuals of the parameters' logarithms, and bounds of these."""

    low: cached_property[np.ndarray]
    high: cached_property[np.ndarray]

    def residuals(self, x: np.ndarray) -> np.ndarray:
        """What is to become small."""
        ...


def minimise(
    problem: Searchable,
    x: np.ndarray,
    say: Callable[[str], None],
    rounds: int = 40,
    nudge: float = _STEP,
) -> np.ndarray:
    """Least squares from `x`; returns the parameters' logarithms. `say` gets a line a round.

    `nudge`: difference for the Jacobian, larger than what the residuals are uncertain by.
    """
    began, damping = time.monotonic(), 1.0
    r = problem.residuals(x)
    with Pool() as pool:
        for turn in range(rounds):
            signs = np.where(x + nudge < problem.high, nudge, -nudge)
            trials = [x + d for d in np.diag(signs)]
            jacobian = np.array(pool.map(problem.residuals, trials, chunksize=2)) - r
            j = (jacobian / signs[:, None]).T
            cost, better = float(r @ r), None
            for _ in range(8):
                y = _bounded_step(j.T @ j, j.T @ r, damping, x, problem.low, problem.high)
                s = problem.residuals(y)
                if float(s @ s) < cost:
                    better = y, s
                    break
                damping *= 4.0
            if better is None:
                break
            x, r = better
            damping = max(damping / 5.0, 1e-6)
            say(f"round {turn + 1}: cost {float(r @ r):.2f} ({time.monotonic() - began:.0f} s)")
            if cost - float(r @ r) < 1e-3 * cost:
                break
    return x
