"""The lives that the tables of time in `docs/validation.md` are read from, each run once."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from calibration import lives
from mitral.course import laws
from mitral.course.course import Body, Course, Examiner, run, visit_days
from mitral.course.life import FailureError, Moment, begin
from mitral.course.onset import Onset
from mitral.disease.causes import anatomy_of, find
from mitral.disease.lung import healthy_lung
from mitral.parameters import parameter
from mitral.parameters.personalise import (
    REFERENCE_AGE_YEARS,
    REFERENCE_BSA_M2,
    REFERENCE_WEIGHT_KG,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

EROA_CM2 = 0.46
"""The lesion of the textbook's chronic states, as in `lives.csv`."""
HOUR = 1.0 / 24.0
STOPS = (
    HOUR,
    *lives.STOPS,
    *(lives.YEAR * year for year in range(2, lives.YEARS + 1)),
)
"""Days on which every life has a moment."""


@cache
def of_case(case: str) -> Sequence[Moment]:
    """The life of a case of `lives.csv`."""
    return lives.moments_of(case, laws.standard())


@cache
def sudden(eroa: float = EROA_CM2, halve: int = 1) -> Sequence[Moment]:
    """The reference adult's life with a lesion (cm²) that opens on day 0, to its end or 20 years.

    `halve`: into how many parts every macro-step is split.
    """
    way = lives.life(eroa, laws.standard(), halve)
    moments = [way.now]
    with suppress(FailureError):
        moments += way.until(sorted(STOPS))
    return moments


@cache
def course(
    cause: str, years: float, onset_years: float | None = None, eroa: float | None = None
) -> Course:
    """The reference adult's course with a cause, as usual unless onset or lesion is given."""
    about, well = find(cause), parameter.load()
    ill = well.copy()
    for name, value in about.parameters.items():
        ill[name] = value
    ill["eroa"] = about.eroa_cm2 if eroa is None else eroa
    came = about.course.years if onset_years is None else onset_years
    drift = about.course.progression_cm2_per_year
    onset = Onset(well, ill, about.factors, 0.0, came, drift)
    life = begin(
        onset.heart, well, lambda p_c: healthy_lung(REFERENCE_WEIGHT_KG, p_c), laws.standard()
    )
    body = Body(REFERENCE_BSA_M2, REFERENCE_WEIGHT_KG, REFERENCE_AGE_YEARS)
    examiner = Examiner(body, anatomy_of(cause), onset.day, life.now)
    return run(life, onset, examiner, visit_days(years, onset))
