"""The result of one beat as a page of text: findings, grade, and what it is not.

What is out of range is marked with a sign, never with colour alone.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

import mitral
from mitral.report.console import can_write
from mitral.report.normal import NormalRange, normal_ranges

if TYPE_CHECKING:
    from rich.console import Console

    from mitral.grade.severity import Grade
    from mitral.patient.record import Patient

SEVERITIES = {
    "none": "green",
    "trace": "green",
    "mild": "cyan",
    "moderate": "yellow",
    "severe": "red",
}
_VERDICT_STYLE = {
    "normal": "green",
    "mild": "cyan",
    "moderate": "yellow",
    "severe": "bold red",
    "unknown": "dim",
}
BAR_WIDTH = 48
"""Characters that stand for the total stroke volume."""
ABSENT = "-"
"""Stands for what this beat does not have or cannot show."""


@dataclass(frozen=True)
class Row:
    """One line: the finding `name`, its `section`, `label`, `unit` and decimal `digits`."""

    section: str
    name: str
    label: str
    unit: str
    digits: int


@cache
def rows() -> tuple[Row, ...]:
    """Every line of the table in its order."""
    with (Path(__file__).parent / "rows.csv").open(encoding="utf-8") as file:
        return tuple(
            Row(r["section"], r["name"], r["label"], r["unit"], int(r["digits"]))
            for r in csv.DictReader(file)
        )


def number(value: float | bool | None, digits: int) -> str:
    """A finding as printed: no '-0', no 'nan'; yes or no for what is either."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or not math.isfinite(value):
        return ABSENT
    text = f"{value:.{digits}f}"
    return text if float(text) != 0.0 else f"{0:.{digits}f}"


def result(beat: mitral.SettledBeat, console: Console) -> None:
    """Print the whole page: the person, the findings, the grade, the notice."""
    _person(beat, console)
    ranges = normal_ranges(beat.patient)
    console.print(_findings(beat, ranges, console))
    used = sorted({ranges[row.name].source for row in rows() if row.name in ranges})
    console.print(_dim(_legend(console)))
    console.print(_dim(f"Normal ranges: {', '.join(used)}."))
    console.print()
    console.print(_stroke(beat, console))
    console.print()
    _severity(beat.grade, console)
    console.print(_criteria(beat.grade, console))
    console.print(_dim("* a specific sign of that grade in the document."))
    console.print()
    state = "settled" if beat.settled else f"NOT SETTLED ({beat.message})"
    console.print(_dim(f"{state} after {beat.beats} beats; mitral {mitral.__version__}"))
    console.print(mitral.NOTICE)


