"""A course as a page of text: the visits one by one, what changed and why, how it ended.

What is out of the ordinary is marked with a sign or a word, never with colour alone.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

import mitral
from mitral.course.course import FAILED
from mitral.course.remodel import YEAR
from mitral.disease.causes import find
from mitral.disease.compromise import RULE
from mitral.disease.symptoms import EXERTION, FLASH, NONE, REST
from mitral.grade.state import STATES
from mitral.patient.record import Patient
from mitral.report.table import ABSENT, number, printable
from mitral.report.time_axis import SUDDEN, TimeAxis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from mitral.course.course import Course, Visit

MOST_ROWS = 20
WARNING = "!"
"""Stands before a visit whose circulation was compromised."""
_STYLE = {
    "normal": "green",
    "acute": "magenta",
    "compensated": "yellow",
    "decompensated": "bold red",
}
_FELT = {NONE: ABSENT, EXERTION: "exertion", REST: "at rest", FLASH: "flash"}
_NARROW = 90
"""Columns below which the states are abbreviated."""
_ABBREVIATED = {"compensated": "compens.", "decompensated": "decomp."}
_EVERY_YEARS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_SOON = 0.4 * YEAR
"""Visits closer than this to the one before are the early ones after a sudden onset (days)."""
_SAME = 1e-6
"""Days."""
_COLUMNS = (
    ("EROA", "cm²", "eroa_cm2", 2),
    ("EDV", "mL", "lv_edv_ml", 0),
    ("ESV", "mL", "lv_esv_ml", 0),
    ("EF", "%", "lv_ef_percent", 0),
    ("RF", "%", "regurgitant_fraction_percent", 0),
    ("fwd", "mL", "forward_stroke_volume_ml", 0),
    ("LA", "mmHg", "la_pressure_mean_mmhg", 0),
)


def result(course: Course, console: Console) -> None:
    """Print the whole page: the person, the visits, the reasons, the outcome, the notice."""
    axis = TimeAxis.of(course)
    visits = [visit for _, visit in axis.visits(course.visits)]
    _person(course, axis, console)
    console.print(_table(shown(visits), axis, console))
    for line in _legend(visits):
        console.print(_dim(line))
    _title("WHY", console)
    console.print(_why(visits, axis))
    if course.fibrillation_day is not None:
        console.print(f"Atrial fibrillation from {axis.when(course.fibrillation_day)} on.")
    elif course.provenance.get("settings", {}).get("atrial_fibrillation"):
        console.print("Atrial fibrillation was allowed, and did not set in.")
    _title("OUTCOME: ", console, course.outcome)
    console.print(course.reason)
    console.print()
    parts = dict.fromkeys(part for visit in visits for part in visit.symptoms.uncalibrated)
    console.print(_dim(f"Not calibrated on patients: {', '.join(parts)}."))
    made = f"{len(course.visits)} visits, {len(course.way)} steps; mitral {mitral.__version__}"
    console.print(_dim(made))
    console.print(mitral.NOTICE)


def shown(visits: Sequence[Visit]) -> list[Visit]:
    """The visits that get a line: all, or about `MOST_ROWS` of many.

    The first and last, the early ones, every change of state or compromise, and whole years.
    """
    if len(visits) <= MOST_ROWS:
        return list(visits)
    must = {
        i
        for i, visit in enumerate(visits)
        if i in (0, len(visits) - 1)
        or _kind(visit) != _kind(visits[i - 1])
        or visit.day - visits[i - 1].day < _SOON
    }
    for every in _EVERY_YEARS:
        whole = {i for i, visit in enumerate(visits) if visit.day % (every * YEAR) < _SAME}
        if len(must | whole) <= MOST_ROWS:
            return [visits[i] for i in sorted(must | whole)]
    return [visits[i] for i in sorted(must)]


def _kind(visit: Visit) -> tuple[str, bool]:
    return visit.state.name, visit.compromise.present


def _dim(text: str) -> Text:
    return Text(text, style="dim")


def _title(name: str, console: Console, outcome: str = "") -> None:
    console.print()
    style = "bold red" if outcome == FAILED else "bold green"
    console.print(Text(name, style="bold").append(outcome.upper(), style=style))


def _person(course: Course, axis: TimeAxis, console: Console) -> None:
    """Who this is, what came over them, and from when time counts."""
    who = course.patient or Patient()
    console.print(Text(printable(who.name), style="bold"))
    sex = {"male": "man", "female": "woman"}[who.sex]
    console.print(f"{sex}, {who.age_years:g} years, {who.height_cm:g} cm, {who.weight_kg:g} kg")
    cause = "leak" if who.cause is None else find(who.cause).label
    onset = course.provenance.get("settings", {}).get("onset", SUDDEN)
    since = "the onset" if axis.bent else "the start"
    console.print(f"{cause}; onset: {onset}; times count from {since}")
    console.print()


def _table(visits: Sequence[Visit], axis: TimeAxis, console: Console) -> Table:
    """One line a visit."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("", width=len(WARNING))
    table.add_column("time\n ", justify="right", no_wrap=True)
    table.add_column("state\n ", no_wrap=True)
    table.add_column("stage\n ", no_wrap=True)
    for label, unit, _, _ in _COLUMNS:
        table.add_column(f"{label}\n{unit}", justify="right", no_wrap=True)
    table.add_column("water\nmL/kg", justify="right", no_wrap=True)
    table.add_column("breathless\n ", no_wrap=True)
    table.add_column("tired\n ", no_wrap=True)
    short = _ABBREVIATED if console.width < _NARROW else {}
    for visit in visits:
        state, compromised = _kind(visit)
        table.add_row(
            Text(WARNING if compromised else "", style="bold red"),
            axis.when(visit.day),
            Text(short.get(state, state), style=_STYLE[state]),
            ABSENT if visit.stage.letter == NONE else visit.stage.letter,
            *(number(getattr(visit.exam, name), digits) for _, _, name, digits in _COLUMNS),
            number(visit.lung_water_ml_kg, 1),
            _FELT[visit.symptoms.breathlessness.grade],
            _FELT[visit.symptoms.tiredness.grade],
        )
    return table


def _legend(visits: Sequence[Visit]) -> list[str]:
    """What the heads and signs of the table mean."""
    lines = [
        "RF: share of the stroke that leaks; fwd: forward stroke; LA: mean pressure; water: in the "
        f"lungs; stage by {visits[0].stage.document}; {ABSENT} none"
    ]
    if any(visit.compromise.present for visit in visits):
        lines.append(f"{WARNING} compromised: {RULE}")
    return lines


def _why(visits: Sequence[Visit], axis: TimeAxis) -> Table:
    """Every change of state (or the one that lasts): the rule behind it, and what it saw."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True, justify="right")
    table.add_column()
    firsts = [next(group) for _, group in groupby(visits, key=lambda visit: visit.state.name)]
    if len(firsts) > 1 and firsts[0].state.name == STATES[0]:
        del firsts[0]
    for visit in firsts:
        *seen, rule = visit.state.reasons
        text = Text(f"{rule} ", style=_STYLE[visit.state.name])
        table.add_row(axis.when(visit.day), text.append(" ".join(seen), style="default dim"))
    return table
