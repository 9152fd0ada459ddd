"""A life in macro-steps: settle the beat, ask the slow laws, step, settle again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mitral.course.remodel import Person, rates
from mitral.course.slow import DAYS, NUDGE, SCALE, Slow, healthy, heart_at
from mitral.course.step import next_step, ros2
from mitral.course.stimuli import Stimuli, stimuli
from mitral.disease.compromise import failure
from mitral.disease.lung import Lung, advance
from mitral.errors import NotSettledError
from mitral.solver.settle import BEAT_LIMIT
from mitral.solver.solve import Solution, solve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mitral.course.laws import Laws

FIRST_STEP, LONGEST_STEP, SHORTEST_STEP, SHORT_STEP = 0.25, 120.0, 0.01, 6.0
"""Days."""
TOLERANCE = 3e-3
"""Largest difference between the formulas of first and second order in a step."""
INSTANT = 1e-6
"""Days; what comes suddenly on a day is there an instant later."""
BEAT_TOLERANCE_ML = 3e-3
"""mL; how exactly a beat settles on the way between visits."""
ROUGH_ML = 3e-2
"""mL; the same where only a slope is wanted."""
SLOWEST_BPM = 5.0
"""Nobody lives with less."""
NEAR_ML = 0.1
"""mL; a beat that swings no further from one to the next is taken as settled."""
_RENEW = 8
"""Accepted steps after which the stiff part of the Jacobian is taken anew."""


class FailureError(ArithmeticError):
    """The circulation cannot be kept up: why, in words."""


@dataclass(frozen=True)
class Moment:
    """A point of a life: `day`, slow state, parameters, settled beat, what is felt, lungs."""

    day: float
    slow: Slow
    parameters: np.ndarray
    solution: Solution
    stimuli: Stimuli
    lung: Lung
    worst: float


def untreated(_day: float, p: np.ndarray) -> np.ndarray:
    """The heart as it is."""
    return p


class Life:
    """The way of one person through time.

    `base(day)`: parameters of the heart at a day, without what the slow laws change. `person`: what
    these compare with. `treat(day, p)`: what a treatment makes of the whole heart. `parts`: equal
    parts that every step is split into, to measure the error.
    """

    def __init__(
        self,
        base: Callable[[float], np.ndarray],
        person: Person,
        laws: Laws,
        start: Moment,
        parts: int = 1,
        treat: Callable[[float, np.ndarray], np.ndarray] = untreated,
    ) -> None:
        self.base, self.person, self.laws, self.now, self.parts = base, person, laws, start, parts
        self.treat = treat
        self._beat: np.ndarray = start.solution.start

    def _heart(self, day: float, z: Slow) -> np.ndarray:
        return self.treat(day, heart_at(self.base(day), z, self.person.well.lap_mmhg))

    def _settle(self, p: np.ndarray, tolerance_ml: float = BEAT_TOLERANCE_ML) -> Solution:
        rate = float(p["hr"][0])
        if not rate > SLOWEST_BPM:
            # a step that went astray: a beat of minutes would take all memory
            raise FailureError(f"the heart beats only {rate:.2g} times a minute")
        solution = solve(p, start=self._beat, tolerance_ml=tolerance_ml)
        if solution.code:
            solution = solve(p, tolerance_ml=BEAT_TOLERANCE_ML)
        if solution.code and not (solution.code == BEAT_LIMIT and solution.residual_ml < NEAR_ML):
            raise FailureError(f"the beat does not settle any more ({solution.message})")
        self._beat = solution.start
        return solution

    def _felt(self, day: float, y: np.ndarray) -> tuple[np.ndarray, Solution, Stimuli]:
        p = self._heart(day, Slow(*y.tolist()))
        solution = self._settle(p)
        return p, solution, stimuli(p, solution)

    def _rates(self, y: np.ndarray, p: np.ndarray, s: Stimuli) -> np.ndarray:
        dilated = float(p["v0_lv"][0] / p["v0_lv_healthy"][0])
        lost = 1.0 - float(p["ctr_lv"][0])
        z = Slow(*y.tolist())
        return np.array(rates(z, s, self.person, self.now.worst, dilated, lost, self.laws))

    def _f(self, day: float, y: np.ndarray) -> np.ndarray:
        p, _, s = self._felt(day, y)
        return self._rates(y, p, s)

    def _jacobian(self, day: float, y: np.ndarray, first: np.ndarray, h: float) -> np.ndarray:
        """df/dy: by differences where quantities act on each other; the decay of mere followers.

        What takes months is not stiff in steps `h` of days.
        """
        k, beat = self.laws, self._beat
        decay = {"lap_month": k.tau_month, "loss_month": k.tau_month}
        decay |= {"pericardium": k.tau_pericardium, "orifice": k.tau_orifice}
        decay["lung_resistance"] = k.tau_lungs
        a = np.diag([-1.0 / decay[name] if name in decay else 0.0 for name in Slow._fields])
        for name in NUDGE if h > SHORT_STEP else DAYS:
            j, z, nudge = Slow._fields.index(name), y.copy(), NUDGE[name]
            z[j] += nudge
            self._beat = beat
            p = self._heart(day, Slow(*z.tolist()))
            near = self._settle(p, ROUGH_ML)
            a[:, j] = (self._rates(z, p, stimuli(p, near)) - first) / nudge
        self._beat = beat
        return a

    def until(self, stops: Sequence[float]) -> Iterator[Moment]:
        """Go on to the last of the ascending days `stops`; yield the moment after every step.

        Steps end on the stops. What begins on the present day has begun when this is called. Raises
        `FailureError` with the last moment that settled in `now`.
        """
        day, y = self.now.day + INSTANT, np.array(self.now.slow)
        h, jacobian, age = FIRST_STEP, np.zeros((y.size, y.size)), _RENEW
        p, solution, s = self._felt(day, y)
        for stop in stops:
            while day < stop - 1e-9:
                if age >= _RENEW:
                    jacobian, age = self._jacobian(day, y, self._rates(y, p, s), h), 0
                step = min(h, stop - day)
                if stop - day < 1.6 * step:
                    step = stop - day
                cut = step < h
                y, taken, wished = self._step(day, y, p, s, step, jacobian)
                # a step cut short by a stop tells little of what the next may be
                h = max(wished, h) if cut and taken == step else wished
                step, age = taken, age + 1
                lung, pressure = self.now.lung, s.capillary_mmhg
                day += step
                if stop - day < 1e-9:
                    day = stop
                p, solution, s = self._felt(day, y)
                lung = advance(lung, pressure, s.capillary_mmhg, step)
                z = Slow(*y.tolist())
                worst = min(self.now.worst, z.contractility)
                self.now = Moment(day, z, p, solution, s, lung, worst)
                yield self.now
                self._check(s)

    def _step(
        self,
        day: float,
        y: np.ndarray,
        p: np.ndarray,
        s: Stimuli,
        h: float,
        jacobian: np.ndarray,
    ) -> tuple[np.ndarray, float, float]:
        """The state after a step, its length, and the step to try next."""
        while True:
            try:
                after, error = y, 0.0
                part, first = h / self.parts, self._rates(y, p, s)
                for i in range(self.parts):
                    at = day + i * part
                    if i:
                        first = self._f(at, after)
                    after, off = ros2(self._f, at, after, first, part, jacobian)
                    error = max(error, self.parts**2 * float(np.max(np.abs(off) / SCALE)))
            except FailureError:
                if h <= SHORTEST_STEP:
                    raise
                h *= 0.25
                continue
            wished = min(next_step(h, error, TOLERANCE), LONGEST_STEP)
            if error <= 2.0 * TOLERANCE or h <= SHORTEST_STEP:
                return after, h, wished
            h = max(wished, SHORTEST_STEP)

    def _check(self, s: Stimuli) -> None:
        """Whether there still is a circulation."""
        failed = failure(s.map_mmhg, s.output / self.person.well.output)
        if failed:
            raise FailureError(failed)


def begin(
    base: Callable[[float], np.ndarray],
    well: np.ndarray,
    lung: Callable[[float], Lung],
    laws: Laws,
    day: float = 0.0,
    parts: int = 1,
) -> Life:
    """A life that is still healthy: `well` the healthy parameters, `lung(p_c)` its lungs."""
    solution = solve(well, reflex=False)
    felt = stimuli(well, solution)
    p = well.copy()
    p["map_set"], p["lap_set"] = felt.map_mmhg, felt.lap_mmhg
    person = Person(felt, felt, float(p["tbv"][0]), float(p["load_ref"][0]))
    moment = Moment(day, healthy(p), p, solution, felt, lung(felt.capillary_mmhg), 1.0)
    return Life(base, person, laws, moment, parts)


def switched(
    life: Life,
    *,
    base: Callable[[float], np.ndarray] | None = None,
    treat: Callable[[float, np.ndarray], np.ndarray] | None = None,
    laws: Laws | None = None,
) -> Life:
    """The same life from now on with another heart, treatment or other laws; `life` stays."""
    return Life(
        base or life.base,
        life.person,
        laws or life.laws,
        life.now,
        life.parts,
        treat or life.treat,
    )


def resume(life: Life, slow: Slow) -> Life:
    """The same person with a heart that has changed already, as in a steady state.

    The beat settles, and lungs, kidneys and muscle have come to terms with it.
    """
    p = heart_at(life.base(life.now.day + INSTANT), slow, life.person.well.lap_mmhg)
    solution = solve(p)
    if solution.code:
        raise NotSettledError(solution.message)
    felt = stimuli(p, solution)
    before = life.now.stimuli.capillary_mmhg
    lung = advance(life.now.lung, before, felt.capillary_mmhg, LONGEST_STEP)
    lung = advance(lung, felt.capillary_mmhg, felt.capillary_mmhg, LONGEST_STEP)
    worst = min(1.0, slow.contractility)
    now = Moment(life.now.day, slow, p, solution, felt, lung, worst)
    return Life(life.base, at_rest(life.person, felt, slow, life.laws), life.laws, now, life.parts)


def at_rest(person: Person, felt: Stimuli, slow: Slow, k: Laws) -> Person:
    """A person whose body has come to terms with what it feels.

    It holds the pressure and output it has, and stretch and stress are just what makes nothing
    grow any more: less of them lets the heart shrink, more lets it grow again.
    """
    stretch, stress = (
        felt.stretch_lv / (1.0 + k.stretch_from),
        felt.stress_max / (1.0 + k.stress_from),
    )
    held = felt._replace(stretch_lv=stretch, stress_max=stress)
    return person._replace(held=held, orifice=slow.orifice)
