"""A comparison as a page of text: every arm at the end and soon after treatment, or what waits.

A number of an arm stands above its change since before treatment, absolute and in percent.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from rich.table import Table
from rich.text import Text

import mitral
from mitral.course.course import FAILED
from mitral.disease.causes import find
from mitral.disease.symptoms import EXERTION, FLASH, NONE, REST
from mitral.report.table import ABSENT, number, printable, rows
from mitral.report.time_axis import when
from mitral.treatment.arms import AFTER_DAYS, at_end

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from mitral.course.course import Visit
    from mitral.treatment.arms import Arm, Comparison


class Line(NamedTuple):
    """A row: its `label`, `unit` and `digits`, and what it asks of a visit."""

    label: str
    unit: str
    digits: int
    of: Callable[[Visit], float | str]


_LABELS = {
    "eroa_cm2": "EROA",
    "regurgitant_volume_ml": "RVol",
    "regurgitant_fraction_percent": "RF",
    "lv_edv_ml": "EDV",
    "lv_esv_ml": "ESV",
    "lv_ef_percent": "EF",
    "forward_stroke_volume_ml": "Forward",
    "cardiac_output_l_min": "Output",
    "la_pressure_mean_mmhg": "LA mean",
    "pa_mean_mmhg": "PA mean",
    "aortic_mean_mmhg": "Aorta mean",
    "mitral_mean_gradient_mmhg": "MV gradient",
    "lv_mass_index_g_m2": "LV mass",
    "la_volume_max_ml": "LA volume",
    "stroke_work_j": "Stroke work",
    "pressure_volume_area_j": "PVA",
    "mvo2_ml_min_100g": "Oxygen use",
}
"""Findings at the end of every arm, in their order."""
_EARLY = ("lv_ef_percent", "lv_edv_ml", "la_pressure_mean_mmhg", "forward_stroke_volume_ml")
_EARLY_DAYS = AFTER_DAYS[:3]
_WAITING = {
    "lv_ef_percent": "EF",
    "lvesd_mm": "LVESD",
    "lv_edv_ml": "EDV",
    "la_volume_max_ml": "LA vol",
    "la_pressure_mean_mmhg": "LAP",
    "forward_stroke_volume_ml": "fwd",
    "lv_mass_index_g_m2": "mass",
}
"""Findings at the common end that tell what waiting costs."""
_FELT = {NONE: ABSENT, EXERTION: "exertion", REST: "at rest", FLASH: "flash"}
_LABEL_WIDTH, _BEFORE_WIDTH, _ARM_WIDTH = 11, 8, 11
"""Columns; five arms stand side by side in 80."""
_MOST_PERCENT = 1000.0
"""A larger share, of a value near zero, says nothing."""
_SAME_DAY = 1e-6


def page(comparison: Comparison, console: Console) -> None:
    """Print the whole page: the person, the arms or what waiting costs, warnings, the notice."""
    _person(comparison, console)
    if sweeps(comparison):
        _waiting(comparison.arms, console)
    else:
        _side_by_side(comparison.arms, console)
    _remarks(comparison.arms, console)
    console.print(_dim("In this model an operation has no risk and no valve wears out."))
    console.print(_dim(f"A comparison, no advice; mitral {mitral.__version__}"))
    console.print(mitral.NOTICE)


def sweeps(comparison: Comparison) -> bool:
    """Whether treatment begins at several times."""
    return len({arm.at_year for arm in comparison.arms if not arm.untreated}) > 1


def change(before: float, after: float, line: Line) -> str:
    """The change of a finding, absolute and in percent of before (of percentages: points)."""
    difference = after - before
    if not math.isfinite(difference):
        return ""
    if abs(difference) < 0.5 * 10.0**-line.digits:
        return "0"
    text = f"{difference:+.{line.digits}f}"
    if line.unit == "%":
        return f"{text} points"
    percent = 100.0 * difference / abs(before) if before else math.inf
    return f"{text} {percent:+.0f}%" if abs(percent) < _MOST_PERCENT else text


def _finding(name: str, label: str) -> Line:
    row = next(row for row in rows() if row.name == name)
    return Line(label, row.unit, row.digits, lambda visit: getattr(visit.exam, name))


def _lines() -> list[Line]:
    """The rows of the table at the end."""
    return [
        *(_finding(*item) for item in _LABELS.items()),
        Line("Lung water", "mL/kg", 1, lambda v: v.lung_water_ml_kg),
        Line("Breathless", "", 0, lambda v: _FELT[v.symptoms.breathlessness.grade]),
        Line("Tired", "", 0, lambda v: _FELT[v.symptoms.tiredness.grade]),
        Line("Leak", "", 0, lambda v: v.grade.severity),
        Line("State", "", 0, lambda v: v.state.name),
    ]


def _dim(text: str) -> Text:
    return Text(text, style="dim")


def _person(comparison: Comparison, console: Console) -> None:
    """Who this is, and what came over them."""
    who, settings = comparison.patient, comparison.provenance["settings"]
    console.print(Text(printable(who.name), style="bold"))
    sex = {"male": "man", "female": "woman"}[who.sex]
    console.print(f"{sex}, {who.age_years:g} years, {who.height_cm:g} cm, {who.weight_kg:g} kg")
    cause = "leak" if who.cause is None else find(who.cause).label
    console.print(f"{cause}; onset: {settings['onset']}; the same heart in every arm")
    console.print()


def _title(text: str, more: str = "") -> Text:
    return Text(text, style="bold").append(f"  {more}", style="not bold dim")


def _side_by_side(arms: Sequence[Arm], console: Console) -> None:
    """Every arm at the end and soon after treatment, as many beside each other as fit."""
    before = arms[0].course.visits[0]
    last = max(at_end(arm).day for arm in arms)
    fit = max((console.width - _LABEL_WIDTH - _BEFORE_WIDTH - 1) // (_ARM_WIDTH + 1), 1)
    groups = [arms[i : i + fit] for i in range(0, len(arms), fit)]
    treated = f"{when(last - before.day)} after treatment at {when(before.day)}"
    console.print(_title("AT THE END", f"{treated}; below: change since before"))
    for some in groups:
        table = _table(some)
        ends = [at_end(arm) for arm in some]
        for line in _lines():
            _add(table, line, line.label, before, ends)
        console.print(table)
        console.print()
    console.print(_title("SOON AFTER TREATMENT"))
    for some in groups:
        table = _table(some)
        for line in (_finding(name, _LABELS[name]) for name in _EARLY):
            for day in _EARLY_DAYS:
                seen = [_seen(arm, before.day + day) for arm in some]
                if any(seen):
                    name = line.label if day == _EARLY_DAYS[0] else ""
                    label = name + when(day).rjust(_LABEL_WIDTH - len(name))
                    _add(table, line, label, before, seen, tight=True)
        console.print(table)
        console.print()


def _seen(arm: Arm, day: float) -> Visit | None:
    """The visit of an arm on a day, if there was one."""
    return next((v for v in arm.course.visits if abs(v.day - day) < _SAME_DAY), None)


def _table(arms: Sequence[Arm]) -> Table:
    """An empty table with a column for each arm; names break where their parts end."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("", width=_LABEL_WIDTH)
    table.add_column("before", justify="right", width=_BEFORE_WIDTH)
    for arm in arms:
        name = printable(arm.name).replace("+", " + ").replace(":", ": ")
        table.add_column(Text(name), justify="right", width=_ARM_WIDTH, overflow="fold")
    return table


