"""Treatments of the leak: what each changes in the heart as it is, as data in `catalogue.yaml`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mitral.course import laws
from mitral.disease.causes import normalise
from mitral.errors import InputError, unknown_name
from mitral.files import load_yaml
from mitral.measure.anatomy import Anatomy
from mitral.parameters.parameter import definitions
from mitral.treatment.change import FORWARD_AREA, LAWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FILE = Path(__file__).parent / "catalogue.yaml"
KINDS = ("none", "drug", "rhythm", "device", "surgery")
NEEDS = ("", "leak", "fibrillation", "sinus_rhythm")
"""What there must be before a treatment makes sense."""


@dataclass(frozen=True)
class Dose:
    """How much of a treatment: `name`, `unit` ('1': a pure number), `low` to `high`, `meaning`.

    `usual`: the value if none is given; None: then the dose has no effect. `choices`: words that
    stand for a number; `whole`: only whole numbers.
    """

    name: str
    unit: str
    low: float
    high: float
    usual: float | None
    meaning: str
    choices: Mapping[str, float]
    whole: bool


@dataclass(frozen=True)
class Change:
    """One change of a `parameter`: `law` with coefficients `by`, of the dose called `dose`."""

    parameter: str
    law: str
    by: tuple[float, ...]
    dose: str


@dataclass(frozen=True)
class Caution:
    """A warning `text` with its `source`, if finding `of` is `below` or `above` a limit."""

    of: str
    below: float
    above: float
    text: str
    source: str


@dataclass(frozen=True)
class Treatment:
    """One treatment.

    `name`, `label`, `kind` (one of `KINDS`), `synonyms` (normalised), `description` in plain words;
    `doses`, the first meant by a bare number; `changes` in their order; `held_r`, `held_v`: share
    of arterioles and veins that the reflex cannot move; `laws`: factors on constants of the slow
    laws; `drive`: sympathetic drive of the days after an operation; `needs`, one of `NEEDS`;
    `cautions`; `anatomy` of the valve afterwards (None: as before); `sources`: bibliography keys or
    'assumed'; `leaves_out`; `note`.
    """

    name: str
    label: str
    kind: str
    synonyms: tuple[str, ...]
    description: str
    doses: tuple[Dose, ...]
    changes: tuple[Change, ...]
    held_r: float
    held_v: float
    laws: Mapping[str, float]
    drive: float
    needs: str
    cautions: tuple[Caution, ...]
    anatomy: Anatomy | None
    sources: tuple[str, ...]
    leaves_out: str
    note: str

    @property
    def on_the_valve(self) -> bool:
        """Whether the valve itself is another one afterwards."""
        return self.anatomy is not None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; `dose`, `unit`, `range`, `usual` are those of a bare number."""
        first = self.doses[0] if self.doses else None
        return {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "dose": first and first.name,
            "unit": first and first.unit,
            "range": first and [first.low, first.high],
            "usual": first and first.usual,
            "doses": [_dose_dict(dose) for dose in self.doses],
            "description": self.description,
            "synonyms": [name.replace("_", " ") for name in self.synonyms],
            "changes": [
                {"parameter": c.parameter, "law": c.law, "coefficients": list(c.by), "dose": c.dose}
                for c in self.changes
            ],
            "held": {"r": self.held_r, "v": self.held_v},
            "laws": dict(self.laws),
            "needs": self.needs,
            "cautions": [f"{c.text} ({_limit(c)})" for c in self.cautions],
            "sources": list(self.sources),
            "leaves_out": self.leaves_out,
            "note": self.note,
        }


def _dose_dict(dose: Dose) -> dict[str, Any]:
    words = {"choices": dict(dose.choices)} if dose.choices else {}
    about = {"name": dose.name, "unit": dose.unit, "range": [dose.low, dose.high]}
    return {**about, "usual": dose.usual, **words, "meaning": dose.meaning}


def _limit(caution: Caution) -> str:
    side, limit = (
        ("below", caution.below) if caution.above == math.inf else ("above", caution.above)
    )
    return f"{caution.of} {side} {limit:g}"


@dataclass(frozen=True)
class Catalogue:
    """All treatments by name, and the groups of them that exclude each other, each with why."""

    treatments: Mapping[str, Treatment]
    contradictions: tuple[tuple[frozenset[str], str], ...]


