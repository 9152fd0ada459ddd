"""The criteria of severity as data: `criteria.yaml`, checked when it is loaded."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mitral.errors import InputError, unknown_name
from mitral.files import load_yaml
from mitral.grade.verdict import VERDICTS, Verdict
from mitral.measure.exam import Exam

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent / "criteria.yaml"


@dataclass(frozen=True)
class Document:
    """Where a criterion is printed: short `name`, `citation`, `doi`, how we know (`provenance`)."""

    key: str
    name: str
    citation: str
    doi: str
    provenance: str


@dataclass(frozen=True)
class Cutoff:
    """A number of the algorithm: `value` in `unit`, its `meaning` and `document` (key)."""

    name: str
    value: float
    unit: str
    document: str
    meaning: str


@dataclass(frozen=True)
class Finding:
    """What a parameter can look like: its `verdict`, the `rule` in words, its specific `sign`.

    `healthy`: compatible with health when there is no leak.
    """

    verdict: str
    rule: str
    sign: str
    healthy: bool


@dataclass(frozen=True)
class Criterion:
    """One parameter of the table: exam `fields` it is judged by, `limits`, possible `findings`.

    `of_leak`: it exists only where there is a leak.
    """

    name: str
    label: str
    unit: str
    fields: tuple[str, ...]
    document: str
    note: str
    of_leak: bool
    limits: Mapping[str, float]
    findings: Mapping[str, Finding]

    def limit(self, name: str) -> float:
        """A limit by name, in the unit of the exam field."""
        if name not in self.limits:
            raise unknown_name(f"limit of {self.name}", name, self.limits)
        return self.limits[name]

    def finding(self, name: str) -> Finding:
        """A finding by name."""
        if name not in self.findings:
            raise unknown_name(f"finding of {self.name}", name, self.findings)
        return self.findings[name]

    def verdict(self, finding: str, value: float | str | None) -> Verdict:
        """The verdict that a finding stands for."""
        found = self.finding(finding)
        return Verdict(
            self.name, self.label, value, self.unit, found.verdict, found.rule, found.sign
        )


@dataclass(frozen=True)
class Criteria:
    """The whole file: documents, cutoffs and parameters by name, in the order of the table."""

    documents: Mapping[str, Document]
    cutoffs: Mapping[str, Cutoff]
    parameters: Mapping[str, Criterion]


def parse(text: str) -> Criteria:
    """Criteria from the text of a file; an `InputError` names whatever is wrong with it."""
    try:
        raw = load_yaml(text)
        documents = {k: Document(key=k, **v) for k, v in raw["documents"].items()}
        cutoffs = {k: Cutoff(name=k, **v) for k, v in raw["cutoffs"].items()}
        rows = [_criterion(row) for row in raw["parameters"]]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError) as fault:
        raise InputError(f"grading criteria are not as expected: {fault!r}") from fault
    for entry in (*cutoffs.values(), *rows):
        if entry.document not in documents:
            raise unknown_name(f"document of {entry.name}", entry.document, documents)
    for entry in cutoffs.values():
        _check_number(entry.name, entry.value)
    return Criteria(documents, cutoffs, {row.name: row for row in rows})


def _criterion(row: dict[str, Any]) -> Criterion:
    """One parameter, checked: known exam fields and verdicts, finite limits; rules filled in."""
    name, limits = row["name"], row["limits"]
    measured = {field.name for field in fields(Exam)}
    for field in row["fields"]:
        if field not in measured:
            raise unknown_name(f"exam field of {name}", field, measured)
    for key, value in limits.items():
        _check_number(f"{name}.{key}", value)
    grades = [value for key, value in limits.items() if key.startswith("grade_")]
    if grades != sorted(set(grades)):
        raise InputError(f"grades of {name} are {grades}, not rising")
    findings = {}
    for key, found in row["findings"].items():
        if found["verdict"] not in VERDICTS:
            raise unknown_name(f"verdict of {name}.{key}", found["verdict"], VERDICTS)
        rule = found["rule"].format(**limits)
        findings[key] = Finding(
            found["verdict"], rule, found.get("sign", ""), found.get("healthy", False)
        )
    if "unknown" not in findings:
        raise InputError(f"{name} has no finding 'unknown', for an exam that lacks it")
    return Criterion(
        name=name,
        label=row["label"],
        unit=row["unit"],
        fields=tuple(row["fields"]),
        document=row["document"],
        note=row.get("note", ""),
        of_leak=row.get("of_leak", False),
        limits=limits,
        findings=findings,
    )


def _check_number(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise InputError(f"{name} is {value!r}, not a number")


@cache
def criteria() -> Criteria:
    """The criteria that this program grades by."""
    return parse(_FILE.read_text(encoding="utf-8"))


def cutoff(name: str) -> float:
    """A number of the algorithm by name, in the unit that `criteria().cutoffs` gives."""
    return _cutoff(name).value


def _cutoff(name: str) -> Cutoff:
    known = criteria().cutoffs
    if name not in known:
        raise unknown_name("cutoff", name, known)
    return known[name]


def compare(what: str, value: float, name: str, *, strict: bool = False) -> tuple[bool, str]:
    """Whether a value reaches a cutoff (`strict`: exceeds it), and both in words with the sign.

    So many decimals are shown that rounding does not change the side.
    """
    limit = _cutoff(name)
    if not math.isfinite(value):
        raise InputError(f"{what} is not measurable in this examination, but is asked for here")
    over = operator.gt if strict else operator.ge
    met = over(value, limit.value)
    decimals = 0
    while decimals < 4 and over(round(value, decimals), limit.value) != met:
        decimals += 1
    sign = ("≤>" if strict else "<≥")[met]
    return met, f"{what}: {value:.{decimals}f} {limit.unit} {sign} {limit.value:g} {limit.unit}"
