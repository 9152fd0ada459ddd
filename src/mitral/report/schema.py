"""What a page must know to show controls, tables and labels, as plain values.

Everything is read from the tables of this package: a further parameter, cause, treatment or
control appears on the page without a change there.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mitral
from mitral.beat.dataset import describe
from mitral.disease.causes import all_causes
from mitral.grade.criteria import criteria
from mitral.parameters.parameter import SET_NAME, definitions, entries
from mitral.patient.record import Patient
from mitral.report.table import rows
from mitral.report.view import WAVES, leaflets
from mitral.treatment.catalogue import all_treatments

if TYPE_CHECKING:
    from mitral.disease.causes import Cause
    from mitral.parameters.parameter import Definition
    from mitral.treatment.catalogue import Treatment

_HERE = Path(__file__).parent
_NUMBERS = ("low", "high", "step")


@cache
def schema() -> dict[str, Any]:
    """Version, notice, the heart to begin with, and every table that the page shows."""
    parts = {name: part_of(one) for name, one in definitions().items()}
    return {
        "version": mitral.__version__,
        "notice": mitral.NOTICE,
        "parameter_set": SET_NAME,
        "default": {
            "patient": Patient().model_dump(),
            "changes": {},
            "reflex": True,
            "treatments": [],
        },
        "controls": [_control(row) for row in _table("controls")],
        "parameters": [_parameter(one, parts[name]) for name, one in definitions().items()],
        "parts": [
            {
                **{key: row[key] for key in ("name", "label", "plain")},
                "parameters": [name for name, part in parts.items() if part == row["name"]],
            }
            for row in _table("parts")
        ],
        "causes": [_cause(one) for one in all_causes()],
        "treatments": [_treatment(one) for one in all_treatments()],
        "findings": [
            {
                "name": row.name,
                "section": row.section,
                "label": row.label,
                "unit": row.unit,
                "digits": row.digits,
            }
            for row in rows()
        ],
        "waves": [_wave(name) for name in WAVES],
        "documents": {
            key: {"name": d.name, "citation": d.citation, "doi": d.doi, "provenance": d.provenance}
            for key, d in criteria().documents.items()
        },
    }


def part_of(one: Definition) -> str:
    """The part of the anatomy that a parameter belongs to: by its group, or a word of its name.

    Words outweigh a group that is spread over the heart ('fibre'); the rest of a group is one part.
    """
    words = {one.name, *one.name.split("_")}
    by_group = [row["name"] for row in _table("parts") if one.group in row["groups"].split()]
    by_word = [row["name"] for row in _table("parts") if words & set(row["words"].split())]
    spread = one.group in ("chambers", "fibre", "valves", "vessels")
    found = by_word + by_group if spread else by_group + by_word
    return found[0]


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    with (_HERE / f"{name}.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def _control(row: dict[str, str]) -> dict[str, Any]:
    numbers = {name: float(row[name]) for name in _NUMBERS}
    return {**row, **numbers, "digits": int(row["digits"]), "main": row["main"] == "yes"}


def _parameter(one: Definition, part: str) -> dict[str, Any]:
    entry = entries()[one.name]
    return {
        "name": one.name,
        "unit": one.unit,
        "low": one.low,
        "high": one.high,
        "group": one.group,
        "part": part,
        "meaning": one.meaning,
        "value": entry.value,
        "source": entry.source,
        "note": entry.note,
    }


def _cause(one: Cause) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": one.label,
        "description": one.description,
        "synonyms": [name.replace("_", " ") for name in one.synonyms],
        "leaflets": leaflets(one),
        "carpentier": list(one.carpentier),
        "onset": one.onset,
        "mode": one.mode,
        "eroa_cm2": one.eroa_cm2,
    }


def _treatment(one: Treatment) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": one.label,
        "kind": one.kind,
        "description": one.description,
        "doses": [
            {
                "name": dose.name,
                "unit": dose.unit,
                "low": dose.low,
                "high": dose.high,
                "usual": dose.usual,
                "meaning": dose.meaning,
                "choices": dict(dose.choices),
                "whole": dose.whole,
            }
            for dose in one.doses
        ],
        "needs": one.needs,
    }


def _wave(name: str) -> dict[str, str]:
    """A curve as a table names it: 'Pressure, left ventricle'."""
    if name == "ero":
        return {"name": name, "label": "Regurgitant orifice of the moment", "unit": "cm²"}
    words, unit = describe(name)
    kind, place = words.split(" ", 1)
    return {
        "name": name,
        "label": f"{kind.capitalize()}, {place.removeprefix('of ')}",
        "unit": unit,
    }
