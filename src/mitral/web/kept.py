"""The hearts that an exported page keeps: what it may ask for, answered beforehand.

The page finds an answer by what it would have asked a server; its reader is `web/src/api/kept.ts`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mitral
from mitral import workflow
from mitral.errors import InputError, NotSettledError
from mitral.explain import archetypes, lessons, library
from mitral.patient.faults import build
from mitral.report.about import about
from mitral.report.course_view import comparison_view, course_view
from mitral.report.explain import library_view
from mitral.report.schema import schema
from mitral.report.view import view
from mitral.web.packing import lean, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mitral.patient.record import Patient

YEARS = 15.0
"""Length of a course, unless said otherwise."""
HOLE_STEP_CM2, LARGEST_CM2 = 0.02, 1.0
"""Every heart of the list is kept with holes from none to the largest, in steps."""
ARMS, ARMS_YEARS = ("none", "teer", "repair"), 5.0
"""Which treatments are compared, and how long: what the page begins with."""
_PRIVATE = {"name", "resembles", "findings", "circumstances"}
"""Facts of a patient file that may lead to somebody, and change no heart."""

Plain = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A heart of the list: `years` it lives with its leak, what is `given` then.

    `compared`: whether its treatments over years are kept as well.
    """

    title: str
    patient: Patient
    years: float = 0.0
    given: tuple[str, ...] = ()
    compared: bool = False


def usual() -> list[Shown]:
    """Hearts for a page without patients: new, grown, treated, by cause, healthy."""
    torn = _patient(cause="flail_leaflet")
    return [
        Shown("A torn chord: flail leaflet, new", torn, compared=True),
        Shown("The same, a year later", torn, years=1.0),
        Shown("A year later, with two clips", torn, years=1.0, given=("teer:2clips",)),
        Shown("A year later, after repair", torn, years=1.0, given=("repair",)),
        Shown("Prolapse", _patient(cause="prolapse")),
        Shown("Late-systolic prolapse", _patient(cause="late_systolic_prolapse")),
        Shown("A weak, wide ventricle", _patient(cause="ventricular_functional", adapted=True)),
        Shown("Perforation", _patient(cause="perforation")),
        Shown("Rheumatic valve", _patient(cause="rheumatic")),
        Shown("A healthy heart", _patient()),
    ]


def numbered(patients: Sequence[Patient]) -> list[Shown]:
    """The hearts of given patients, called by number and cause and by nothing that names them."""
    made = []
    for number, patient in enumerate(patients, 1):
        who = _patient(**patient.model_dump(exclude=_PRIVATE, exclude_unset=True))
        cause = view(workflow.simulate(who))["cause_label"]
        words = cause or ("a leak" if _leaks(who) else "no leak")
        made.append(Shown(f"Patient {number}: {words}", who, compared=True))
    return made


def kept(hearts: Sequence[Shown], years: float, tell: Callable[[float], None]) -> Plain:
    """All that a page with these hearts can show; `tell` hears which share (0 to 1) is done."""
    page, told = _Page(), _told()
    all_steps = len(hearts) + 1
    for number, heart in enumerate(hearts, 1):
        page.offer(heart, years)
        tell(number / all_steps)
    for number, (scenario, lived) in enumerate(told, 1):
        page.tell_of(scenario, lived)
        tell((len(hearts) + number / len(told)) / all_steps)
    return {
        "version": mitral.__version__,
        "notice": mitral.NOTICE,
        "schema": _schema(),
        "years": years,
        "arms": {"arms": ARMS, "years": ARMS_YEARS},
        "hearts": page.hearts,
        "others": page.others,
        "grown": page.grown,
        "documents": {
            "library": library_view(),
            "lessons": {"lessons": [one.as_dict() for one in lessons()]},
            "model": about(),
        },
    }


