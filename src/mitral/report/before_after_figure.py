"""The picture of a treatment: loops before (dashed) and after, both strokes, a small table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

import mitral
from mitral.errors import InputError
from mitral.files import atomic
from mitral.parameters.parameter import SET_NAME
from mitral.report import loops, page, style
from mitral.report.before_after import lines, unit_of_change
from mitral.report.labels import Labels
from mitral.report.table import ABSENT

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from mitral.workflow.treat import BeforeAfter

_LEFT_IN, _WIDTH_IN = 0.85, 5.0
_TABLE_LEFT_IN, _TABLE_TOP_IN, _LINE_IN = 6.75, 7.24, 0.198
_COLUMNS_IN = {"before": 3.05, "after": 3.75, "change": 4.5, "share": 5.1, "unit": 5.18}
"""Right edges (inches from the left of the table) of the numbers; left edge of the unit."""
_DRAWN = ("v_lv", "p_lv", "v_la", "p_la")


def picture(result: BeforeAfter, path: Path | None = None) -> Figure:
    """Draw the picture and write it to `path` (svg, pdf, png) if given."""
    import matplotlib
    from matplotlib.figure import Figure

    for beat in (result.before.beat, result.after.beat):
        if not all(np.isfinite(beat[name]).all() for name in _DRAWN):
            raise InputError("this beat cannot be drawn: its solution broke down")
    title = f"{' '.join(result.patient.name.split())}: {result.title.replace('_', ' ')}"
    with matplotlib.rc_context(style.RC):
        figure = Figure(figsize=(page.WIDTH_IN, page.HEIGHT_IN), dpi=100, facecolor=style.PAPER)
        figure.set_label(title)
        labels = Labels(figure)
        control = "with the reflex" if result.before.reflex else "without the reflex"
        subtitle = f"minutes after treatment, {control}; dashed: the same heart before"
        page.head(figure, labels, title, subtitle, {})
        _loops(figure, labels, result)
        _table(figure, labels, result)
        page.foot(figure, labels, f"mitral {mitral.__version__}, parameter set {SET_NAME}")
    if path is not None:
        with atomic(path) as beside:
            style.save(figure, beside)
    return figure


def _loops(figure: Figure, labels: Labels, result: BeforeAfter) -> None:
    """The left column: ventricle, one stroke before and after, atrium."""
    before, after = result.before.beat, result.after.beat
    ventricle = page.panel(figure, _LEFT_IN, 4.2, _WIDTH_IN, 2.75)
    bars = [page.panel(figure, _LEFT_IN, y, _WIDTH_IN, 0.5, ventricle) for y in (3.45, 2.92)]
    atrium = page.panel(figure, _LEFT_IN, 0.62, _WIDTH_IN, 1.65)
    loops.ventricle(ventricle, labels, after, before, "before")
    for axes, beat, name in zip(bars, (before, after), ("before", "after"), strict=True):
        loops.stroke_bar(axes, labels, beat)
        labels.keep(
            axes.annotate(
                name,
                (0, 0.79),
                (-36, 0),
                xycoords="axes fraction",
                textcoords="offset points",
                va="center",
                fontsize=style.SMALL,
                color=style.MUTED,
            )
        )
    loops.atrium(atrium, labels, after, before, "before")
    what = "pressure (mmHg) against volume (mL)"
    more = loops.WHY_HATCHED if loops.hatched(after) else ""
    page.heading(figure, labels, ventricle, "Left ventricle", what, more)
    page.heading(figure, labels, atrium, "Left atrium", what)


def _minus(text: str) -> str:
    """A change with the sign that is as wide as a plus."""
    return text.replace("-", "−") if text != ABSENT else text


def _table(figure: Figure, labels: Labels, result: BeforeAfter) -> None:
    """The right column: findings before, after, and their change."""

    def put(x: float, y: float, text: str, **looks: Any) -> None:
        looks = {"fontsize": style.SMALL, "va": "baseline"} | looks
        labels.keep(
            figure.text((_TABLE_LEFT_IN + x) / page.WIDTH_IN, y / page.HEIGHT_IN, text, **looks)
        )

    y, section = _TABLE_TOP_IN, ""
    for name in ("before", "after", "change"):
        put(_COLUMNS_IN[name], y, name, ha="right", color=style.MUTED)
    for line in lines(result):
        if line.row.section != section:
            y -= 0.35 * _LINE_IN if section else 0.0
            section = line.row.section
            put(0.0, y, section, fontweight="bold")
            y -= _LINE_IN
        put(0.0, y, line.row.label)
        for name, text in (("before", line.before), ("change", _minus(line.change))):
            put(_COLUMNS_IN[name], y, text, ha="right")
        put(_COLUMNS_IN["after"], y, line.after, ha="right", fontweight="bold")
        put(_COLUMNS_IN["share"], y, _minus(line.percent), ha="right", color=style.MUTED)
        put(_COLUMNS_IN["unit"], y, unit_of_change(line.row), color=style.MUTED)
        y -= _LINE_IN
    y -= 0.35 * _LINE_IN
    put(0.0, y, "Regurgitation (ASE 2017)", fontweight="bold")
    put(_COLUMNS_IN["before"], y, result.before.grade.severity, ha="right")
    put(_COLUMNS_IN["after"] + 0.2, y, result.after.grade.severity, ha="right", fontweight="bold")
