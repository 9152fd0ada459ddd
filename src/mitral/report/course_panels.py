"""What changes in the years of a course, over one time axis: valve, ventricle, atrium, lungs.

Lines go through every step of the simulation (the orifice: from visit to visit), dots are the
examinations (of very many, some). The bands are in `course_bands`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mitral.disease.constants import constants
from mitral.report import style
from mitral.report.page import row_name
from mitral.report.states import LOOKS, chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from mitral.course.course import Course, Visit
    from mitral.report.labels import Labels
    from mitral.report.time_axis import TimeAxis

HEIGHTS = {
    "bands": 0.62,
    "orifice": 0.43,
    "volume": 0.92,
    "share": 0.66,
    "stroke": 0.78,
    "pressure": 0.78,
    "atrium": 0.42,
    "mass": 0.4,
    "water": 0.55,
    "symptoms": 0.66,
}
"""Panels from top to bottom, inches."""
_LEAST_LEAK_ML = 0.5
_LEAST_SPREAD = 0.5
"""Of the lowest value: a quantity that hardly changes shall look so."""
_TICK_FROM_EDGE_PX = 7.0
_MOST_DOTS = 60
_DOT = {"ls": "none", "marker": "o", "ms": 2.6, "zorder": 5}


@dataclass(frozen=True)
class View:
    """A course on its axis, and the labels of the page."""

    course: Course
    axis: TimeAxis
    labels: Labels

    def way(self, name: str) -> np.ndarray:
        """A quantity of the trajectory."""
        return self.course.trajectory[name]

    @cached_property
    def visits(self) -> list[tuple[float, Visit]]:
        """The visits shown, each with its place on the axis."""
        return self.axis.visits(self.course.visits)

    @cached_property
    def chosen(self) -> list[Visit]:
        """Those whose loops are shown."""
        return chosen([visit for _, visit in self.visits])


class Curve(NamedTuple):
    """A line: `values` over the way, the same `found` at a visit, `name` with the last value."""

    name: str
    values: np.ndarray
    found: Callable[[Visit], float]
    colour: str = style.INK
    dash: Any = style.SOLID


def draw(panels: dict[str, Axes], view: View) -> None:
    """Fill the panels named in `HEIGHTS` that show quantities."""
    _orifice(panels["orifice"], view)
    _volume(panels["volume"], view)
    _shares(panels["share"], view)
    _stroke(panels["stroke"], view)
    _pressure(panels["pressure"], view)
    _atrium(panels["atrium"], view)
    _mass(panels["mass"], view)
    _water(panels["water"], view)


def _curves(
    axes: Axes, view: View, curves: Sequence[Curve], days: np.ndarray | None = None
) -> None:
    """Lines with their dots and, in the right margin, their names and last values."""
    for curve in curves:
        x, y = view.axis.line(view.way("day") if days is None else days, curve.values)
        axes.plot(x, y, color=curve.colour, lw=1.7, ls=curve.dash, zorder=4)
        view.labels.avoid(axes, x, y)
        few = view.visits[:: 1 + len(view.visits) // _MOST_DOTS]
        places, found = zip(*((place, curve.found(visit)) for place, visit in few), strict=True)
        axes.plot(places, found, color=curve.colour, **_DOT)
    # Adding zero turns -0.0 into 0.0.
    ends = [(c.name.format(c.values[-1] + 0.0), float(c.values[-1]), c.colour) for c in curves]
    view.labels.at_line_ends(axes, ends)


def _scale(axes: Axes, limits: tuple[float, float], count: int) -> None:
    """Limits, and up to `count` ticks that keep off each other and those of the panels around."""
    axes.set_ylim(limits)
    per_pixel = (limits[1] - limits[0]) / axes.bbox.height
    edge = _TICK_FROM_EDGE_PX * per_pixel
    low = limits[0] + edge if limits[0] > 0.0 else limits[0]
    marks = style.nice_ticks(low, limits[1] - edge, count)
    while len(marks) > count or (len(marks) > 1 and marks[1] - marks[0] < 2.2 * edge):
        marks = marks[::2] if len(marks) > 2 else marks[:1]
    axes.set_yticks(marks)


def _from_zero(least: float, *values: np.ndarray) -> tuple[float, float]:
    """Limits from 0 to a little above everything, at least to `least`."""
    return 0.0, max(least, 1.15 * max(float(v.max()) for v in values))


def _extremes(axes: Axes, values: np.ndarray) -> None:
    """Limits around values that shall not look as if they changed more than they do, named."""
    low, high = float(values.min()), float(values.max())
    spread = max(high - low, _LEAST_SPREAD * low)
    axes.set_ylim(low - 0.12 * spread, low + 1.26 * spread)
    apart = axes.bbox.height * (high - low) / np.ptp(axes.get_ylim())
    ticks = [low, high] if apart > 2.2 * _TICK_FROM_EDGE_PX else [low]
    axes.set_yticks(ticks, [f"{tick:.0f}" for tick in ticks])


def _between(
    view: View, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The area between two quantities of the way."""
    days = view.way("day")
    x, bottom = view.axis.line(days, low)
    return x, bottom, view.axis.line(days, high)[1]


