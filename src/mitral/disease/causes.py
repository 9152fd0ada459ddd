"""Causes of the leak: what each changes in the healthy heart, as data in `causes.yaml`."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mitral.errors import InputError, out_of_range, unknown_name
from mitral.files import load_yaml
from mitral.measure.anatomy import Anatomy
from mitral.parameters.parameter import check, definitions, entries

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent / "causes.yaml"
CARPENTIER = ("I", "II", "IIIa", "IIIb")
ONSETS = ("acute", "chronic")
MODES = ("fixed", "late_systolic", "functional", "mixed", "perforation")
WAYS = ("sudden", "gradual")
"""How a lesion comes about."""
SLOWEST_YEARS, FASTEST_DRIFT = 60.0, 0.3
"""Longest gradual onset (years) and fastest drift of a lesion (cm² a year) that can be given."""


@dataclass(frozen=True)
class NaturalHistory:
    """How a lesion comes and goes on, left alone.

    `onset` sudden, or gradual over `years` until the cause is as described; from then on the lesion
    (`eroa`) drifts by `progression_cm2_per_year`, which stands on `progression_source`.
    """

    onset: str
    years: float
    progression_cm2_per_year: float
    progression_source: str


@dataclass(frozen=True)
class Cause:
    """One cause of mitral regurgitation.

    `name`, `label`, `synonyms` (normalised), `description` in plain words; `carpentier`: types of
    leaflet motion; `onset` acute or chronic; `mode` of the orifice, one of `MODES`; `eroa_cm2`:
    orifice unless another is given (0: the size of the ventricle makes it); `parameters`: values by
    parameter name; `factors`: the insult, times the healthy value; `established`: times that, in a
    heart that has lived with it for years; `course` over the years; `anatomy`: what a look at the
    valve tells; `sources`: bibliography keys or 'assumed'; `note`. Whether the leak is acute
    follows from `onset`.
    """

    name: str
    label: str
    synonyms: tuple[str, ...]
    description: str
    carpentier: tuple[str, ...]
    onset: str
    mode: str
    eroa_cm2: float
    parameters: Mapping[str, float]
    factors: Mapping[str, float]
    established: Mapping[str, float]
    course: NaturalHistory
    anatomy: Anatomy
    sources: tuple[str, ...]
    note: str

    def heart(self, established: bool) -> dict[str, float]:
        """Factors of the heart: the insult, or what years have made of it."""
        return _product(self.factors, self.established if established else {})


def _product(first: Mapping[str, float], second: Mapping[str, float]) -> dict[str, float]:
    return {name: first.get(name, 1.0) * second.get(name, 1.0) for name in {**first, **second}}


def normalise(name: str) -> str:
    """A name in small letters without accents, anything but letters and digits as `_`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "_".join(words)


def parse(text: str) -> dict[str, Cause]:
    """Causes by name from the text of a file; an `InputError` names whatever is wrong with it."""
    try:
        data = load_yaml(text)
        rows = [_cause(row) for row in data["causes"]]
        owner = {normalise(name): "the leak itself" for name in data["condition"]}
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as fault:
        raise InputError(f"causes are not as expected: {fault!r}") from fault
    for cause in rows:
        for name in (cause.name, *cause.synonyms):
            if name in owner:
                raise InputError(f"'{name}' names both {owner[name]} and {cause.name}")
            owner[name] = cause.name
    return {cause.name: cause for cause in rows}