def printable(text: str) -> str:
    """Text from a file without anything that could steer a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _dim(text: str) -> Text:
    return Text(text, style="dim")


def _person(beat: mitral.SettledBeat, console: Console) -> None:
    """Who this is, and with which leak."""
    patient = beat.patient
    console.print(Text(printable(patient.name), style="bold"))
    sex = {"male": "man", "female": "woman"}[patient.sex]
    console.print(
        f"{sex}, {patient.age_years:g} years, {patient.height_cm:g} cm, {patient.weight_kg:g} kg"
    )
    if patient.resembles:
        console.print(_dim(f"resembles: {printable(patient.resembles)}"))
    lesion = _lesion(patient)
    if lesion:
        console.print(f"leak: {lesion}")
    changed = ", ".join(f"{name}={value}" for name, value in beat.changes.items())
    if changed:
        console.print(printable(f"changed: {changed}"))
    if not beat.reflex:
        console.print("reflex: off")
    console.print()


def _lesion(patient: Patient) -> str:
    """Cause and orifice as given, in words; empty for a valve that was left alone."""
    parts = [printable(patient.cause).replace("_", " ")] if patient.cause else []
    if patient.eroa_cm2 is not None:
        parts.append(f"orifice {patient.eroa_cm2:g} cm² at the reference load")
    if patient.mitral_valve_area_cm2 is not None:
        parts.append(f"forward area {patient.mitral_valve_area_cm2:g} cm²")
    if patient.adapted:
        parts.append("the circulation is used to it")
    return ", ".join(parts)


def _arrows(console: Console) -> dict[int, str]:
    """Signs for below, inside and above the normal range."""
    if can_write(console, "▼▲"):
        return {-1: "▼", 0: "", 1: "▲"}
    return {-1: "L", 0: "", 1: "H"}


def _legend(console: Console) -> str:
    arrows = _arrows(console)
    return f"{arrows[1]} above, {arrows[-1]} below the normal range; {ABSENT} not measurable."


def _findings(beat: mitral.SettledBeat, ranges: dict[str, NormalRange], console: Console) -> Table:
    """All findings, by section, beside the normal range and what was recorded."""
    found = beat.exam.as_dict()
    recorded = beat.patient.findings.model_dump(exclude_none=True)
    arrows = _arrows(console)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("", width=1)
    table.add_column("", no_wrap=True, min_width=35)
    table.add_column("model", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("normal", justify="right", no_wrap=True)
    if recorded:
        table.add_column("recorded", justify="right", no_wrap=True)
    section = ""
    for row in rows():
        if row.section != section:
            if section:
                table.add_row()
            section = row.section
            table.add_row("", Text(section.upper(), style="bold"))
        table.add_row(*_cells(row, found[row.name], ranges.get(row.name), recorded, arrows))
    return table


def _cells(
    row: Row,
    value: float | bool | None,
    normal: NormalRange | None,
    recorded: dict[str, float],
    arrows: dict[int, str],
) -> list[Text]:
    """One line of the table."""
    side = 0
    if normal and value is not None and math.isfinite(value):
        side = normal.side(float(value), row.digits)
    style = "bold yellow" if side else ""
    cells = [
        Text(arrows[side], style=style),
        Text(row.label),
        Text(number(value, row.digits), style=style),
        _dim(row.unit),
        _dim(normal.text(row.digits) if normal else ""),
    ]
    if recorded:
        cells.append(Text(number(recorded[row.name], row.digits) if row.name in recorded else ""))
    return cells


def _severity(grade: Grade, console: Console) -> None:
    """The grade on its scale, in a sentence, and why."""
    style = SEVERITIES.get(grade.severity, "")
    title = Text("MITRAL REGURGITATION: ", style="bold")
    title.append(grade.severity.upper(), style=f"bold {style}")
    console.print(title.append(f"  ({grade.document})", style="dim"))
    scale = Text("  ")
    for name, colour in SEVERITIES.items():
        if name == grade.severity:
            scale.append(f"[{name}]", style=f"bold {colour}")
        else:
            scale.append(f" {name} ", style="dim")
    console.print(scale)
    console.print()
    console.print(grade.summary)
    if grade.reasons:
        console.print(_bullets(grade.reasons))
    console.print()


def _stroke(beat: mitral.SettledBeat, console: Console) -> Text:
    """Where the blood of one beat goes, as a bar: forward to the body, back to the atrium."""
    back, total = beat.exam.regurgitant_volume_ml, beat.exam.total_stroke_volume_ml
    share = back / total if total > 0.0 else 0.0
    leaked = round(BAR_WIDTH * min(max(share, 0.0), 1.0))
    full, light = ("█", "░") if can_write(console, "█░") and console.is_terminal else ("#", ".")
    bar = Text(full * (BAR_WIDTH - leaked), style="blue")
    bar.append(light * leaked, style="red")
    forward = number(beat.exam.forward_stroke_volume_ml, 0)
    return bar.append(f" {forward} mL forward, {number(back, 0)} mL back", style="default")


def _bullets(lines: tuple[str, ...]) -> Table:
    """Sentences with a hanging indent."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(width=3, justify="right")
    table.add_column()
    for line in lines:
        table.add_row("-", Text(line))
    return table


def _criteria(grade: Grade, console: Console) -> Table:
    """Each parameter of the document: its verdict, what was found, and the rule that was met."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("verdict", no_wrap=True)
    table.add_column("finding", max_width=38)
    table.add_column("why", style="dim")
    for verdict in grade.verdicts:
        star = "*" if verdict.specific else ""
        finding = Text(verdict.label)
        finding.append(f" {_measured(verdict.value, verdict.unit)}", style="bold")
        style = _VERDICT_STYLE.get(verdict.verdict, "")
        table.add_row(Text(f"{verdict.verdict}{star}", style=style), finding, Text(verdict.rule))
    return table


def _measured(value: float | str | None, unit: str) -> str:
    """A value of a criterion with its unit, fine enough to be compared with a limit."""
    if value is None or isinstance(value, str):
        return value or ""
    digits = 2 if abs(value) < 1.0 else 1 if abs(value) < 100.0 else 0
    return f"{number(value, digits)} {'' if unit == '1' else unit}".rstrip()
