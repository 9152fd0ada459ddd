"""The time axis of a course: even years, or stretched so that hours and decades can both be read.

After a sudden onset x = ((day - onset)/(last day - onset))^(1/3): a day, a month and a year of
fifteen stand at 6, 18 and 41 % of the width. What was before stands in a strip of its own. Every
tick carries its own unit, and small ticks at equal times show how the scale is bent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mitral.course.remodel import YEAR
from mitral.disease.causes import WAYS

if TYPE_CHECKING:
    from mitral.course.course import Course, Visit

SUDDEN = WAYS[0]
MONTH = YEAR / 12.0
"""Days."""
STRIP = 0.09
"""Width of what was before a sudden onset, as a share of the rest."""
_POWER = 1.0 / 3.0
_LEAST_SPAN = 1.0 / 24.0
_HOURS_UNTIL, _DAYS_UNTIL, _MONTHS_UNTIL = 1.0, 59.5, 11.5 * MONTH
_EVEN_DAYS_UNTIL, _EVEN_MONTHS_UNTIL = 75.0, 2.0 * YEAR
_TICK_DISTANCE = 0.052
_STEPS, _MOST_TICKS = (0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0), 12
_WANTED = (YEAR, MONTH, 1.0, 5.0 * YEAR, 10.0 * YEAR, 7.0, 3.0 * MONTH, 2.0 * YEAR, 20.0 * YEAR)
_ALSO = (3.0 * YEAR, 50.0 * YEAR, 15.0 * YEAR, 30.0 * YEAR, 1.0 / 24.0, 7.0 * YEAR, 6.0 * MONTH)


def when(day: float) -> str:
    """A time since the start in the largest fitting unit: '1 h', '30 d', '6 mo', '2.5 y'."""
    if day < _HOURS_UNTIL:
        return f"{24.0 * day:.0f} h"
    if day < _DAYS_UNTIL:
        return f"{day:.0f} d"
    if day < _MONTHS_UNTIL:
        return f"{day / MONTH:.0f} mo"
    return f"{float(f'{day / YEAR:.1f}'):g} y"


@dataclass(frozen=True)
class TimeAxis:
    """Where a day (of the course) stands: `x` from 0 at the start to 1 at the `end`.

    `start`: day 0, or of the onset if the axis is `bent`; then what was before stands left of 0.
    """

    start: float
    end: float
    bent: bool

    @classmethod
    def of(cls, course: Course) -> TimeAxis:
        """The axis of a course: bent from the onset on if that was sudden, else even."""
        settings = course.provenance.get("settings", {})
        sudden = settings.get("onset", SUDDEN) == SUDDEN
        start = YEAR * settings.get("onset_year", 0.0) if sudden else 0.0
        return cls(start, max(course.way[-1].day, start + _LEAST_SPAN), sudden)

    @property
    def left(self) -> float:
        """Where the axis begins."""
        return -STRIP if self.bent else 0.0

    def x(self, day: float) -> float:
        """Where a day stands."""
        share = max(day - self.start, 0.0) / (self.end - self.start)
        return share**_POWER if self.bent else share

    def line(self, days: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A quantity to draw; on a bent axis its last value before the onset holds until it."""
        if not self.bent:
            return np.array([self.x(day) for day in days]), values
        i = self._last_before(days)
        x = [-STRIP, 0.0, *(self.x(day) for day in days[i + 1 :])]
        return np.array(x), np.concatenate([values[[i, i]], values[i + 1 :]])

    def visits(self, visits: tuple[Visit, ...]) -> list[tuple[float, Visit]]:
        """Where each visit stands; of those before a sudden onset only the last, in the strip."""
        if not self.bent:
            return [(self.x(visit.day), visit) for visit in visits]
        i = self._last_before(np.array([visit.day for visit in visits]))
        return [(-0.5 * STRIP, visits[i]), *((self.x(v.day), v) for v in visits[i + 1 :])]

    def _last_before(self, days: np.ndarray) -> int:
        return max(int(np.searchsorted(days, self.start)) - 1, 0)

    def when(self, day: float) -> str:
        """A day in words, counted from the start of the axis."""
        if day > self.start:
            return when(day - self.start)
        if not self.bent:
            return "at start"
        return "at onset" if day == self.start > 0.0 else "before"

    def ticks(self) -> tuple[list[float], list[str]]:
        """Where ticks stand and what they say."""
        if self.bent:
            return self._bent_ticks()
        length, _ = self._even_unit()
        whole = self.end / length
        step = next(step for step in _STEPS if whole / step <= _MOST_TICKS)
        marks = [step * i for i in range(int(whole / step + 1e-9) + 1)]
        return [self.x(mark * length) for mark in marks], [f"{mark:g}" for mark in marks]

    def small_ticks(self) -> list[float]:
        """Days of the first month, months of the first year, then years."""
        if not self.bent:
            return []
        days = [*range(1, 30), *(MONTH * i for i in range(1, 12))]
        days += [YEAR * i for i in range(1, 101)]
        return [self.x(self.start + day) for day in days if day <= self.end - self.start]

    @property
    def name(self) -> tuple[str, str]:
        """What it shows, before it and after it."""
        return ("since onset", "uneven scale") if self.bent else (self._even_unit()[1], "")

    def _even_unit(self) -> tuple[float, str]:
        if self.end <= _EVEN_DAYS_UNTIL:
            return 1.0, "days"
        return (MONTH, "months") if self.end <= _EVEN_MONTHS_UNTIL else (YEAR, "years")

    def _bent_ticks(self) -> tuple[list[float], list[str]]:
        """The most wanted times that leave each other room; the end always."""
        span = self.end - self.start
        taken = {1.0: when(span), -0.5 * STRIP: "before"}
        for day in (*_WANTED, *_ALSO):
            x = self.x(self.start + day)
            if day <= span and all(abs(x - other) >= _TICK_DISTANCE for other in taken):
                taken[x] = _tick(day)
        return list(taken), list(taken.values())


def _tick(day: float) -> str:
    return "1 wk" if day == 7.0 else "1 mo" if day == MONTH else when(day)