def _add(
    table: Table,
    line: Line,
    label: str,
    before: Visit,
    after: Sequence[Visit | None],
    tight: bool = False,
) -> None:
    """A finding: label above unit, values above changes; `tight`: the values alone."""
    old = line.of(before)
    new = [ABSENT if visit is None else line.of(visit) for visit in after]
    if isinstance(old, str):
        table.add_row(label, _short(old), *(_short(str(value)) for value in new))
        return
    values = [number(old, line.digits)]
    values += [value if isinstance(value, str) else number(value, line.digits) for value in new]
    table.add_row(label, *values)
    if not tight:
        made = ["" if isinstance(value, str) else change(old, value, line) for value in new]
        table.add_row(*map(_dim, (line.unit, "", *made)))


def _short(word: str) -> str:
    """A word that fits its column."""
    return {"decompensated": "decomp.", "compensated": "compens."}.get(word, word)


def _waiting(arms: Sequence[Arm], console: Console) -> None:
    """For each treatment: a line for every time it began, with what is found at the common end."""
    waited = [arm for arm in arms if arm.untreated]
    lines = [_finding(*item) for item in _WAITING.items()]
    last = max(at_end(arm).day for arm in arms)
    found = f"found at {when(last)}, whenever treated; times from the start"
    console.print(_title("WHAT WAITING COSTS", found))
    for title in dict.fromkeys(arm.title for arm in arms if not arm.untreated):
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
        units = [f"{line.label}\n{line.unit}" for line in lines]
        for head in ("treated\nat", "EF\nbefore", *units):
            table.add_column(head, no_wrap=True, justify="right")
        for head in ("breathless\n ", "state\n "):
            table.add_column(head, no_wrap=True)
        for arm in [one for one in arms if one.title == title] + waited:
            first, end = arm.course.visits[0], at_end(arm)
            table.add_row(
                "never" if arm.untreated else when(first.day),
                ABSENT if arm.untreated else number(first.exam.lv_ef_percent, 0),
                *(number(float(line.of(end)), line.digits) for line in lines),
                _FELT[end.symptoms.breathlessness.grade],
                "fails" if arm.course.outcome == FAILED else _short(end.state.name),
            )
        console.print(Text(title, style="bold cyan"))
        console.print(table)
        console.print()


def _remarks(arms: Sequence[Arm], console: Console) -> None:
    """Warnings of the arms, each once, and how those ended that did not last."""
    for warning in dict.fromkeys(text for arm in arms for text in arm.warnings):
        console.print(Text(f"warning: {warning}", style="bold yellow"))
    failed = [arm for arm in arms if arm.course.outcome == FAILED]
    for arm in failed:
        after = when(at_end(arm).day - arm.course.visits[0].day)
        words = f"{printable(arm.name)}: in this model {FAILED} {after} after treatment"
        console.print(Text(f"{words}; its column is the last visit", style="bold red"))
        console.print(_dim(f"  {arm.course.reason}"))
    if failed or any(arm.warnings for arm in arms):
        console.print()
