"""Conditions on what is known of a person: met, not met, or undecidable for lack of a datum.

Kleene's three-valued logic. A group asks that `need` of its parts be met (all of them, any one, or
a number): it is met as soon as so many are, not met as soon as so many can no longer be, and
undecidable in between. What is missing then are the data of the parts that are open; a datum that
no longer matters is not asked for.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mitral.errors import InputError, unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Fact = float | bool | str | None
"""What is known of a datum: a number in its unit, yes or no, a word; None: nothing."""
_COMPARE = {
    "at_least": (operator.ge, "≥", "<"),
    "at_most": (operator.le, "≤", ">"),
    "above": (operator.gt, ">", "≤"),
    "below": (operator.lt, "<", "≥"),
}
"""How a number is compared, and the sign in words when that holds and when it does not."""
_MOST_DECIMALS = 4


@dataclass(frozen=True)
class Datum:
    """A datum by `name` with its `label`: a number in `unit`, one of `words`, else yes or no.

    `give`: the name in a patient file of what it comes from, where that is another.
    """

    name: str
    label: str
    unit: str = ""
    words: tuple[str, ...] = ()
    give: str = ""

    def value(self, facts: Mapping[str, Fact]) -> Fact:
        """What is known of it; an `InputError` for what it cannot be."""
        fact = facts.get(self.name)
        if fact is None or (isinstance(fact, float) and math.isnan(fact)):
            return None
        if self.unit:
            fits, wanted = isinstance(fact, int | float), f"a number in {self.unit}"
            fits = fits and not isinstance(fact, bool)
        elif self.words:
            fits, wanted = fact in self.words, f"one of {', '.join(self.words)}"
        else:
            fits, wanted = isinstance(fact, bool), "yes or no"
        if not fits:
            raise InputError(f"{self.name} is {fact!r}, not {wanted}")
        return fact


@dataclass(frozen=True)
class Outcome:
    """Whether a condition is `met` (None: undecidable), the `reasons`, and what is `missing`."""

    met: bool | None
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """One datum within all `limits` (comparison and number), or one of the `allowed` values."""

    datum: Datum
    limits: tuple[tuple[str, float], ...] = ()
    allowed: tuple[Fact, ...] = ()

    def judge(self, facts: Mapping[str, Fact]) -> Outcome:
        """Decided as soon as the datum is known."""
        value = self.datum.value(facts)
        if value is None:
            return Outcome(None, missing=(self.datum.give or self.datum.name,))
        if not self.limits:
            shown = value if isinstance(value, str) else "yes" if value else "no"
            return Outcome(value in self.allowed, (f"{self.datum.label}: {shown}",))
        number = float(value)
        held = [(name, limit, _COMPARE[name][0](number, limit)) for name, limit in self.limits]
        met = all(holds for *_, holds in held)
        return Outcome(met, tuple(self._words(number, *one) for one in held if one[2] == met))

    def _words(self, value: float, name: str, limit: float, holds: bool) -> str:
        """So many decimals that rounding does not change the side."""
        compare, yes, no = _COMPARE[name]
        decimals = 0
        while decimals < _MOST_DECIMALS and compare(round(value, decimals), limit) != holds:
            decimals += 1
        unit = self.datum.unit if self.datum.unit != "1" else ""
        sign = yes if holds else no
        return f"{self.datum.label} {value:.{decimals}f} {unit} {sign} {limit:g} {unit}".strip()

    def names(self) -> set[str]:
        """The data that it asks for."""
        return {self.datum.name}


@dataclass(frozen=True)
class Not:
    """The opposite of a condition."""

    part: Condition

    def judge(self, facts: Mapping[str, Fact]) -> Outcome:
        """Undecidable stays undecidable."""
        found = self.part.judge(facts)
        return Outcome(None if found.met is None else not found.met, found.reasons, found.missing)

    def names(self) -> set[str]:
        """The data that it asks for."""
        return self.part.names()


@dataclass(frozen=True)
class Group:
    """Met when `need` of the `parts` are."""

    need: int
    parts: tuple[Condition, ...]

    def judge(self, facts: Mapping[str, Fact]) -> Outcome:
        """The reasons are those of the parts that decide; of the decided ones while it is open."""
        found = [part.judge(facts) for part in self.parts]
        yes, no, open_ = ([one for one in found if one.met is way] for way in (True, False, None))
        if len(yes) >= self.need:
            return Outcome(True, _once(r for one in yes for r in one.reasons))
        if len(yes) + len(open_) < self.need:
            return Outcome(False, _once(r for one in no for r in one.reasons))
        decided = [one for one in found if one.met is not None]
        return Outcome(
            None,
            _once(r for one in decided for r in one.reasons),
            _once(name for one in open_ for name in one.missing),
        )

    def names(self) -> set[str]:
        """The data that it asks for."""
        return {name for part in self.parts for name in part.names()}


Condition = Comparison | Not | Group


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def condition(tree: Mapping[str, Any], data: Mapping[str, Datum], where: str) -> Condition:
    """A condition from plain values; an `InputError` names what is wrong `where`.

    {all: [...]}, {any: [...]}, {count: 2, of: [...]}, {not: {...}}, {datum: name, at_least: 40} (or
    at_most, above, below, several together), {datum: name, is: word} (or a list of words).
    """
    if "datum" in tree:
        return _comparison(dict(tree), data, where)
    if set(tree) == {"not"}:
        return Not(condition(tree["not"], data, where))
    if set(tree) not in ({"all"}, {"any"}, {"count", "of"}):
        raise InputError(
            f"{where}: {sorted(tree)} is no condition; known: all, any, count and of, not, datum"
        )
    rows = next(tree[name] for name in ("all", "any", "of") if name in tree)
    parts = tuple(condition(row, data, where) for row in rows)
    need = len(parts) if "all" in tree else tree.get("count", 1)
    if not (isinstance(need, int) and 1 <= need <= len(parts)):
        raise InputError(f"{where}: {need} of {len(parts)} conditions cannot be asked for")
    return Group(need, parts)


def _comparison(row: dict[str, Any], data: Mapping[str, Datum], where: str) -> Comparison:
    """One datum, with comparisons that fit its kind."""
    name = row.pop("datum")
    if name not in data:
        raise unknown_name(f"{where}: datum", str(name), data)
    datum = data[name]
    if datum.unit:
        for key in row:
            if key not in _COMPARE:
                raise unknown_name(f"{where}: comparison of {name}", str(key), _COMPARE)
        limits = tuple((key, float(limit)) for key, limit in row.items())
        if limits:
            return Comparison(datum, limits=limits)
    elif set(row) == {"is"}:
        allowed = tuple(row["is"]) if isinstance(row["is"], list) else (row["is"],)
        if allowed and all(one in (datum.words or (True, False)) for one in allowed):
            return Comparison(datum, allowed=allowed)
    raise InputError(f"{where}: {name} cannot be compared with {row}")