class _Page:
    """The hearts of a page as they are collected; none is kept twice."""

    def __init__(self) -> None:
        self.hearts: list[Plain] = []
        self.others: list[Plain] = []
        self.grown: list[Plain] = []
        self._known: list[Plain] = []

    def offer(self, heart: Shown, years: float) -> None:
        """A heart of the list, with every hole, its years and what treatments make of them."""
        patient = self._lived(heart.patient, heart.years) if heart.years else heart.patient
        made: Plain = {"title": heart.title, **_heart(patient, heart.given)}
        made["beats"] += _holes(patient, heart.given)
        if _leaks(patient) and not heart.given:
            made |= _course(patient, years)
            made |= _comparison(patient) if heart.compared else {}
        self.hearts.append(made)
        self._known.append(made["scenario"])
        self._add(_body(patient))

    def tell_of(self, scenario: Mapping[str, Any], years: float) -> None:
        """A heart that is told of elsewhere: as it began, after its years, and treated."""
        patient = _patient(**scenario.get("patient", {}))
        changes, given = scenario.get("changes", {}), scenario.get("treatments", ())
        self._add(_body(patient))
        self._add(patient, changes)
        if years:
            patient, changes = self._lived(patient, years, changes), {}
            self._add(patient)
        if given:
            self._add(patient, changes, given)

    def _lived(
        self, young: Patient, years: float, changes: Mapping[str, Any] | None = None
    ) -> Patient:
        """The patient after years with the leak; the page may ask for that, too."""
        begun = _scenario(young, (), changes)
        for one in self.grown:
            if (one["scenario"], one["years"]) == (begun, years):
                return _patient(**one["to"]["patient"])
        old = workflow.grown(young, years, changes=changes)
        self.grown.append({"scenario": begun, "years": years, "to": _scenario(old)})
        return old

    def _add(
        self, patient: Patient, changes: Mapping[str, Any] | None = None, given: Sequence[str] = ()
    ) -> None:
        """A heart that is not in the list, as it is."""
        scenario = _scenario(patient, given, changes)
        if scenario not in self._known:
            self._known.append(scenario)
            self.others.append({"title": "", **_heart(patient, given, changes)})


def _patient(**facts: Any) -> Patient:
    return build(facts)


def _leaks(patient: Patient) -> bool:
    return bool(patient.cause or patient.eroa_cm2)


def _body(patient: Patient) -> Patient:
    """The same body in health: the page draws it dashed."""
    return _patient(**patient.model_dump(include={"age_years", "sex", "height_cm", "weight_kg"}))


def _scenario(
    patient: Patient, given: Sequence[str] = (), changes: Mapping[str, Any] | None = None
) -> Plain:
    """What the page asks for when it wants this heart; what is as usual is left out."""
    facts = patient.model_dump(exclude_defaults=True)
    made = {"patient": facts, "changes": dict(changes or {}), "treatments": list(given)}
    return {key: value for key, value in made.items() if value}


def _view(
    patient: Patient, given: Sequence[str], changes: Mapping[str, Any] | None = None
) -> Plain:
    return packed(view(workflow.treated_beat(patient, given, changes=changes)))


def _heart(
    patient: Patient, given: Sequence[str], changes: Mapping[str, Any] | None = None
) -> Plain:
    """A heart with its one beat."""
    beat = {"eroa_cm2": patient.eroa_cm2, "view": _view(patient, given, changes)}
    return {"scenario": _scenario(patient, given, changes), "beats": [beat]}


def _holes(patient: Patient, given: Sequence[str]) -> list[Plain]:
    """The same heart with every hole: only what differs from the beat as given."""
    made, first = [], _view(patient, given)
    for number in range(round(LARGEST_CM2 / HOLE_STEP_CM2) + 1):
        hole = round(number * HOLE_STEP_CM2, 4)
        # no beat to show: the circulation fails, or there is nothing to treat
        with suppress(InputError, NotSettledError):
            other = _view(patient.model_copy(update={"eroa_cm2": hole}), given)
            made.append({"eroa_cm2": hole, "view": lean(other, first)})
    return made


def _course(patient: Patient, years: float) -> Plain:
    """The years of a heart, if they can be computed."""
    with suppress(InputError, NotSettledError):
        return {"course": packed(course_view(workflow.follow(patient, years)))}
    return {}


def _comparison(patient: Patient) -> Plain:
    """What treatments make of the years, if they can be computed."""
    with suppress(InputError, NotSettledError):
        made = workflow.compare(patient, ARMS, ARMS_YEARS)
        return {"comparison": packed(comparison_view(made))}
    return {}


def _told() -> list[tuple[Plain, float]]:
    """Every heart that lessons, library and archetypes tell of, and how long it has lived."""
    found = [(heart.scenario, heart.years) for one in lessons() for heart in one.hearts.values()]
    found += [(one.scenario, one.years) for one in library() if one.scenario is not None]
    return found + [(one["scenario"], one["years"]) for one in archetypes()]


def _schema() -> Plain:
    """What the page must know, with a hole that moves by the steps that are kept."""
    known, step = schema(), {"step": HOLE_STEP_CM2, "high": LARGEST_CM2}
    controls = [one | step if one["id"] == "eroa" else one for one in known["controls"]]
    return {**known, "controls": controls}
