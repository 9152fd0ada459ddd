"""One patient, several treatments, now and years later."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from mitral.course.course import FAILED, Course, run, visit_days
from mitral.course.life import Life, switched
from mitral.course.remodel import YEAR
from mitral.errors import InputError
from mitral.patient.record import Patient
from mitral.treatment.apply import check_together
from mitral.treatment.arms import Arm, Comparison, arm, waits
from mitral.treatment.prescription import Prescription, prescribe
from mitral.treatment.valve import anatomy_after
from mitral.workflow.course import ESTABLISHED, LONGEST_YEARS, Start, check_years, started
from mitral.workflow.person import provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

USUAL_YEAR = 1.0
"""When treatment begins unless said, counted from the day on which the leak is complete."""
_HOUR = 1.0 / 24.0
"""Days; nobody is treated sooner after a sudden onset."""


def compare(
    patient: Patient | None = None,
    with_: Sequence[str] = ("none", "repair"),
    years: float = 5.0,
    *,
    at: float | Sequence[float] | None = None,
    onset: str | None = None,
    onset_year: float = 0.0,
    changes: Mapping[str, str | float] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Comparison:
    """Follow the same patient with each treatment, for years after the last of them.

    `with_`: an arm each, as written: 'none', 'teer:2clips', 'repair+diuretic:400mL'. `at`: year of
    treatment, or several (then an arm for each; waiting is one arm whenever it begins); left out:
    a year after the leak is complete, or 0 for a patient whose heart has grown. `progress` is told
    the share of the work done, after every step. The rest as in `follow`.
    Raises `InputError` for what cannot be used, and for treatment before the disease.
    """
    patient, changes = patient or Patient(), dict(changes or {})
    plans = {text: _prescribed(text) for text in with_}
    if not plans:
        raise InputError("no treatment is given; `mitral treatments` lists them")
    _check(years, onset, onset_year)
    start = started(patient, onset, onset_year, changes)
    times = _times(at, start)
    end = times[-1] + years
    todo = [
        (year, given, text if len(times) == 1 or waits(given) else f"{text}, year {year:g}")
        for year in times
        for text, given in plans.items()
        if year == times[0] or not waits(given)
    ]
    share = _Share(progress, times[-1] + sum(end - year for year, _, _ in todo))
    lead, lives = _lead(start, times, share.over(0.0, times[-1]))
    arms: list[Arm] = []
    for year, given, name in todo:
        valve = anatomy_after(start.examiner.anatomy, given)
        tell = share.over(year, end)
        life, end_day = lives[times.index(year)], end * YEAR
        arms.append(arm(life, start.onset, start.examiner, given, valve, end_day, name, tell))
    if progress:
        progress(1.0)
    settings = {"with": list(plans), "years": years, "at": times, **start.settings}
    return Comparison(patient, lead, tuple(arms), provenance(patient, settings))


class _Share:
    """Tells how much of `total` years is done, when they are gone through piece by piece."""

    def __init__(self, tell: Callable[[float], None] | None, total: float) -> None:
        self._tell, self._total, self._done = tell, total, 0.0

    def over(self, first: float, last: float) -> Callable[[float], None] | None:
        """What the next piece, from one year to another, is to tell its year to."""
        tell, before, total = self._tell, self._done - first, self._total
        self._done += last - first
        return None if tell is None else lambda year: tell(min((before + year) / total, 1.0))


def _prescribed(text: str) -> list[Prescription]:
    """The treatments of an arm, e.g. 'repair+diuretic:400mL'."""
    given = [prescribe(part) for part in text.split("+")]
    check_together([one.treatment for one in given])
    for one in given:
        if one.target is not None:
            raise InputError(
                f"{text}: over years a dose cannot be set by what it should reach; `mitral treat` "
                "finds the dose, give it here as a number"
            )
    return given


def _check(years: float, onset: str | None, onset_year: float) -> None:
    check_years(years, onset)
    if not (math.isfinite(onset_year) and 0.0 <= onset_year <= LONGEST_YEARS):
        raise InputError(f"onset_year is {onset_year:g}, outside 0 to {LONGEST_YEARS:g} years")


def _times(at: float | Sequence[float] | None, start: Start) -> list[float]:
    """The years of treatment, in order, checked."""
    complete = start.onset.days[1] / YEAR
    usual = 0.0 if start.way == ESTABLISHED else complete + USUAL_YEAR
    wanted = [usual] if at is None else [at] if isinstance(at, int | float) else list(at)
    begins = 0.0 if start.way == ESTABLISHED else start.onset.day / YEAR
    for year in wanted:
        if not (math.isfinite(year) and begins <= year <= LONGEST_YEARS):
            raise InputError(
                f"at is year {year:g}, outside {begins:g} to {LONGEST_YEARS:g}: treatment cannot "
                "come before the disease"
            )
        if start.onset.years > 0.0 and year == begins:
            raise InputError(f"at is year {year:g}, when the leak has only begun to come; wait")
    return sorted(set(wanted))


def _lead(
    start: Start, times: Sequence[float], progress: Callable[[float], None] | None
) -> tuple[Course, list[Life]]:
    """The course until the last treatment, and the life as it is at each."""
    life, lives, parts = start.life, list[Life](), list[Course]()
    for year in times:
        day = max(year * YEAR, start.onset.day + _HOUR if start.way != ESTABLISHED else 0.0)
        if day > life.now.day:
            planned = visit_days(day / YEAR, start.onset, fresh=start.way != ESTABLISHED)
            days = [d for d in planned if d > life.now.day]
            part = run(life, start.onset, start.examiner, days, progress=progress)
            parts.append(part)
            if part.outcome == FAILED:
                raise InputError(
                    f"in this model the circulation fails before treatment in year {year:g} "
                    f"({part.reason}); treat earlier"
                )
        lives.append(switched(life))
    if not parts:
        return Course((start.examiner.visit(life.now),), (), "", "", None), lives
    visits = [*parts[0].visits, *(v for part in parts[1:] for v in part.visits[1:])]
    way = [*parts[0].way, *(p for part in parts[1:] for p in part.way[1:])]
    return replace(parts[-1], visits=tuple(visits), way=tuple(way)), lives
