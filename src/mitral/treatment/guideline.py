"""Which guideline statements a state meets: statements as data in `guideline.yaml`.

A statement is met, not met, or undecidable for lack of data, which are named. It always reads
'meets the condition of: ...': what the document says about persons like this one, never advice.
How severe the leak is follows the grade (ASE 2017), not each document's own table.
Source: Otto 2021, Vahanian 2022, Praz 2025, Asch 2019; see `guideline.yaml` for what was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mitral.errors import InputError, unknown_name
from mitral.files import load_yaml
from mitral.treatment.logic import Condition, Datum, Fact, condition

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent / "guideline.yaml"
NEUTRAL = "meets the condition of: "
"""How every statement begins."""
MET, NOT_MET, UNDECIDABLE = "met", "not met", "undecidable"
STATUSES = (MET, UNDECIDABLE, NOT_MET)
"""In the order of interest."""
KINDS = ("guideline", "study")
SEEN = ("transcription", "quotation")
"""How a statement was read: retold by others, or word for word as others quote it."""


@dataclass(frozen=True)
class Document:
    """Where statements are printed: `key` in the bibliography, `name`, `kind`, `provenance`."""

    key: str
    name: str
    kind: str
    provenance: str


@dataclass(frozen=True)
class Statement:
    """One statement of a document, in this program's words.

    `id`; `document`; `grade`: class of recommendation, None if it has none; `level` of evidence,
    None if it has none or none was seen; `text` without its neutral beginning; `place` in the
    document if known; `seen`, one of `SEEN`; `checked`: compared with the document itself;
    `condition`; `note`.
    """

    id: str
    document: Document
    grade: str | None
    level: str | None
    text: str
    place: str | None
    seen: str
    checked: bool
    condition: Condition
    note: str


@dataclass(frozen=True)
class Judged:
    """A statement for one state: `status`, the `reasons`, the data that are `missing`."""

    statement: Statement
    status: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        one = self.statement
        return {
            "document": one.document.name,
            "class": one.grade,
            "level": one.level,
            "text": NEUTRAL + one.text,
            "status": self.status,
            "missing": list(self.missing),
            "reasons": list(self.reasons),
            "id": one.id,
            "kind": one.document.kind,
            "place": one.place,
            "seen": one.seen,
            "checked": one.checked,
        }


@dataclass(frozen=True)
class Guidelines:
    """The whole file by name; `causes`: what the cause of a leak tells beside the examination."""

    documents: Mapping[str, Document]
    data: Mapping[str, Datum]
    causes: Mapping[str, Mapping[str, str]]
    statements: Mapping[str, Statement]


def parse(text: str) -> Guidelines:
    """Guidelines from the text of a file; an `InputError` names whatever is wrong with it."""
    try:
        raw = load_yaml(text)
        documents = {key: Document(key=key, **row) for key, row in raw["documents"].items()}
        data = {
            name: Datum(name, **row | {"words": tuple(row.get("words", ()))})
            for name, row in raw["data"].items()
        }
        rows = [_statement(row, documents, data) for row in raw["statements"]]
        causes = raw["causes"]
        told = [fact for row in causes.values() for fact in row.items()]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as fault:
        raise InputError(f"guidelines are not as expected: {fault!r}") from fault
    for document in documents.values():
        if document.kind not in KINDS:
            raise unknown_name(f"kind of {document.key}", document.kind, KINDS)
    for name, fact in told:
        if name not in data:
            raise unknown_name("datum of a cause", name, data)
        data[name].value({name: fact})
    statements = {row.id: row for row in rows}
    if len(statements) < len(rows):
        raise InputError("two guideline statements have the same id")
    return Guidelines(documents, data, causes, statements)


def _statement(
    row: Mapping[str, Any], documents: Mapping[str, Document], data: Mapping[str, Datum]
) -> Statement:
    """One statement, checked."""
    name = row["id"]
    if row["document"] not in documents:
        raise unknown_name(f"document of {name}", row["document"], documents)
    if row["seen"] not in SEEN:
        raise unknown_name(f"seen of {name}", row["seen"], SEEN)
    return Statement(
        id=name,
        document=documents[row["document"]],
        grade=row["class"],
        level=row["level"],
        text=row["text"].strip(),
        place=row["place"],
        seen=row["seen"],
        checked=bool(row["checked"]),
        condition=condition(row["if"], data, name),
        note=row.get("note", "").strip(),
    )


@cache
def guidelines() -> Guidelines:
    """The statements that this program knows."""
    return parse(_FILE.read_text(encoding="utf-8"))


def judge(facts: Mapping[str, Fact]) -> tuple[Judged, ...]:
    """Every statement for one state, in the order of the file.

    `facts`: datum to value; None, or left out: not known. Raises `InputError` for a datum that does
    not exist or has a value that it cannot have.
    """
    known = guidelines()
    for name in facts:
        if name not in known.data:
            raise unknown_name("datum", name, known.data)
    words = {True: MET, False: NOT_MET, None: UNDECIDABLE}
    judged = []
    for statement in known.statements.values():
        found = statement.condition.judge(facts)
        judged.append(Judged(statement, words[found.met], found.reasons, found.missing))
    return tuple(judged)