def _orifice(axes: Axes, view: View) -> None:
    """Effective regurgitant orifice, known at the visits."""
    row_name(axes, view.labels, "Orifice", "cm²")
    visits = view.course.visits
    area = np.array([visit.exam.eroa_cm2 for visit in visits])
    _scale(axes, _from_zero(0.45, area), 3)
    curve = Curve("{:.2f} cm²", area, lambda v: v.exam.eroa_cm2, style.LEAK)
    _curves(axes, view, [curve], np.array([visit.day for visit in visits]))


def _volume(axes: Axes, view: View) -> None:
    """End-diastolic and end-systolic volume; between them is what each beat moves."""
    row_name(axes, view.labels, "LV volume", "mL")
    edv, esv = view.way("edv_ml"), view.way("esv_ml")
    _scale(axes, _from_zero(0.0, edv), 4)
    curves = (
        Curve("EDV {:.0f}", edv, lambda v: v.exam.lv_edv_ml),
        Curve("ESV {:.0f}", esv, lambda v: v.exam.lv_esv_ml, dash=style.DASHED),
    )
    _curves(axes, view, curves)
    axes.fill_between(*_between(view, esv, edv), color=style.BAND, lw=0.0, zorder=1)
    for x, visit in view.visits:
        if any(visit is shown for shown in view.chosen):
            mark = LOOKS[visit.state.name].mark
            axes.plot([x] * 2, [visit.exam.lv_edv_ml, visit.exam.lv_esv_ml], **mark)


def _shares(axes: Axes, view: View) -> None:
    """Ejection fraction, and the regurgitant fraction of the stroke."""
    row_name(axes, view.labels, "Fractions", "%")
    edv, esv, leak = view.way("edv_ml"), view.way("esv_ml"), view.way("leak")
    ef, rf = 100.0 * (edv - esv) / edv, 100.0 * leak / (leak + view.way("output"))
    _scale(axes, (min(-4.0, float(rf.min())), 92.0), 3)
    curves = (
        Curve("EF {:.0f}", ef, lambda v: v.exam.lv_ef_percent),
        Curve(
            "leak {:.0f}",
            rf,
            lambda v: v.exam.regurgitant_fraction_percent,
            style.LEAK,
            style.DASH_DOT,
        ),
    )
    _curves(axes, view, curves)


def _stroke(axes: Axes, view: View) -> None:
    """Forward stroke under the total stroke; between them the leak."""
    row_name(axes, view.labels, "Each beat", "mL")
    per_beat = 60.0 / view.way("rate_bpm")
    forward = per_beat * view.way("output")
    total = forward + per_beat * view.way("leak")
    _scale(axes, _from_zero(0.0, total), 3)
    curves = (
        Curve("total {:.0f}", total, _forward_and_back),
        Curve(
            "forward {:.0f}",
            forward,
            lambda v: v.exam.forward_stroke_volume_ml,
            style.FORWARD,
            style.DASHED,
        ),
    )
    _curves(axes, view, curves)
    if float((total - forward).max()) < _LEAST_LEAK_ML:
        return
    area = _between(view, forward, total)
    looks = {"facecolor": style.LEAK_TINT, "edgecolor": style.LEAK, "linewidth": 0.0}
    axes.fill_between(*area, hatch=style.LEAK_HATCH, zorder=2, **looks)
    _inside(axes, view.labels, "leak", area, style.LEAK, style.LEAK_TINT)


def _forward_and_back(visit: Visit) -> float:
    return visit.exam.forward_stroke_volume_ml + visit.exam.regurgitant_volume_ml