def _cause(row: dict[str, Any]) -> Cause:
    """One entry, checked."""
    name = row["name"]
    if name != normalise(name):
        raise InputError(f"cause '{name}' should be written {normalise(name)}")
    for kind, value, known in (
        *((f"Carpentier type of {name}", kind, CARPENTIER) for kind in row["carpentier"]),
        (f"onset of {name}", row["onset"], ONSETS),
        (f"mode of {name}", row["mode"], MODES),
    ):
        if value not in known:
            raise unknown_name(kind, value, known)
    parameters = {key: check(key, float(value)) for key, value in row["parameters"].items()}
    factors, established = (
        {key: _factor(key, float(value)) for key, value in row.get(part, {}).items()}
        for part in ("factors", "established")
    )
    for key, factor in _product(factors, established).items():
        _factor(key, factor)
        if key in parameters:
            raise InputError(f"cause '{name}' gives {key} as value and as factor")
    if not row["sources"]:
        raise InputError(f"cause '{name}' has no source")
    return Cause(
        name=name,
        label=row["label"],
        synonyms=tuple(normalise(synonym) for synonym in row["synonyms"]),
        description=row["description"].strip(),
        carpentier=tuple(row["carpentier"]),
        onset=row["onset"],
        mode=row["mode"],
        eroa_cm2=check("eroa", float(row["eroa_cm2"])),
        parameters=parameters,
        factors=factors,
        established=established,
        course=_course(name, **row["course"]),
        anatomy=Anatomy(**row["anatomy"]),
        sources=tuple(row["sources"]),
        note=row["note"],
    )


def _factor(name: str, factor: float) -> float:
    """`factor` if it is above 0 and leaves the reference adult's parameter within its range."""
    if name not in definitions():
        raise unknown_name("parameter", name, definitions())
    if not (math.isfinite(factor) and factor > 0.0):
        raise InputError(f"factor of {name} is {factor}, not a number above 0")
    check(name, entries()[name].value * factor)
    return factor


def _course(
    name: str,
    *,
    onset: str,
    years: float,
    progression_cm2_per_year: float,
    progression_source: str,
) -> NaturalHistory:
    """The course of cause `name`, checked."""
    if onset not in WAYS:
        raise unknown_name(f"course of {name}: onset", onset, WAYS)
    for label, value, unit, high in (
        ("years", years, "years", SLOWEST_YEARS),
        ("progression_cm2_per_year", progression_cm2_per_year, "cm² a year", FASTEST_DRIFT),
    ):
        if not 0.0 <= value <= high:
            raise out_of_range(f"course of {name}: {label}", value, unit, 0.0, high)
    if (onset == "gradual") != (years > 0.0):
        wanted = "0 years" if onset == "sudden" else "more than 0 years"
        raise InputError(f"course of {name}: {years:g} years; a {onset} onset takes {wanted}")
    if not progression_source:
        raise InputError(f"course of {name} has no progression_source")
    return NaturalHistory(onset, float(years), float(progression_cm2_per_year), progression_source)


@cache
def _text() -> str:
    return _FILE.read_text(encoding="utf-8")


@cache
def _causes() -> dict[str, Cause]:
    return parse(_text())


@cache
def condition_names() -> tuple[str, ...]:
    """Names of the leak itself, as people write them."""
    return tuple(load_yaml(_text())["condition"])


def all_causes() -> tuple[Cause, ...]:
    """Every cause, in the order of the file."""
    return tuple(_causes().values())


def find(name: str) -> Cause:
    """The cause of that name or synonym; an `InputError` offers the nearest if there is none."""
    wanted = normalise(name)
    by_name = {known: cause for cause in all_causes() for known in (cause.name, *cause.synonyms)}
    if wanted in by_name:
        return by_name[wanted]
    if wanted in map(normalise, condition_names()):
        raise InputError(
            f"'{name}' is the leak itself, not a cause of it; causes are {', '.join(_causes())} "
            "(`mitral causes` explains them)"
        )
    near = unknown_name("cause", wanted, by_name)
    raise near if "did you mean" in str(near) else unknown_name("cause", name, _causes())


def anatomy_of(name: str | None, adapted: bool = False, female: bool = False) -> Anatomy:
    """What a look at the valve tells the grade: a cause's lesion; nothing if `name` is None.

    `adapted`: the person has lived with the leak, so that a sudden one is no longer acute.
    `female`: limits of normal of women.
    """
    if name is None:
        return Anatomy(female=female)
    cause = find(name)
    return replace(cause.anatomy, acute=cause.onset == "acute" and not adapted, female=female)
