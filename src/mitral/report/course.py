"""The picture of a course: everything that changes over the years, and loops of chosen visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mitral import __version__
from mitral.course.course import FAILED
from mitral.disease.causes import WAYS, find
from mitral.errors import InputError
from mitral.files import atomic
from mitral.parameters.parameter import SET_NAME
from mitral.patient.record import Patient
from mitral.report import course_bands, course_loops, course_panels, page, style
from mitral.report.course_panels import View
from mitral.report.labels import Labels
from mitral.report.states import LOOKS
from mitral.report.time_axis import TimeAxis

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mitral.course.course import Course

_LEFT_IN, _WIDTH_IN = 1.55, 6.75
_LOOPS_LEFT_IN, _LOOPS_WIDTH_IN = 9.6, 3.05
_TOP_IN, _BOTTOM_IN = 7.42, 0.66
_BAR_IN, _BARS_IN = 0.5, 2.1


def picture(course: Course, path: Path | None = None) -> Figure:
    """Draw the course of a patient, and write it to `path` (svg, pdf, png) when given."""
    who, made = course.patient or Patient(), course.provenance
    onset = made.get("settings", {}).get("onset", "")
    cause = "leak" if who.cause is None else find(who.cause).label
    cause += f", {onset} onset" if onset in WAYS else ""
    sex = {"male": "man", "female": "woman"}[who.sex]
    return draw(
        course,
        title=who.name,
        subtitle=f"{cause}; {sex}, {who.age_years:g} years",
        provenance=f"mitral {__version__}, parameter set {made.get('parameter_set', SET_NAME)}",
        path=path,
    )


def draw(
    course: Course,
    *,
    title: str,
    subtitle: str = "",
    provenance: str = "",
    path: Path | None = None,
) -> Figure:
    """One page that shows a course; written to `path` (svg, pdf, png) at once or not at all.

    `provenance`: version and parameter set for the foot line.
    """
    import matplotlib
    from matplotlib.figure import Figure

    if not all(np.isfinite(values).all() for values in course.trajectory.values()):
        raise InputError("this course cannot be drawn: its solution broke down")
    title = " ".join(title.split())
    with matplotlib.rc_context(style.RC):
        figure = Figure(figsize=(page.WIDTH_IN, page.HEIGHT_IN), dpi=100, facecolor=style.PAPER)
        figure.set_label(title)
        view = View(course, TimeAxis.of(course), Labels(figure))
        page.head(figure, view.labels, title, " ".join(subtitle.split()), _numbers(view))
        _over_time(figure, view)
        _loops(figure, view)
        page.foot(figure, view.labels, provenance or f"mitral {__version__}")
    if path is not None:
        with atomic(path) as beside:
            style.save(figure, beside)
    return figure


def _numbers(view: View) -> dict[str, str]:
    """For the head line: when each state was first found, and how long the course went."""
    course, when = view.course, view.axis.when
    found = {}
    for state in list(LOOKS)[1:]:
        day = next((v.day for v in course.visits if v.state.name == state), None)
        if day is not None:
            found[f"{state} from"] = when(day)
    if course.fibrillation_day is not None:
        found["atrial fibrillation"] = when(course.fibrillation_day)
    end, last = FAILED if course.outcome == FAILED else "followed for", course.way[-1].day
    return found | {end: when(last) if last > view.axis.start else "at once"}


def _over_time(figure: Figure, view: View) -> None:
    """The left column: all panels over the same axis, from top to bottom."""
    heights = course_panels.HEIGHTS
    gap = (_TOP_IN - _BOTTOM_IN - sum(heights.values())) / (len(heights) - 1)
    places, words = view.axis.ticks()
    panels: dict[str, Axes] = {}
    y = _TOP_IN
    for name, height in heights.items():
        y -= height
        axes = panels[name] = page.panel(figure, _LEFT_IN, y, _WIDTH_IN, height)
        y -= gap
        axes.set_xlim(view.axis.left, 1.0)
        style.plain(axes, [], places)
        axes.set_xticklabels(words)
        axes.tick_params(labelbottom=name == "symptoms")
        if name not in ("bands", "symptoms"):
            axes.grid(axis="x", color=style.GRID, linewidth=0.5)
            if view.axis.bent:
                axes.axvline(0.0, color=style.REFERENCE, lw=0.9, zorder=1)
    course_bands.states(panels["bands"], view)
    course_panels.draw(panels, view)
    course_bands.symptoms(panels["symptoms"], view)
    course_bands.events(panels, view)


def _loops(figure: Figure, view: View) -> None:
    """The right column: loops of chosen visits over their split strokes."""
    left, width = _LOOPS_LEFT_IN, _LOOPS_WIDTH_IN
    height = min(_BAR_IN * len(view.chosen), _BARS_IN)
    above = page.panel(figure, left, 3.6, width, 3.4)
    below = page.panel(figure, left, 2.76 - height, width, height, above)
    course_loops.loops(above, view)
    course_loops.bars(below, view)
    _heading(figure, view.labels, 7.2, "Left ventricle", "pressure (mmHg), volume (mL)", "")
    more = "leak hatched, forward solid; LA mean in mmHg"
    _heading(figure, view.labels, 3.05, "The stroke", "of the same beats (mL)", more)


def _heading(figure: Figure, labels: Labels, y: float, name: str, what: str, more: str) -> None:
    """Above a panel of the right column: its name, what it shows, and a line more."""
    left, height = (_LOOPS_LEFT_IN - 0.3) / page.WIDTH_IN, page.HEIGHT_IN
    bold = figure.text(left, y / height, name, fontsize=style.HEADING, fontweight="bold")
    after = labels.box(labels.keep(bold)).x1 / figure.dpi / page.WIDTH_IN + 0.007
    looks = {"fontsize": style.SMALL, "color": style.MUTED}
    labels.keep(figure.text(after, y / height, what, **looks))
    labels.keep(figure.text(left, (y - 0.18) / height, more, **looks))
