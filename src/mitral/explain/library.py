"""The health library: the leak, its causes, risks, symptoms, stages, severity and treatments.

What the catalogues of causes, risk factors and treatments tell is taken from there, limits from the
criteria of grading and of symptoms. Written here are plain words and further names for the
catalogues (`plain.yaml`) and entries of no catalogue (`entries.yaml`).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mitral.disease.causes import all_causes, condition_names
from mitral.disease.constants import constants
from mitral.disease.risk import all_risk_factors
from mitral.errors import InputError, unknown_name
from mitral.explain.names import folded, has_all, spelled, spoken
from mitral.files import load_yaml
from mitral.grade.criteria import criteria
from mitral.references import cite
from mitral.treatment.catalogue import all_treatments, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mitral.disease.causes import Cause
    from mitral.disease.risk import RiskFactor
    from mitral.treatment.catalogue import Dose, Treatment

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
_TORN, _WEAK, _WIDE = "flail_leaflet", "ventricular_functional", "atrial_functional"
_SHOWN_IN = {
    "cardioversion": _WIDE,
    "rate_control": _WIDE,
    "resynchronisation": _WEAK,
    "nitroprusside": _WEAK,
    "arni": _WEAK,
    "beta_blocker": _WEAK,
}
"""The cause whose heart shows a treatment; the others: a torn chord."""
_LIVED = ("teer", "repair", "replacement", "bioprosthesis", "ace_inhibitor", "atrial_fibrillation")
"""Shown in a heart that has lived with its leak for a year."""
_FLUTTER = ("cardioversion", "rate_control", "atrial_fibrillation")
_CHANGEABLE = {
    "yes": "Can be changed.",
    "no": "Cannot be changed.",
    "partly": "Can be changed in part.",
}
_PERCENT = re.compile(r"(?<=\d)%")
_LIKE = 0.65
"""How like a name a word must be (0 to 1) before that name is offered."""


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

    @property
    def short(self) -> str:
        """The id without its kind: 'prolapse'."""
        return self.id.partition("-")[2] or self.id

    @property
    def head(self) -> str:
        """The title without what stands in brackets after it."""
        return self.title.partition(" (")[0]

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
    limits = _limits()
    for row in _read("entries")["entries"]:
        names = map(spoken, condition_names()) if row["kind"] == "condition" else row["also"]
        yield Entry(
            id=row["id"],
            kind=row["kind"],
            title=row["title"],
            also_called=_others(row["title"], names),
            plain=_closed(row["plain"]),
            technical=_PERCENT.sub(" %", row["technical"].format(**limits).strip()),
            scenario=row.get("scenario"),
            years=float(row.get("years", 0)),
            no_heart=row.get("no_heart", ""),
            related=tuple(row["related"]),
            sources=tuple(row["sources"]),
        )


def _limits() -> dict[str, Any]:
    """Numbers that a technical text may name: {eroa[grade_2]}, {stage_ef_percent}, {lung.x}."""
    known = criteria()
    tables = {name: constants(name) for name in ("symptoms", "lung")}
    cutoffs = {name: one.value for name, one in known.cutoffs.items()}
    return {**{name: one.limits for name, one in known.parameters.items()}, **cutoffs, **tables}


def _others(title: str, names: Iterable[str]) -> tuple[str, ...]:
    """Names that are not the title, each in one spelling."""
    seen, kept = {spelled(title), spelled(title.partition(" (")[0])}, []
    for name in names:
        if spelled(name) not in seen:
            seen.add(spelled(name))
            kept.append(name)
    return tuple(kept)


def _names(kind: str, name: str, title: str, synonyms: Iterable[str]) -> tuple[str, ...]:
    """What a catalogue calls an entry, and what people call it besides."""
    further = _read("plain")["also"].get(kind, {}).get(name, ())
    return _others(title, (*map(spoken, synonyms), *further))


def _of_cause(cause: Cause) -> Entry:
    risks = [f"risk-{risk.name}" for risk in all_risk_factors() if cause.name in risk.leads_to]
    orifice = f"orifice {cause.eroa_cm2:g} cm² unless another is given."
    if cause.eroa_cm2 == 0.0:
        orifice = "the size of the ventricle makes the orifice."
    return Entry(
        id=f"cause-{cause.name}",
        kind="cause",
        title=cause.label,
        also_called=_names("cause", cause.name, cause.label, cause.synonyms),
        plain=plain_words("cause", cause.name),
        technical=(
            f"{cause.description} Leaflet motion: Carpentier type "
            f"{' and '.join(cause.carpentier)}; {cause.onset}. In this model: {orifice} "
            f"{_sentence(cause.note)}"
        ),
        scenario={"patient": _heart(cause)},
        years=0.0,
        no_heart="",
        related=(
            "condition",
            f"state-{'acute' if cause.onset == 'acute' else 'compensated'}",
            *risks,
        ),
        sources=cause.sources,
    )


def _heart(cause: Cause) -> dict[str, Any]:
    """A patient with a cause, who has lived with it if it makes the heart another one."""
    grown = cause.onset == "chronic" and bool(cause.established)
    return {"cause": cause.name, **({"adapted": True} if grown else {})}


def _of_risk(risk: RiskFactor) -> Entry:
    first = next(cause for cause in all_causes() if cause.name == risk.leads_to[0])
    return Entry(
        id=f"risk-{risk.name}",
        kind="risk",
        title=risk.label,
        also_called=_names("risk", risk.name, risk.label, (risk.name,)),
        plain=plain_words("risk", risk.name),
        technical=(
            f"{risk.description} Seen in populations, not in one person. "
            f"{_CHANGEABLE[risk.changeable]} The heart shown: {first.label}."
        ),
        scenario={"patient": _heart(first)},
        years=0.0,
        no_heart="",
        related=tuple(f"cause-{name}" for name in risk.leads_to),
        sources=risk.sources,
    )


def _of_treatment(treatment: Treatment) -> Entry:
    name = treatment.name
    shown_in = _SHOWN_IN.get(name, _TORN)
    cause = next(one for one in all_causes() if one.name == shown_in)
    given = {} if treatment.kind == "none" else {"treatments": [name]}
    parts = (
        treatment.description,
        "What it does in this model, no advice.",
        f"Dose: {'; '.join(map(_dose, treatment.doses))}." if treatment.doses else "",
        _sentence(treatment.note),
        f"Left out: {treatment.leaves_out}.",
    )
    return Entry(
        id=f"treatment-{name}",
        kind="treatment",
        title=treatment.label,
        also_called=_names("treatment", name, treatment.label, treatment.synonyms),
        plain=plain_words("treatment", name),
        technical=" ".join(filter(None, parts)),
        scenario={"patient": _heart(cause), **given},
        years=1.0 if name in _LIVED else 0.0,
        no_heart="",
        related=tuple(_beside(name, shown_in)),
        sources=treatment.sources,
    )


def _dose(dose: Dose) -> str:
    """A dose in words: 'rate 40 to 130 bpm, usually 80: paced rate'."""
    if dose.choices:
        usual = next(word for word, value in dose.choices.items() if value == dose.usual)
        return f"{dose.name} {' or '.join(dose.choices)}, usually {usual}: {dose.meaning}"
    unit = "" if dose.unit in ("1", dose.name) else f" {dose.unit}"
    usual = "" if dose.usual is None else f", usually {dose.usual:g}"
    return f"{dose.name} {dose.low:g} to {dose.high:g}{unit}{usual}: {dose.meaning}"


def _beside(name: str, cause: str) -> Iterator[str]:
    """What to read next: the cause of the heart shown, the flutter, what excludes a treatment."""
    yield "condition"
    yield f"cause-{cause}"
    if name in _FLUTTER:
        yield from ("risk-atrial_fibrillation", "symptom-palpitations")
    others = {one for group, _ in catalogue().contradictions if name in group for one in group}
    yield from (f"treatment-{one.name}" for one in all_treatments() if one.name in others - {name})


def _sentence(note: str) -> str:
    """A note that begins and ends as a sentence does; '' stays ''."""
    return f"{note[0].upper()}{note[1:].rstrip().rstrip('.')}." if note else ""


def find(words: str) -> tuple[Entry, ...]:
    """The entries of an id, a title or a further name; else those that have all of the words.

    Spelling, case, hyphens and accents do not matter; several kinds may share a name (atrial
    fibrillation is a cause and a risk). Raises `InputError` with the nearest name if there is none.
    """
    named = _by_name()
    found = named.get(folded(words)) or _with(words)
    if found:
        return found
    known = {name for one in library() for name in _called(one)}
    if get_close_matches(words.lower(), known, n=1, cutoff=_LIKE):
        raise unknown_name("word", words, known)
    raise InputError(f"word '{words}' is unknown; `mitral explain --list` tells what is known")


def _called(entry: Entry) -> tuple[str, ...]:
    return (entry.id, entry.short.replace("_", " "), entry.title, entry.head, *entry.also_called)


def _with(words: str) -> tuple[Entry, ...]:
    """Entries with one name that has all of the words."""
    return tuple(one for one in library() if any(has_all(name, words) for name in _called(one)))


@cache
def _by_name() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in library():
        for name in dict.fromkeys(map(folded, _called(entry))):
            found[name] = (*found.get(name, ()), entry)
    return found


def archetypes() -> list[dict[str, Any]]:
    """Invented hearts to begin with: id, title, text, scenario, `years` with the leak."""
    return [{"years": 0.0, **row} for row in _read("archetypes")["archetypes"]]
