"""Risk factors: what makes a cause of the leak more likely, as data in `risk.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mitral.disease.causes import all_causes, normalise
from mitral.errors import InputError, unknown_name
from mitral.files import load_yaml

_FILE = Path(__file__).parent / "risk.yaml"
CHANGEABLE = ("yes", "partly", "no")
"""Whether a person, or those who treat them, can change a risk factor."""
_WRITTEN = {True: "yes", False: "no"}


@dataclass(frozen=True)
class RiskFactor:
    """One risk factor.

    `name`, `label`; `changeable` one of `CHANGEABLE`; `leads_to`: names of causes; `description` in
    plain words; `sources`: bibliography keys or 'assumed'.
    """

    name: str
    label: str
    changeable: str
    leads_to: tuple[str, ...]
    description: str
    sources: tuple[str, ...]


def parse(text: str) -> dict[str, RiskFactor]:
    """Risk factors by name from the text of a file; an `InputError` names what is wrong with it."""
    try:
        rows = [_risk_factor(row) for row in load_yaml(text)["risk_factors"]]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as fault:
        raise InputError(f"risk factors are not as expected: {fault!r}") from fault
    found: dict[str, RiskFactor] = {}
    for row in rows:
        if row.name in found:
            raise InputError(f"there are two risk factors '{row.name}'")
        found[row.name] = row
    return found


def _risk_factor(row: dict[str, Any]) -> RiskFactor:
    """One entry, checked."""
    name = row["name"]
    if name != normalise(name):
        raise InputError(f"risk factor '{name}' should be written {normalise(name)}")
    changeable = row["changeable"]
    if isinstance(changeable, bool):  # an unquoted yes or no
        changeable = _WRITTEN[changeable]
    if changeable not in CHANGEABLE:
        raise unknown_name(f"changeable of {name}", changeable, CHANGEABLE)
    causes = [cause.name for cause in all_causes()]
    for cause in row["leads_to"]:
        if cause not in causes:
            raise unknown_name(f"cause of {name}", cause, causes)
    for what in ("leads_to", "sources"):
        if not row[what]:
            raise InputError(f"risk factor '{name}' has no {what}")
    return RiskFactor(
        name=name,
        label=row["label"],
        changeable=changeable,
        leads_to=tuple(row["leads_to"]),
        description=row["description"].strip(),
        sources=tuple(row["sources"]),
    )


@cache
def _risk_factors() -> dict[str, RiskFactor]:
    return parse(_FILE.read_text(encoding="utf-8"))


def all_risk_factors() -> tuple[RiskFactor, ...]:
    """Every risk factor, in the order of the file."""
    return tuple(_risk_factors().values())
