"""The health library: the leak, its causes, risks, symptoms, stages, severity and treatments.

What the catalogues of causes, risk factors and treatments tell is taken from there; plain words for
them are in `plain.yaml`, entries of no catalogue in `entries.yaml`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mitral.disease.causes import all_causes, condition_names, normalise
from mitral.disease.risk import all_risk_factors
from mitral.errors import InputError, unknown_name
from mitral.files import load_yaml
from mitral.references import cite
from mitral.treatment.catalogue import all_treatments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mitral.disease.causes import Cause
    from mitral.disease.risk import RiskFactor
    from mitral.treatment.catalogue import Treatment

KINDS = {
    "condition": "The leak",
    "cause": "Causes",
    "risk": "Risk factors",
    "symptom": "Symptoms",
    "state": "States of the heart",
    "stage": "Stages",
    "severity": "How severe",
    "treatment": "Treatments",
}
"""Kinds of entries in their order, and what they are called together."""
_HERE = Path(__file__).parent
_TORN = {"patient": {"cause": "flail_leaflet"}}
_WEAK = {"patient": {"cause": "ventricular_functional", "adapted": True}}
_FLUTTER = {"patient": {"cause": "atrial_functional", "adapted": True}}
_TREATED = {
    "cardioversion": _FLUTTER,
    "rate_control": _FLUTTER,
    "resynchronisation": _WEAK,
    "nitroprusside": _WEAK,
    "arni": _WEAK,
    "beta_blocker": _WEAK,
}
"""The heart in which a treatment is shown; the others: a torn chord."""
_POPULATION = "In a population, not for one person"
_LIVED = ("teer", "repair", "replacement", "bioprosthesis", "ace_inhibitor", "atrial_fibrillation")
"""Shown in a heart that has lived with its leak for a year."""


@dataclass(frozen=True)
class Entry:
    """One entry.

    `id`; `kind`, one of `KINDS`; `title`; `also_called`; `plain` (reading age about 12) and
    `technical` texts; `scenario` to run (patient, changes, treatments; None: no heart shows it, and
    `no_heart` says why) after `years` with the leak; `related` ids; `sources` (bibliography keys or
    'assumed').
    """

    id: str
    kind: str
    title: str
    also_called: tuple[str, ...]
    plain: str
    technical: str
    scenario: dict[str, Any] | None
    years: float
    no_heart: str
    related: tuple[str, ...]
    sources: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, with the references in full."""
        return asdict(self) | {"references": cite(self.sources).splitlines()}


