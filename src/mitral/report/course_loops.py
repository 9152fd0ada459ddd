"""Pressure-volume loops of chosen visits of a course, and below them each stroke split in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.report import style
from mitral.report.loops import LEAST_LEAK_ML
from mitral.report.states import LOOKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from mitral.beat.beat import Beat
    from mitral.course.course import Visit
    from mitral.report.course_panels import View
    from mitral.report.labels import Labels

_ROOM_RIGHT, _ROOM_TOP = 0.16, 1.12
_BAR_HEIGHT = 0.34
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
_FROM_CURVE_PX, _MARK_PX = 5.0, 4.0
_PAPER: dict[str, Any] = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.4, "alpha": 0.8}


def loops(axes: Axes, view: View) -> None:
    """Left ventricular loops (mmHg against mL); a mark at end-diastole, the time beside each."""
    visits = view.chosen
    widest = max(float(v.beat["v_lv"].max()) for v in visits) * (1.0 + _ROOM_RIGHT)
    highest = max(float(v.beat["p_lv"].max()) for v in visits) * _ROOM_TOP
    axes.set_xlim(0.0, widest)
    axes.set_ylim(0.0, highest)
    style.plain(axes, style.nice_ticks(0, highest, 5), style.nice_ticks(0, widest, 5))
    for visit in visits:
        look = LOOKS[visit.state.name]
        volume, pressure = visit.beat["v_lv"], visit.beat["p_lv"]
        axes.plot(volume, pressure, color=look.colour, lw=1.8, ls=look.dash, zorder=4)
        axes.plot(volume[0], pressure[0], **look.mark)
        view.labels.avoid(axes, volume, pressure)
    for visit in visits:
        _name(axes, view, visit)


def _name(axes: Axes, view: View, visit: Visit) -> None:
    """The time of a loop beside it."""
    loops = {id(shown): pixels(axes, shown.beat) for shown in view.chosen}
    own = loops.pop(id(visit))
    name_loop(
        axes,
        view.labels,
        view.axis.when(visit.day),
        LOOKS[visit.state.name].colour,
        own,
        list(loops.values()),
    )


def name_loop(
    axes: Axes,
    labels: Labels,
    words: str,
    colour: str,
    own: np.ndarray,
    others: Sequence[np.ndarray],
    many: bool = False,
) -> None:
    """Words beside a loop, on no curve and as far from the others as can be (loops in pixels).

    Where there is no such place: near its mark, or among `many` loops anywhere beside its own curve
    but on no other words (nowhere, if that is not to be had either).
    """
    looks: dict[str, Any] = {"fontsize": style.SMALL, "fontweight": "bold", "color": colour}
    text = axes.text(0.0, 0.0, words, ha="center", va="center", zorder=10, **looks)
    half = 0.5 * np.array([labels.box(text).width, labels.box(text).height])
    sides = np.array(_SIDES) * (half + _FROM_CURVE_PX)
    centres = (own[::10, None] + sides).reshape(-1, 2)
    to_data = axes.transData.inverted()
    curves = np.concatenate([own, *others])
    rest = np.concatenate(others) if others else np.array([axes.bbox.min])
    apart = np.linalg.norm(centres[:, None] - rest[None], axis=2).min(axis=1)
    for clear in (True, False) if many else (True,):
        for i in np.argsort(-apart):
            text.set_position(tuple(to_data.transform(centres[i])))
            corners = centres[i] - half - _FROM_CURVE_PX, centres[i] + half + _FROM_CURVE_PX
            inside = all(axes.bbox.contains(*corner) for corner in corners)
            off = np.abs(curves - centres[i]) > half + _FROM_CURVE_PX - 2.0
            if inside and (off.any(axis=1).all() or not clear) and not labels.crowded(text):
                text.set_bbox(None if clear else _PAPER)
                labels.keep(text)
                return
    text.remove()
    if not many:
        x, y = to_data.transform(own[0])
        labels.put(axes, words, (float(x), float(y)), **looks)


def pixels(axes: Axes, beat: Beat) -> np.ndarray:
    """A loop on the page, its mark included."""
    loop = axes.transData.transform(np.column_stack([beat["v_lv"], beat["p_lv"]]))
    return np.concatenate([loop, loop[0] + _MARK_PX * np.array(_SIDES)])


def bars(axes: Axes, view: View) -> None:
    """A bar from ESV to EDV for each visit: leak hatched, forward solid; EF and LA pressure."""
    axes.set_ylim(-len(view.chosen), 0.0)
    axes.axis("off")
    for row, visit in enumerate(view.chosen):
        _title(axes, view, visit, -row - 0.2)
        _bar(axes, view, visit, -row - 0.76)


def _title(axes: Axes, view: View, visit: Visit, y: float) -> None:
    """Which visit, with the mark of its state; its EF and mean LA pressure."""
    right = axes.get_xlim()[1]
    axes.plot(0.012 * right, y, **LOOKS[visit.state.name].mark)
    looks: dict[str, Any] = {"va": "center", "fontsize": style.SMALL}
    who = f"{visit.state.name}, {view.axis.when(visit.day)}"
    view.labels.keep(axes.text(0.045 * right, y, who, fontweight="bold", **looks))
    what = f"EF {visit.exam.lv_ef_percent:.0f} %, LA {visit.exam.la_pressure_mean_mmhg:.0f}"
    view.labels.keep(axes.text(right, y, what, ha="right", color=style.MUTED, **looks))


def _bar(axes: Axes, view: View, visit: Visit, y: float) -> None:
    exam, gap = visit.exam, 0.014 * axes.get_xlim()[1]
    left, forward = exam.lv_esv_ml, exam.forward_stroke_volume_ml
    leak = exam.regurgitant_volume_ml if exam.regurgitant_volume_ml >= LEAST_LEAK_ML else 0.0
    looks: dict[str, Any] = {"height": _BAR_HEIGHT, "align": "edge", "linewidth": 1.0}
    words: dict[str, Any] = {"va": "center", "fontweight": "bold", "fontsize": style.SMALL}
    middle = y + 0.44 * _BAR_HEIGHT
    if leak:
        tint = {"color": style.LEAK_TINT, "edgecolor": style.LEAK, "hatch": style.LEAK_HATCH}
        axes.barh(y, leak, left=left, **tint, **looks)
        text = axes.text(left - gap, middle, f"{leak:.0f}", color=style.LEAK, ha="right", **words)
        view.labels.keep(text)
    blue = {"color": style.FORWARD, "edgecolor": style.FORWARD}
    axes.barh(y, forward, left=left + leak, **blue, **looks)
    end = left + leak + forward + gap
    text = axes.text(end, middle, f"{forward:.0f}", color=style.FORWARD, ha="left", **words)
    view.labels.keep(text)
