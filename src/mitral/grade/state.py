"""The state of a heart with a leak: normal, acute, compensated or decompensated, by rule.

An examiner's view: the heart now beside the same heart in health. Growth of the ventricle tells the
acute from the chronic, mean LA pressure and forward stroke volume the borne from the unborne. A
ventricle that is still growing into a sudden leak is large already while pressure is high and
output low; that it empties as a healthy muscle does (high EF, end-systolic volume as in health)
tells it from one that has worn out. The rules are this program's own, the names those of the
textbook figure (Carabello 1988); for three stages of the chronic leak see Gaasch 2008.
Source: Carabello 1988, Gaasch 2008, Otto 2021 (EF of a severe leak).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mitral.grade.criteria import compare, cutoff
from mitral.grade.severity import grade
from mitral.measure.anatomy import NOT_SEEN

if TYPE_CHECKING:
    from mitral.measure.anatomy import Anatomy
    from mitral.measure.exam import Exam

STATES = ("normal", "acute", "compensated", "decompensated")


@dataclass(frozen=True)
class State:
    """The state of a heart: `name`, one of `STATES`; `reasons`: numbers, limits, the rule."""

    name: str
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return {"name": self.name, "reasons": list(self.reasons)}


@dataclass(frozen=True)
class _Signs:
    """What the rules ask; `reserve`: it empties as a healthy muscle does; `words` say each."""

    early: bool
    new: bool
    leaking: bool
    grown: bool
    congested: bool
    starved: bool
    weak: bool
    reserve: bool
    words: tuple[str, ...]

    @property
    def strained(self) -> bool:
        """Whether the leak is not borne: lungs congested or output reduced."""
        return self.congested or self.starved


def heart_state(
    exam: Exam,
    healthy: Exam,
    days_since_onset: float | None = None,
    anatomy: Anatomy = NOT_SEEN,
) -> State:
    """The state of a heart, by its findings, and by the calendar only where these do not tell.

    `healthy`: the same person in health; `days_since_onset`: since the leak came, or suddenly
    grew; None: not known, then the findings alone tell whether it is early; `anatomy`: what the
    grade has to know. Raises `InputError` for a volume, EF or LA pressure that was not measurable.
    """
    days = math.nan if days_since_onset is None else days_since_onset
    early, new = not days >= cutoff("state_early_days"), days < cutoff("state_new_days")
    signs = _signs(exam, healthy, grade(exam, anatomy).severity, early, new)
    name, rule = _with_leak(signs) if signs.leaking else _without_leak(signs)
    when = (f"Day {days:.0f} of the leak.",) if days >= 0.0 else ()
    return State(name, (*signs.words, *when, rule))


def _signs(exam: Exam, healthy: Exam, severity: str, early: bool, new: bool) -> _Signs:
    """Every finding beside its limit, which depends on severity, growth and time."""

    def own(what: str, field: str, name: str, *, strict: bool = False) -> tuple[bool, str]:
        now, before = getattr(exam, field), getattr(healthy, field)
        beside = f"{what} {now:.0f} mL, of {before:.0f} mL in health"
        return compare(beside, 100.0 * now / before, name, strict=strict)

    leaking = severity in ("moderate", "severe")
    limit = "stage_ef_percent" if severity == "severe" else "state_ef_percent"
    ef, la = exam.lv_ef_percent, exam.la_pressure_mean_mmhg
    grown, edv = own("EDV", "lv_edv_ml", "state_edv_percent")
    flows, forward = own("Forward stroke", "forward_stroke_volume_ml", "state_forward_percent")
    fresh = leaking and early and not grown
    high = "state_early_la_mmhg" if fresh else "state_la_mmhg"
    congested, pressure = compare("Mean LA pressure", la, high)
    strong, force = compare("EF", ef, limit, strict=True)
    vigorous, reserve = compare("EF", ef, "state_reserve_ef_percent", strict=True)
    residue, esv = own("ESV", "lv_esv_ml", "state_reserve_esv_percent", strict=True)
    words = [f"Leak: {severity}.", *(f"{w}." for w in (edv, forward, pressure, force, esv))]
    if strong and not vigorous:
        words.append(f"{reserve}.")
    return _Signs(
        early=early,
        new=new,
        leaking=leaking,
        grown=grown,
        congested=congested,
        starved=not flows,
        weak=not strong,
        reserve=vigorous and not residue,
        words=tuple(words),
    )


def _with_leak(signs: _Signs) -> tuple[str, str]:
    """Name and rule for a leak that is at least moderate."""
    if not signs.grown and signs.strained and signs.early:
        return "acute", "The leak is not borne, and the ventricle has not grown: acute."
    if signs.grown and signs.strained and signs.reserve and signs.early:
        return "acute", "The ventricle is growing into the leak with a healthy muscle: still acute."
    if signs.strained and signs.new:
        return "acute", "The leak is new and not borne: acute, although the muscle is weak."
    if signs.weak:
        return "decompensated", "The muscle is weak: decompensated."
    if signs.strained:
        why = "the muscle empties less than in health" if signs.early else "it is no longer new"
        return "decompensated", f"The leak is not borne, and {why}: decompensated."
    how = "The ventricle has grown and" if signs.grown else "Without growth the heart"
    return "compensated", f"{how} bears the leak: compensated."


def _without_leak(signs: _Signs) -> tuple[str, str]:
    """Name and rule for at most a mild leak; low output alone may be a lack of blood."""
    if signs.weak or signs.congested:
        return "decompensated", "The heart fails without much of a leak: decompensated."
    if signs.grown:
        return "compensated", "The ventricle is large, the leak is not: compensated."
    return "normal", "At most a mild leak, neither growth nor congestion: normal."
