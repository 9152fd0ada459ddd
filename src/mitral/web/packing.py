"""Answers made small for a file: curves as steps of whole numbers, numbers with few digits."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DIGITS = 6
"""Significant digits of a number; nobody is shown more than four."""
_DECIMALS = range(5)
"""Of a curve: `mitral.report.view` rounds none finer."""


def packed(value: Any) -> Any:
    """An answer with its curves (what is called `waves`) as steps, other numbers rounded."""
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    if isinstance(value, dict):
        return {key: _waves(one) if key == "waves" else packed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [packed(one) for one in value]
    return value


def _waves(waves: Mapping[str, Sequence[float]]) -> dict[str, list[int]]:
    return {name: steps(wave) for name, wave in waves.items()}


def steps(wave: Sequence[float]) -> list[int]:
    """A curve as whole numbers: parts of a unit, first value in parts, then every change."""
    tries = (10**decimals for decimals in _DECIMALS)
    per = next((per for per in tries if _fits(wave, per)), 10 ** _DECIMALS[-1])
    parts = [round(value * per) for value in wave]
    return [per, parts[0], *(after - before for before, after in pairwise(parts))]


def _fits(wave: Sequence[float], per: int) -> bool:
    """Whether so many parts of a unit tell the curve as it is."""
    return all(round(value * per) / per == value for value in wave)


def lean(view: Mapping[str, Any], first: Mapping[str, Any]) -> dict[str, Any]:
    """What of a beat differs from the first beat of the same heart; of parameters, each one."""
    made = {key: value for key, value in view.items() if value != first[key]}
    if "parameters" in made:
        known, found = first["parameters"], made["parameters"]
        made["parameters"] = {name: found[name] for name in found if found[name] != known[name]}
    return made