def _inside(
    axes: Axes,
    labels: Labels,
    words: str,
    area: tuple[np.ndarray, np.ndarray, np.ndarray],
    colour: str,
    fill: str,
) -> None:
    """Words in an area (x, low, high) where it is highest, if they fit."""
    x, low, high = area
    i = int(np.argmax(np.where((x > 0.08) & (x < 0.92), high - low, -1.0)))
    text = axes.text(
        x[i],
        0.5 * (low[i] + high[i]),
        words,
        color=colour,
        fontsize=style.SMALL,
        ha="center",
        va="center",
        zorder=7,
        bbox={"facecolor": fill, "edgecolor": "none", "pad": 0.6},
    )
    pixels = axes.bbox.height * (high[i] - low[i]) / np.ptp(axes.get_ylim())
    if labels.box(text).height > pixels - 2.0:
        text.remove()
    else:
        labels.keep(text)


def _pressure(axes: Axes, view: View) -> None:
    """Mean pressure of left atrium and pulmonary artery, and where new congestion floods lungs."""
    row_name(axes, view.labels, "Pressure", "mean, mmHg")
    la, pa = view.way("lap_mmhg"), view.way("pap_mmhg")
    limit = constants("lung").alveolar_la_pressure
    axes.set_ylim(_from_zero(40.0, la, pa))
    axes.set_yticks([0.0, limit])
    axes.axhspan(limit, axes.get_ylim()[1], color=style.BAND, lw=0.0, zorder=0)
    curves = (
        Curve("PA {:.0f}", pa, lambda v: v.exam.pa_mean_mmhg, style.VEIN, style.DOTTED),
        Curve(
            "LA {:.0f}", la, lambda v: v.exam.la_pressure_mean_mmhg, style.ATRIUM, style.DASH_DOT
        ),
    )
    _curves(axes, view, curves)
    words = f"LA above {limit:.0f} floods lungs that are not used to it"
    _at_top(axes, view, words, np.maximum(la, pa))


def _at_top(axes: Axes, view: View, words: str, highest: np.ndarray) -> None:
    """Words at the top of a panel where the curves leave them room; none if they do not."""
    top = axes.get_ylim()[1] * 0.96
    looks = {"fontsize": style.SMALL, "color": style.MUTED, "ha": "center", "va": "top"}
    text = axes.text(0.5, top, words, **looks)
    box = axes.transData.inverted().transform(view.labels.box(text))
    half, floor = 0.5 * float(np.ptp(box[:, 0])), float(box[:, 1].min())
    x, y = view.axis.line(view.way("day"), highest)
    for middle in np.linspace(view.axis.left + half + 0.01, 0.99 - half, 25):
        if np.interp(np.linspace(middle - half, middle + half, 60), x, y).max() < floor:
            text.set_x(middle)
            view.labels.keep(text)
            return
    text.remove()


def _atrium(axes: Axes, view: View) -> None:
    row_name(axes, view.labels, "LA volume", "mL")
    largest = view.way("la_max_ml")
    _extremes(axes, largest)
    curve = Curve("{:.0f} mL", largest, lambda v: v.exam.la_volume_max_ml, style.ATRIUM)
    _curves(axes, view, [curve])


def _mass(axes: Axes, view: View) -> None:
    """Mass of the ventricle's wall, which grows as `lv_wall` says."""
    row_name(axes, view.labels, "LV mass", "g")
    wall = view.way("lv_wall")
    mass = view.course.visits[0].exam.lv_mass_g * wall / wall[0]
    _extremes(axes, mass)
    _curves(axes, view, [Curve("{:.0f} g", mass, lambda v: v.exam.lv_mass_g)])


def _water(axes: Axes, view: View) -> None:
    """Extravascular lung water, and from where it is oedema."""
    k = constants("lung")
    row_name(axes, view.labels, "Lung water", "mL/kg")
    water = view.way("lung_water_ml_kg")
    top = max(1.08 * float(water.max()), k.alveolar_water + 4.0)
    axes.set_ylim(min(5.5, 0.95 * float(water.min())), top)
    wet = top > 1.5 * k.alveolar_water
    axes.set_yticks([k.oedema_water, k.most_water if wet else k.alveolar_water])
    _curves(axes, view, [Curve("{:.1f} mL/kg", water, lambda v: v.lung_water_ml_kg)])
    for low, high, words, fill in (
        (k.oedema_water, k.alveolar_water, "oedema", style.BAND),
        (k.alveolar_water, top, "air spaces flood", style.BAND_DARK),
    ):
        axes.axhspan(low, high, color=fill, lw=0.0, zorder=1)
        area = np.array([0.5]), np.array([low]), np.array([high])
        _inside(axes, view.labels, words, area, style.MUTED, fill)
