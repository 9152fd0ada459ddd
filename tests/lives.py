"""Lives that the tests of the course share: each is lived once in a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from mitral.course import laws
from mitral.course.life import FailureError, Life, Moment, begin
from mitral.course.onset import Onset
from mitral.course.remodel import YEAR
from mitral.disease.lung import healthy_lung
from mitral.parameters.personalise import REFERENCE_WEIGHT_KG
from tests.states import man, with_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

EARLY = (1.0, 7.0, 30.0, 91.0, 182.0)


@dataclass(frozen=True, repr=False)
class Lived:
    """What was lived: every moment, the life as it is at the end, and why it failed ('': not)."""

    moments: tuple[Moment, ...]
    life: Life
    failure: str

    def at(self, day: float) -> Moment:
        """The moment of a day at which a step ended."""
        return next(m for m in self.moments if abs(m.day - day) < 1e-6)

    def until(self, day: float) -> list[Moment]:
        """The moments up to a day, health at the beginning left out."""
        return [m for m in self.moments[1:] if m.day <= day + 1e-6]

    def feeble_day(self) -> float:
        """The first day with an ejection fraction below 60 %; infinite if there was none."""
        return next((m.day for m in self.moments if ef_percent(m) < 60.0), np.inf)


def ef_percent(m: Moment) -> float:
    """Left ventricular ejection fraction of a moment."""
    return 100.0 * (1.0 - m.stimuli.esv_ml / m.stimuli.edv_ml)


def flail(
    eroa: float, onset_years: float = 0.0, insults: Mapping[str, float] | None = None
) -> Onset:
    """A leak that comes over the healthy man, a jump or a ramp from day 0."""
    well = man()
    return Onset(well, with_values(well, {"eroa": eroa}), insults or {}, 0.0, onset_years)


def born(
    heart: Callable[[float], np.ndarray], parts: int = 1, well: np.ndarray | None = None
) -> Life:
    """A person healthy on day 0 (the man if not another), whose heart will be `heart(day)`."""
    kg, p = REFERENCE_WEIGHT_KG, man() if well is None else well
    return begin(heart, p, lambda p_c: healthy_lung(kg, p_c), laws.standard(), parts=parts)


def live(life: Life, stops: Sequence[float]) -> Lived:
    """Live on to the last of the days `stops`, or until the circulation fails."""
    moments, failure = [life.now], ""
    try:
        moments.extend(life.until(stops))
    except FailureError as error:
        failure = str(error)
    if life.now is not moments[-1]:
        moments.append(life.now)
    return Lived(tuple(moments), life, failure)


def stops_of(years: float) -> list[float]:
    """The days of `EARLY`, then every half year."""
    halves = [0.5 * YEAR * i for i in range(2, int(2.0 * years) + 1)]
    return [day for day in (*EARLY, *halves) if day <= years * YEAR]


@cache
def lived(eroa: float, years: float, onset_years: float = 0.0, parts: int = 1) -> Lived:
    """Years with a leak."""
    return live(born(flail(eroa, onset_years).heart, parts), stops_of(years))
