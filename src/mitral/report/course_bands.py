"""What is found in words at the visits of a course, as bands over time: states, stages, symptoms.

Every stretch is named where its name fits and shaded from little to much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mitral.course.course import FAILED
from mitral.disease.symptoms import EXERTION, FLASH, NONE, REST
from mitral.grade.stage import STAGES
from mitral.report import style
from mitral.report.page import row_name
from mitral.report.states import LOOKS, runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from mitral.course.course import Visit
    from mitral.report.course_panels import View
    from mitral.report.states import Run

_FILLS = (style.BAND, style.BAND_DARK, "#B9B1A2", style.INK)
"""From little to much; words on the last are light."""
_TOO_LOW = "pressure or output too low"
_SHADES = {"none": 0, "A": 0, "B": 1, "C": 1, "C1": 1, "C2": 2, "D": 3}
_SHADES |= {EXERTION: 1, REST: 2, FLASH: 3, _TOO_LOW: 3}
"""By stage or symptom."""
_SHORT = {
    "decompensated": "decomp.",
    "compensated": "comp.",
    EXERTION: "exertion",
    REST: "rest",
    FLASH: "flash",
    _TOO_LOW: "too low",
}
_FELT: dict[str, Callable[[Visit], str]] = {
    "Breathless": lambda v: v.symptoms.breathlessness.grade,
    "Tired": lambda v: v.symptoms.tiredness.grade,
    "Compromise": lambda v: _TOO_LOW if v.compromise.present else NONE,
}
_GAP_PX = 4.0


def states(axes: Axes, view: View) -> None:
    """State of the heart and stage of the leak."""
    axes.axis("off")
    axes.set_ylim(0.0, 1.0)
    row_name(axes, view.labels, "State", "", 0.66)
    row_name(axes, view.labels, "Stage", "", 0.28)
    for run in runs(view.visits, lambda v: v.state.name, view.axis.left):
        look = LOOKS[run.name]
        words = run.name, _SHORT.get(run.name, "")
        _segment(axes, view, run, (0.40, 0.74), words, (look.fill, look.words))
    for run in runs(view.visits, lambda v: v.stage.letter, view.axis.left):
        words = STAGES[run.name], STAGES[run.name].split(",")[0], ""
        if run.name != NONE:
            words = tuple(f"{run.name} {word}".strip() for word in words)
        _segment(axes, view, run, (0.04, 0.36), words, _shade(run.name))


def symptoms(axes: Axes, view: View) -> None:
    """Breathlessness, tiredness and compromise; below them the time axis."""
    axes.set_ylim(0.0, len(_FELT))
    for row, (name, grade) in enumerate(_FELT.items()):
        bottom = len(_FELT) - row - 0.94
        row_name(axes, view.labels, name, "", (bottom + 0.78) / len(_FELT))
        for run in runs(view.visits, grade, view.axis.left):
            words = run.name, _SHORT.get(run.name, "")
            _segment(axes, view, run, (bottom, bottom + 0.9), words, _shade(run.name))
    before, after = view.axis.name
    row_name(axes, view.labels, "", before, 0.06)
    axes.set_xticks(view.axis.small_ticks(), minor=True)
    for which, length in (("minor", 3.0), ("major", 5.0)):
        axes.tick_params(which=which, length=length, color=style.REFERENCE)
    if after:
        looks = {"textcoords": "offset points", "va": "top", "annotation_clip": False}
        looks |= {"fontsize": style.SMALL, "color": style.MUTED}
        view.labels.keep(axes.annotate(after, (1.0, 0.0), (24, -8), **looks))


def events(panels: dict[str, Axes], view: View) -> None:
    """Atrial fibrillation and the end as lines through all curves, named above the bands."""
    course, axis = view.course, view.axis
    found = []
    if course.outcome == FAILED:
        found.append((axis.x(course.way[-1].day), (FAILED,), style.SOLID))
    if course.fibrillation_day is not None:
        names = "atrial fibrillation", "AF"
        found.append((axis.x(course.fibrillation_day), names, style.DOTTED))
    for x, names, dash in found:
        for name, axes in panels.items():
            low, high = {"bands": (0.76, 1.0), "symptoms": (1.0, 1.0)}.get(name, (-0.05, 1.05))
            axes.axvline(x, low, high, color=style.INK, lw=1.2, ls=dash, zorder=3, clip_on=False)
        _beside(panels["bands"], view, x, names)


def _beside(axes: Axes, view: View, x: float, names: tuple[str, ...]) -> None:
    """The longest name that has room beside its line above the bands."""
    right = axes.bbox.x1
    for name in names:
        for side, shift in (("left", 4), ("right", -4)):
            text = axes.annotate(
                name,
                (x, 0.84),
                (shift, 0),
                textcoords="offset points",
                ha=side,
                fontsize=style.SMALL,
                annotation_clip=False,
            )
            if not view.labels.crowded(text) and view.labels.box(text).x1 < right:
                view.labels.keep(text)
                return
            text.remove()


def _shade(name: str) -> tuple[str, str]:
    """Fill, and colour of words."""
    level = _SHADES[name]
    return _FILLS[level], style.PAPER if level == len(_FILLS) - 1 else style.INK


def _segment(
    axes: Axes,
    view: View,
    run: Run,
    rows: tuple[float, float],
    words: tuple[str, ...],
    colours: tuple[str, str],
) -> None:
    """A stretch of a band with the longest words that fit into it."""
    fill, ink = colours
    looks = {"facecolor": fill, "edgecolor": style.PAPER, "linewidth": 1.0}
    axes.fill_between([run.start, run.stop], *rows, **looks)
    room = axes.bbox.width * (run.stop - run.start) / np.ptp(axes.get_xlim())
    for attempt in filter(None, words):
        text = axes.text(
            0.5 * (run.start + run.stop),
            0.5 * sum(rows) - 0.01,
            attempt,
            ha="center",
            va="center",
            fontsize=style.SMALL,
            color=ink,
        )
        if view.labels.box(text).width < room - _GAP_PX:
            view.labels.keep(text)
            return
        text.remove()
