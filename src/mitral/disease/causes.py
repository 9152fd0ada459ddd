"""Causes of the leak: what each changes in the healthy heart, as data in `causes.yaml`."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mitral.errors import InputError, unknown_name
from mitral.files import load_yaml
from mitral.measure.anatomy import Anatomy
from mitral.parameters.parameter import check, definitions, entries

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent / "causes.yaml"
CARPENTIER = ("I", "II", "IIIa", "IIIb")
ONSETS = ("acute", "chronic")
MODES = ("fixed", "late_systolic", "functional", "mixed", "perforation")


@dataclass(frozen=True)
class Cause:
    """One cause of mitral regurgitation.

    `name`, `label`, `synonyms` (normalised); `carpentier`: types of leaflet motion; `onset` acute
    or chronic; `mode` of the orifice, one of `MODES`; `eroa_cm2`: orifice unless another is given
    (0: the size of the ventricle makes it); `parameters`: values by parameter name; `factors`:
    times the healthy value; `anatomy`: what a look at the valve tells; `sources`:
    bibliography keys or 'assumed'; `note`. Whether the leak is acute follows from `onset`.
    """

    name: str
    label: str
    synonyms: tuple[str, ...]
    carpentier: tuple[str, ...]
    onset: str
    mode: str
    eroa_cm2: float
    parameters: Mapping[str, float]
    factors: Mapping[str, float]
    anatomy: Anatomy
    sources: tuple[str, ...]
    note: str


def normalise(name: str) -> str:
    """A name in small letters without accents, anything but letters and digits as `_`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "_".join(words)


def parse(text: str) -> dict[str, Cause]:
    """Causes by name from the text of a file; an `InputError` names whatever is wrong with it."""
    try:
        rows = [_cause(row) for row in load_yaml(text)["causes"]]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as fault:
        raise InputError(f"causes are not as expected: {fault!r}") from fault
    owner: dict[str, str] = {}
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
    factors = {key: _factor(key, float(value)) for key, value in row.get("factors", {}).items()}
    both = parameters.keys() & factors.keys()
    if both:
        raise InputError(f"cause '{name}' gives {', '.join(sorted(both))} as value and as factor")
    if not row["sources"]:
        raise InputError(f"cause '{name}' has no source")
    return Cause(
        name=name,
        label=row["label"],
        synonyms=tuple(normalise(synonym) for synonym in row["synonyms"]),
        carpentier=tuple(row["carpentier"]),
        onset=row["onset"],
        mode=row["mode"],
        eroa_cm2=check("eroa", float(row["eroa_cm2"])),
        parameters=parameters,
        factors=factors,
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


@cache
def _causes() -> dict[str, Cause]:
    return parse(_FILE.read_text(encoding="utf-8"))


def all_causes() -> tuple[Cause, ...]:
    """Every cause, in the order of the file."""
    return tuple(_causes().values())


def find(name: str) -> Cause:
    """The cause of that name or synonym; an `InputError` offers the nearest if there is none."""
    wanted = normalise(name)
    by_name = {known: cause for cause in all_causes() for known in (cause.name, *cause.synonyms)}
    if wanted not in by_name:
        near = unknown_name("cause", wanted, by_name)
        raise near if "did you mean" in str(near) else unknown_name("cause", name, _causes())
    return by_name[wanted]


def anatomy_of(name: str | None, adapted: bool = False, female: bool = False) -> Anatomy:
    """What a look at the valve tells the grade: a cause's lesion; nothing if `name` is None.

    `adapted`: the person has lived with the leak, so that a sudden one is no longer acute.
    `female`: limits of normal of women.
    """
    if name is None:
        return Anatomy(female=female)
    cause = find(name)
    return replace(cause.anatomy, acute=cause.onset == "acute" and not adapted, female=female)