def parse(text: str) -> Catalogue:
    """The catalogue from the text of a file; an `InputError` names whatever is wrong with it."""
    try:
        data = load_yaml(text)
        rows = [_treatment(row) for row in data["treatments"]]
        groups = [(frozenset(row["between"]), row["why"]) for row in data["contradictions"]]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as fault:
        raise InputError(f"treatments are not as expected: {fault!r}") from fault
    owner: dict[str, str] = {}
    for one in rows:
        for name in (one.name, *one.synonyms):
            if name in owner:
                raise InputError(f"'{name}' names both {owner[name]} and {one.name}")
            owner[name] = one.name
    found = {one.name: one for one in rows}
    for names, _ in groups:
        for name in names - found.keys():
            raise unknown_name("treatment among the contradictions", name, found)
    return Catalogue(found, tuple(groups))


def _treatment(row: dict[str, Any]) -> Treatment:
    """One entry, checked."""
    name, held = row["name"], row.get("held", {})
    if name != normalise(name):
        raise InputError(f"treatment '{name}' should be written {normalise(name)}")
    _known(f"kind of {name}", row["kind"], KINDS)
    _known(f"needs of {name}", row.get("needs", ""), NEEDS)
    if not row["sources"] or not row["leaves_out"]:
        raise InputError(f"treatment '{name}' has no sources or does not say what it leaves out")
    doses = tuple(_dose(name, one) for one in row.get("doses", ()))
    for constant in row.get("laws", {}):
        _known(f"constant of the slow laws of {name}", constant, laws.rows())
    anatomy = row.get("anatomy")
    return Treatment(
        name=name,
        label=row["label"],
        kind=row["kind"],
        synonyms=tuple(normalise(synonym) for synonym in row["synonyms"]),
        description=row["description"].strip(),
        doses=doses,
        changes=tuple(_change(name, doses, **one) for one in row.get("changes", ())),
        held_r=_share(name, held.get("r", 0.0)),
        held_v=_share(name, held.get("v", 0.0)),
        laws={key: float(value) for key, value in row.get("laws", {}).items()},
        drive=float(row.get("drive", 0.0)),
        needs=row.get("needs", ""),
        cautions=tuple(_caution(one) for one in row.get("cautions", ())),
        anatomy=None if anatomy is None else Anatomy(**anatomy),
        sources=tuple(row["sources"]),
        leaves_out=row["leaves_out"].strip(),
        note=row["note"].strip(),
    )


def _known(kind: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        raise unknown_name(kind, name, known)


def _share(name: str, value: float) -> float:
    if not 0.0 <= value <= 1.0:
        raise InputError(f"{name} holds {value:g} of a limb of the reflex, outside 0 to 1")
    return float(value)


def _dose(treatment: str, row: dict[str, Any]) -> Dose:
    choices = {word: float(value) for word, value in row.get("choices", {}).items()}
    low, high = (min(choices.values()), max(choices.values())) if choices else _range(row)
    usual = choices[row["usual"]] if choices else row.get("usual")
    if not low < high or not (usual is None or low <= usual <= high):
        raise InputError(f"{treatment}: usual {row['name']} is {usual}, not from {low} to {high}")
    usual, unit = None if usual is None else float(usual), row.get("unit", "1")
    meaning, whole = row["meaning"], row.get("whole", False)
    return Dose(row["name"], unit, low, high, usual, meaning, choices, whole)


def _range(row: dict[str, Any]) -> tuple[float, float]:
    return float(row["low"]), float(row["high"])


def _change(
    treatment: str,
    doses: tuple[Dose, ...],
    *,
    parameter: str,
    law: str,
    by: list[float],
    dose: str = "",
) -> Change:
    _known(f"parameter of {treatment}", parameter, {*definitions(), FORWARD_AREA})
    _known(f"law of {treatment}", law, LAWS)
    if dose:
        _known(f"dose of {treatment}", dose, [one.name for one in doses])
    elif doses:
        dose = doses[0].name
    return Change(parameter, law, tuple(map(float, by)), dose)


def _caution(row: dict[str, Any]) -> Caution:
    below, above = float(row.get("below", -math.inf)), float(row.get("above", math.inf))
    return Caution(row["of"], below, above, row["text"], row["source"])


@cache
def catalogue() -> Catalogue:
    """The catalogue of this package."""
    return parse(_FILE.read_text(encoding="utf-8"))


def all_treatments() -> tuple[Treatment, ...]:
    """Every treatment, in the order of the file."""
    return tuple(catalogue().treatments.values())


def find(name: str) -> Treatment:
    """The treatment of that name or synonym; else an `InputError` that offers the nearest."""
    by_name = {known: one for one in all_treatments() for known in (one.name, *one.synonyms)}
    wanted = normalise(name)
    if wanted not in by_name:
        near = unknown_name("treatment", wanted, by_name)
        known = catalogue().treatments
        raise near if "did you mean" in str(near) else unknown_name("treatment", name, known)
    return by_name[wanted]
