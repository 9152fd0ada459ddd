"""Before and after treatment as text: each finding with its change, the grades, what warns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

import mitral
from mitral.report.table import ABSENT, SEVERITIES, number, printable, rows

if TYPE_CHECKING:
    from rich.console import Console

    from mitral.report.table import Row
    from mitral.workflow.treat import BeforeAfter

SHOWN = (
    "regurgitant_volume_ml",
    "regurgitant_fraction_percent",
    "eroa_cm2",
    "heart_rate_bpm",
    "lv_edv_ml",
    "lv_esv_ml",
    "lv_ef_percent",
    "total_stroke_volume_ml",
    "forward_stroke_volume_ml",
    "cardiac_output_l_min",
    "aortic_systolic_mmhg",
    "aortic_diastolic_mmhg",
    "aortic_mean_mmhg",
    "lv_edp_mmhg",
    "ra_pressure_mean_mmhg",
    "la_pressure_mean_mmhg",
    "la_v_wave_mmhg",
    "pa_mean_mmhg",
    "mitral_mean_gradient_mmhg",
    "systemic_vascular_resistance_dyn_s_cm5",
    "lv_end_systolic_stress_kdyn_cm2",
    "stroke_work_j",
    "pressure_volume_area_j",
    "mvo2_ml_min_100g",
    "efficiency_percent",
)
"""Findings that are compared, in the order of the full table."""
_SMALLEST_SHARE = 0.5
"""Of the last digit shown, and of a percent: a change below this is none."""


class Line(NamedTuple):
    """One finding as printed: before, after, change and its share of before."""

    row: Row
    before: str
    after: str
    change: str
    percent: str


def lines(result: BeforeAfter) -> list[Line]:
    """The findings that are compared, formatted."""
    changes = result.changes()
    return [_line(row, **changes[row.name]) for row in rows() if row.name in SHOWN]


def _line(
    row: Row,
    before: float | None,
    after: float | None,
    change: float | None,
    percent: float | None,
) -> Line:
    ends = number(before, row.digits), number(after, row.digits)
    if change is None:
        return Line(row, *ends, ABSENT, ABSENT)
    if abs(change) < _SMALLEST_SHARE * 10.0**-row.digits:
        return Line(row, *ends, "0", "")
    small = percent is None or abs(percent) < _SMALLEST_SHARE
    share = "" if small or row.unit == "%" else f"{percent:+.0f} %"
    return Line(row, *ends, f"{change:+.{row.digits}f}", share)


def unit_of_change(row: Row) -> str:
    """The unit of a difference: percentages differ by points."""
    return "points" if row.unit == "%" else row.unit


def page(result: BeforeAfter, console: Console) -> None:
    """Print the whole page: who, which treatment, the findings, the grades, the notice."""
    console.print(Text(printable(result.patient.name), style="bold"))
    for one in result.given:
        console.print(
            Text(one.text, style="bold cyan").append(
                f"  {one.treatment.label}", style="not bold default"
            )
        )
    for warning in result.warnings:
        console.print(Text(f"warning: {warning}", style="bold yellow"))
    console.print()
    console.print(_table(result))
    console.print(
        Text(
            "Minutes after treatment, with the reflex"
            if result.before.reflex
            else "Minutes after treatment, without the reflex",
            style="dim",
        )
    )
    console.print()
    for name, beat in (("before", result.before), ("after", result.after)):
        grade = beat.grade
        line = Text(f"{name:<8}")
        line.append(grade.severity.upper(), style=f"bold {SEVERITIES.get(grade.severity, '')}")
        console.print(line.append(f"  {grade.summary}", style="default"))
    console.print()
    console.print(Text("What this leaves out:", style="dim"))
    for one in result.given:
        console.print(
            Padding(Text(f"{one.treatment.name}: {one.treatment.leaves_out}."), (0, 0, 0, 2))
        )
    console.print()
    console.print(mitral.NOTICE)


def _table(result: BeforeAfter) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("", no_wrap=True, min_width=35)
    for name in ("before", "after", "change", ""):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    section = ""
    for line in lines(result):
        if line.row.section != section:
            if section:
                table.add_row()
            section = line.row.section
            table.add_row(Text(section.upper(), style="bold"))
        unit = Text(unit_of_change(line.row), style="dim")
        table.add_row(line.row.label, line.before, line.after, line.change, line.percent, unit)
    return table