@cache
def _read(name: str) -> Any:
    return load_yaml((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def plain_words(kind: str, name: str) -> str:
    """The text of a catalogue's entry in plain words, with the line that closes all of them."""
    texts = _read("plain")
    if name not in texts[kind]:
        raise InputError(f"{kind} '{name}' has no plain words in plain.yaml")
    return _closed(texts[kind][name])


def _closed(text: str) -> str:
    return f"{text.strip()} {_read('plain')['closing']}"


def safety() -> str:
    """The one line about emergencies that stands wherever plain words are read."""
    return str(_read("plain")["safety"]).strip()


@cache
def library() -> tuple[Entry, ...]:
    """Every entry, by kind in the order of `KINDS`."""
    made = [
        *_written(),
        *(_of_cause(one) for one in all_causes()),
        *(_of_risk(one) for one in all_risk_factors()),
        *(_of_treatment(one) for one in all_treatments()),
    ]
    order = list(KINDS)
    return tuple(sorted(made, key=lambda entry: order.index(entry.kind)))


def _written() -> Iterator[Entry]:
    """Entries of no catalogue; the leak itself is called what the catalogue of causes says."""
    for row in _read("entries")["entries"]:
        names = condition_names() if row["kind"] == "condition" else row["also"]
        yield Entry(
            id=row["id"],
            kind=row["kind"],
            title=row["title"],
            also_called=tuple(_spoken(names)),
            plain=_closed(row["plain"]),
            technical=row["technical"].strip(),
            scenario=row.get("scenario"),
            years=float(row.get("years", 0)),
            no_heart=row.get("no_heart", ""),
            related=tuple(row["related"]),
            sources=tuple(row["sources"]),
        )


def _spoken(names: Iterable[str]) -> list[str]:
    return [name.replace("_", " ") for name in names]


def _of_cause(cause: Cause) -> Entry:
    grown = cause.onset == "chronic" and bool(cause.established)
    patient: dict[str, Any] = {"cause": cause.name, **({"adapted": True} if grown else {})}
    risks = [f"risk-{risk.name}" for risk in all_risk_factors() if cause.name in risk.leads_to]
    types = " and ".join(cause.carpentier)
    return Entry(
        id=f"cause-{cause.name}",
        kind="cause",
        title=cause.label,
        also_called=tuple(_spoken(cause.synonyms)),
        plain=plain_words("cause", cause.name),
        technical=f"{cause.description} Leaflet motion: Carpentier type {types}; {cause.onset}.",
        scenario={"patient": patient},
        years=0.0,
        no_heart="",
        related=(
            "condition",
            f"state-{'acute' if cause.onset == 'acute' else 'compensated'}",
            *risks,
        ),
        sources=cause.sources,
    )


def _of_risk(risk: RiskFactor) -> Entry:
    can = {"yes": "can be changed", "no": "cannot be changed", "partly": "can be changed in part"}
    first = next(cause for cause in all_causes() if cause.name == risk.leads_to[0])
    return Entry(
        id=f"risk-{risk.name}",
        kind="risk",
        title=risk.label,
        also_called=(risk.name.replace("_", " "),),
        plain=plain_words("risk", risk.name),
        technical=f"{risk.description} {_POPULATION}; {can[risk.changeable]}.",
        scenario=_of_cause(first).scenario,
        years=0.0,
        no_heart="",
        related=tuple(f"cause-{name}" for name in risk.leads_to),
        sources=risk.sources,
    )


def _of_treatment(treatment: Treatment) -> Entry:
    heart = _TREATED.get(treatment.name, _TORN)
    left = f" Left out: {treatment.leaves_out}." if treatment.leaves_out else ""
    given = {} if treatment.kind == "none" else {"treatments": [treatment.name]}
    return Entry(
        id=f"treatment-{treatment.name}",
        kind="treatment",
        title=treatment.label,
        also_called=tuple(_spoken(treatment.synonyms)),
        plain=plain_words("treatment", treatment.name),
        technical=f"{treatment.description} What it does in this model, no advice.{left}",
        scenario={**heart, **given},
        years=1.0 if treatment.name in _LIVED else 0.0,
        no_heart="",
        related=("condition", "state-compensated"),
        sources=treatment.sources,
    )


def find(words: str) -> tuple[Entry, ...]:
    """The entries of an id, a title or a further name; spelling, case and hyphens do not matter.

    Several kinds may share a name (atrial fibrillation is a cause and a risk). Raises `InputError`
    with the nearest name if there is none.
    """
    wanted = normalise(words)
    named = _by_name()
    if wanted in named:
        return named[wanted]
    raise unknown_name("word", words, (name.replace("_", " ") for name in named))


@cache
def _by_name() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in library():
        short = entry.id.partition("-")[2] or entry.id
        head = entry.title.partition(" (")[0]
        for name in dict.fromkeys(
            map(normalise, (entry.id, short, entry.title, head, *entry.also_called))
        ):
            if entry not in found.get(name, ()):
                found[name] = (*found.get(name, ()), entry)
    return found


def archetypes() -> list[dict[str, Any]]:
    """Invented hearts to begin with: id, title, text, scenario, `years` with the leak."""
    return [{"years": 0.0, **row} for row in _read("archetypes")["archetypes"]]
