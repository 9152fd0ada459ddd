"""The bibliography: the works that numbers and rules come from, read from `references.bib`.

A source in a table of this package is the key of a work, a further name of it (`ids`), its author
and year as people write them ('Petersen 2017'), or the word 'assumed'.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from mitral.errors import InputError, unknown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ASSUMED = "assumed"
"""The source of a number that no publication gives."""
_HERE = Path(__file__).parent
_ENTRY = re.compile(r"^@(\w+)\{(\w+),\n(.*?)^\}\n", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"\s*(\w+)\s*=\s*\{([^{}]*)\},")
_SHOWN_AUTHORS = 3


@dataclass(frozen=True)
class Reference:
    """One work: its `key`, `kind` (article, book, misc) and `fields` as in the file, by name."""

    key: str
    kind: str
    fields: Mapping[str, str]

    @property
    def text(self) -> str:
        """The work in one line, as in a list of references."""
        get = self.fields.get
        place = get("journal") or get("howpublished") or get("publisher", "")
        volume = f";{get('volume')}" if get("volume") else ""
        pages = f":{get('pages')}" if get("pages") else ""
        doi = f" doi:{get('doi')}" if get("doi") else ""
        who, title = self._people(), self.fields["title"]
        return f"{who}. {title}. {place} {self.fields['year']}{volume}{pages}.{doi}"

    def _people(self) -> str:
        names = re.split(r"\s+and\s+", self.fields.get("author") or self.fields["editor"])
        shown = [re.sub(r"[., ]", "", last_first[1]) for last_first in map(_halves, names)]
        plain = [f"{_halves(n)[0]} {i}".strip() for n, i in zip(names, shown, strict=True)]
        if len(plain) > _SHOWN_AUTHORS or plain[-1] == "others":
            return ", ".join(n for n in plain[:_SHOWN_AUTHORS] if n != "others") + ", et al"
        return ", ".join(plain)


def _halves(name: str) -> tuple[str, str]:
    last, _, first = name.partition(",")
    return last, first


def parse(text: str) -> dict[str, Reference]:
    """The works of a bibliography by key: `field = {value},` line by line, no inner braces."""
    found: dict[str, Reference] = {}
    for kind, key, body in _ENTRY.findall(text):
        fields = {name: " ".join(value.split()) for name, value in _FIELD.findall(body)}
        if _FIELD.sub("", body).strip() or "title" not in fields or "year" not in fields:
            raise InputError(f"the bibliography entry {key} is not written as the others are")
        if key in found:
            raise InputError(f"the bibliography has two entries {key}")
        found[key] = Reference(key, kind, {k: v.replace("\\%", "%") for k, v in fields.items()})
    if len(found) != len(re.findall(r"^@", text, re.MULTILINE)):
        raise InputError("an entry of the bibliography is not written as the others are")
    return found


@cache
def load() -> dict[str, Reference]:
    """Every work by key."""
    return parse((_HERE / "references.bib").read_text(encoding="utf-8"))


def key_of(source: str) -> str:
    """The key of the work that `source` names: a key, a further name, or author and year."""
    names = {alias: key for key, work in load().items() for alias in _aliases(work)} | {
        key: key for key in load()
    }
    plain = re.sub(r"[^a-z0-9]", "", re.sub(r" and \w+", "", source.lower()))
    if plain not in names:
        raise unknown_name("reference", source, names)
    return names[plain]


def _aliases(work: Reference) -> list[str]:
    return [name.strip() for name in work.fields.get("ids", "").split(",") if name.strip()]


def cite(keys: Iterable[str]) -> str:
    """A list of references in plain text, one work a line; what is assumed has none."""
    found = sorted({key_of(key) for key in keys if key != ASSUMED})
    return "\n".join(load()[key].text for key in found)


def sources() -> Iterator[tuple[str, str]]:
    """Each source that the tables of this package name, with the place where it stands."""
    tables = (
        *sorted((_HERE / "parameters/sets").glob("*.csv")),
        *sorted((_HERE / "disease").glob("*.csv")),
        _HERE / "course/laws.csv",
        _HERE / "report/normal_ranges.csv",
    )
    for path in tables:
        with path.open(encoding="utf-8") as file:
            yield from (
                (f"{path.name}: {row['name']}", row["source"]) for row in csv.DictReader(file)
            )
    for name, kind in (("causes", "causes"), ("risk", "risk_factors")):
        rows = yaml.safe_load((_HERE / f"disease/{name}.yaml").read_text(encoding="utf-8"))[kind]
        for row in rows:
            course = [row["course"]["progression_source"]] if "course" in row else []
            yield from ((f"{name}: {row['name']}", key) for key in (*row["sources"], *course))
    catalogue = yaml.safe_load((_HERE / "treatment/catalogue.yaml").read_text(encoding="utf-8"))
    for row in catalogue["treatments"]:
        warned = [caution["source"] for caution in row.get("cautions", ())]
        yield from ((f"catalogue: {row['name']}", key) for key in (*row["sources"], *warned))
    criteria = yaml.safe_load((_HERE / "grade/criteria.yaml").read_text(encoding="utf-8"))
    yield from ((f"criteria: {document}", document) for document in criteria["documents"])
    guideline = yaml.safe_load((_HERE / "treatment/guideline.yaml").read_text(encoding="utf-8"))
    yield from ((f"guideline: {document}", document) for document in guideline["documents"])
