"""A run of beats as a page of text: five moments side by side, the outcome, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

import mitral
from mitral.disease.causes import find
from mitral.report.table import number, printable, rows

if TYPE_CHECKING:
    from rich.console import Console

    from mitral.course.transient import Transient, TransientBeat

FINDINGS = (
    "heart_rate_bpm",
    "aortic_mean_mmhg",
    "la_pressure_mean_mmhg",
    "la_v_wave_mmhg",
    "forward_stroke_volume_ml",
    "regurgitant_volume_ml",
    "regurgitant_fraction_percent",
    "cardiac_output_l_min",
    "cardiac_index_l_min_m2",
)
LATER_S = (10.0, 60.0)
_STYLE = {False: "bold green", True: "bold red"}


def moments(run: Transient) -> dict[str, TransientBeat]:
    """The beats shown, by the heads of their columns; what the run does not reach is left out."""
    shown = {"before": run.before, "first beat": run.after(0.0)}
    shown |= {f"{seconds:g} s": run.after(seconds) for seconds in LATER_S}
    shown[f"end ({run.end_s - run.onset_s:.0f} s)"] = run.beats[-1]
    return {head: one for head, one in shown.items() if one is not None}


def result(run: Transient, console: Console) -> None:
    """Print the whole page: the person, the moments, the outcome, the notice."""
    console.print(Text(printable(run.patient.name), style="bold"))
    cause = "leak" if run.patient.cause is None else find(run.patient.cause).label
    console.print(f"{cause}, opening at once; times count from there")
    console.print()
    console.print(_moments(run))
    console.print()
    title = Text("OUTCOME: ", style="bold")
    console.print(title.append(run.outcome.upper(), style=_STYLE[run.hemodynamic_compromise]))
    console.print(run.reason)
    console.print()
    console.print(Text(f"{len(run.beats)} beats; mitral {mitral.__version__}", style="dim"))
    console.print(mitral.NOTICE)


def _moments(run: Transient) -> Table:
    """Findings in lines, moments in columns."""
    shown = moments(run)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("", no_wrap=True)
    for head in shown:
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("", style="dim", no_wrap=True)
    known = {row.name: row for row in rows()}
    for name in FINDINGS:
        row = known[name]
        values = [number(getattr(one.exam, name), row.digits) for one in shown.values()]
        table.add_row(row.label, *values, row.unit)
    yes = ["yes" if one.hemodynamic_compromise else "no" for one in shown.values()]
    table.add_row("Haemodynamic compromise", *yes, "")
    return table
