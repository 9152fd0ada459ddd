"""The picture of a comparison: all arms over the years, and their loops at the end.

The way before treatment is grey; every arm has a colour, a dash pattern and its name at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mitral import __version__
from mitral.course.course import FAILED
from mitral.course.remodel import YEAR
from mitral.disease.causes import find
from mitral.disease.symptoms import NONE
from mitral.errors import InputError
from mitral.files import atomic
from mitral.parameters.parameter import SET_NAME
from mitral.report import page, style
from mitral.report.course_loops import name_loop, pixels
from mitral.report.labels import Labels
from mitral.report.time_axis import when
from mitral.treatment.arms import at_end

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mitral.course.course import Course, Visit
    from mitral.treatment.arms import Arm, Comparison


class Look(NamedTuple):
    """Colour and dash pattern of an arm."""

    colour: str
    dash: Any

    def line(self, width: float = 1.8) -> dict[str, Any]:
        """How its lines are plotted."""
        return {"color": self.colour, "ls": self.dash, "lw": width, "zorder": 4}


LOOKS = (
    Look(style.INK, style.SOLID),
    Look("#7F6400", style.DASH_DOT),
    Look(style.VEIN, style.DOTTED),
    Look(style.FORWARD, style.DASHED),
    Look(style.ATRIUM, (0, (9, 1.6, 1.4, 1.6, 1.4, 1.6))),
    Look("#3A8FC0", (0, (3, 1.2))),
    Look("#A06CB4", (0, (10, 3))),
    Look("#6B7A1F", (0, (1.2, 3))),
)
"""Of the arms: first who waits, then the others in their order."""


class Panel(NamedTuple):
    """A quantity over the years: its values on the way of a course."""

    name: str
    unit: str
    of: Callable[[Course], np.ndarray]


def _ef(course: Course) -> np.ndarray:
    way = course.trajectory
    return 100.0 * (way["edv_ml"] - way["esv_ml"]) / way["edv_ml"]


def _forward(course: Course) -> np.ndarray:
    return 60.0 * course.trajectory["output"] / course.trajectory["rate_bpm"]


def _mass(course: Course) -> np.ndarray:
    wall = course.trajectory["lv_wall"]
    return course.visits[0].exam.lv_mass_g * wall / wall[0]


PANELS = (
    Panel("EF", "%", _ef),
    Panel("Forward", "stroke, mL", _forward),
    Panel("LA pressure", "mean, mmHg", lambda course: course.trajectory["lap_mmhg"]),
    Panel("EDV", "LV, mL", lambda course: course.trajectory["edv_ml"]),
    Panel("ESV", "LV, mL", lambda course: course.trajectory["esv_ml"]),
    Panel("LV mass", "g", _mass),
)
"""From top to bottom; the last give way where many names need room."""
_LEFT_IN, _WIDTH_IN = 1.55, 5.6
_TOP_IN, _BOTTOM_IN, _GAP_IN = 7.2, 0.66, 0.16
_RIGHT_LEFT_IN, _RIGHT_WIDTH_IN = 9.6, 3.05
_LOOP_BOTTOM_IN, _LOOP_HEIGHT_IN = 3.75, 3.25
_KEY_TOP_IN, _KEY_LINE_IN, _TWO_LINES_IN = 2.98, 0.4, 0.37
_NAME_IN = 12.5 / 72.0
_LEAD_SHARE = 0.6
"""Most of the way before treatment that is shown, over the way after it."""
_MARGIN = 0.015
_LONGEST_NAME = 18
_MOST_NAMED_LOOPS = 5
_MONTHS_UNTIL, _DAYS_UNTIL = 2.0 * YEAR, 75.0


@dataclass(frozen=True)
class View:
    """A comparison on its page: what is drawn, from which day on, and the labels there."""

    comparison: Comparison
    labels: Labels

    @cached_property
    def arms(self) -> list[tuple[Arm, Look]]:
        """Each arm with its look, who waits first."""
        arms = sorted(self.comparison.arms, key=lambda arm: not arm.untreated)
        return list(zip(arms, LOOKS, strict=False))

    @cached_property
    def starts(self) -> list[float]:
        """Days of treatment."""
        return sorted({arm.course.visits[0].day for arm, _ in self.arms})

    @cached_property
    def days(self) -> tuple[float, float]:
        """First and last day shown."""
        end = max(arm.course.way[-1].day for arm, _ in self.arms)
        return max(self.starts[0] - _LEAD_SHARE * (end - self.starts[0]), 0.0), end

    @cached_property
    def unit(self) -> tuple[float, str]:
        """Length of the unit of time (days), and its name."""
        span = self.days[1] - self.days[0]
        if span <= _DAYS_UNTIL:
            return 1.0, "days"
        return (YEAR / 12.0, "months") if span <= _MONTHS_UNTIL else (YEAR, "years")


def picture(comparison: Comparison, path: Path | None = None) -> Figure:
    """Draw a comparison, and write it to `path` (svg, pdf, png) when given.

    Raises `InputError` for more arms than can be told apart.
    """
    import matplotlib
    from matplotlib.figure import Figure

    _check(comparison)
    who = comparison.patient
    cause = "leak" if who.cause is None else find(who.cause).label
    sex = {"male": "man", "female": "woman"}[who.sex]
    onset = comparison.provenance["settings"]["onset"]
    with matplotlib.rc_context(style.RC):
        figure = Figure(figsize=(page.WIDTH_IN, page.HEIGHT_IN), dpi=100, facecolor=style.PAPER)
        title = " ".join(who.name.split())
        figure.set_label(title)
        view = View(comparison, Labels(figure))
        subtitle = f"{cause}, {onset}; {sex}, {who.age_years:g} years; in this model"
        page.head(figure, view.labels, title, subtitle, _numbers(view))
        _over_time(figure, view)
        _loops(figure, view)
        _key(figure, view)
        page.foot(figure, view.labels, f"mitral {__version__}, parameter set {SET_NAME}")
    if path is not None:
        with atomic(path) as beside:
            style.save(figure, beside)
    return figure


def _check(comparison: Comparison) -> None:
    count = len(comparison.arms)
    if count > len(LOOKS):
        raise InputError(
            f"{count} arms cannot be told apart in one picture; draw at most {len(LOOKS)}"
        )
    for arm in comparison.arms:
        if not all(np.isfinite(values).all() for values in arm.course.trajectory.values()):
            raise InputError(f"{arm.name} cannot be drawn: its solution broke down")


def _numbers(view: View) -> dict[str, str]:
    """For the head line: when treatment began, and how long everybody was followed."""
    first, last = view.starts[0], view.starts[-1]
    at = when(first) if first == last else f"{when(first)} … {when(last)}"
    return {"treated at": at, "followed to": when(view.days[1])}


def _over_time(figure: Figure, view: View) -> None:
    """The left column: panels over the same years."""
    room = _TOP_IN - _BOTTOM_IN + _GAP_IN
    count = min(len(PANELS), int(room / (len(view.arms) * _NAME_IN + _GAP_IN)))
    height = room / count - _GAP_IN
    begin, end = (day / view.unit[0] for day in view.days)
    ticks = style.nice_ticks(begin, end, 8)
    begin -= _MARGIN * (end - begin)
    for row, panel in enumerate(PANELS[:count]):
        bottom = _TOP_IN - height - row * (height + _GAP_IN)
        axes = page.panel(figure, _LEFT_IN, bottom, _WIDTH_IN, height)
        axes.set_xlim(begin, end)
        style.plain(axes, [], ticks)
        axes.grid(axis="x", color=style.GRID, linewidth=0.5)
        axes.set_xticklabels([f"{tick:g}" for tick in ticks])
        axes.tick_params(labelbottom=row == count - 1)
        _curves(axes, view, panel)
        page.row_name(axes, view.labels, panel.name, panel.unit)
        if row == 0:
            _treated(axes, view)
        if row == count - 1:
            _unit_of_time(axes, view)


def _curves(axes: Axes, view: View, panel: Panel) -> None:
    """The way before treatment in grey, then every arm; names and last values in the margin."""
    unit, lead = view.unit[0], view.comparison.lead
    ways = [(arm.course, look) for arm, look in view.arms]
    if lead.way:
        ways.insert(0, (lead, Look(style.REFERENCE, style.SOLID)))
    lines = [(course.trajectory["day"], panel.of(course), look) for course, look in ways]
    shown = np.concatenate([y[day >= view.days[0]] for day, y, _ in lines])
    low, high = float(shown.min()), float(shown.max())
    margin = 0.08 * max(high - low, 0.1 * abs(high))
    axes.set_ylim(low - margin, high + margin)
    axes.set_yticks(style.nice_ticks(low, high, 3))
    for start in view.starts:
        axes.axvline(start / unit, color=style.REFERENCE, lw=0.9, zorder=2)
    for day, y, look in lines:
        axes.plot(day / unit, y, **look.line())
    for arm, look in view.arms:
        if arm.course.outcome == FAILED:
            x, y = arm.course.way[-1].day / unit, panel.of(arm.course)[-1]
            axes.plot(x, y, "X", ms=7, mec=style.PAPER, mfc=look.colour, zorder=6, clip_on=False)
    ends = []
    for arm, look in view.arms:
        last = float(panel.of(arm.course)[-1])
        value = "fails" if arm.course.outcome == FAILED else f"{last + 0.0:.0f}"
        ends.append((f"{_shortened(arm.name)}: {value}", last, look.colour))
    view.labels.at_line_ends(axes, ends, below_top=True)


def _shortened(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip("+: ") + "…"


def _treated(axes: Axes, view: View) -> None:
    """Say above the first panel what the upright lines are, and what is grey."""
    looks: dict[str, Any] = {
        "textcoords": "offset points",
        "fontsize": style.SMALL,
        "color": style.MUTED,
        "annotation_clip": False,
    }
    top = axes.get_ylim()[1]
    said = [(start, when(start)) for start in view.starts]
    said[0] = (view.starts[0], f"treated at {when(view.starts[0])}")
    for day, words in [*said, (view.days[0], "before (grey)")]:
        text = axes.annotate(words, (day / view.unit[0], top), (0, 4), ha="left", **looks)
        if view.labels.crowded(text):
            text.remove()
        else:
            view.labels.keep(text)


def _unit_of_time(axes: Axes, view: View) -> None:
    note = axes.annotate(
        f"{view.unit[1]} from the start",
        (1.0, 0.0),
        (14, -3),
        xycoords="axes fraction",
        textcoords="offset points",
        va="top",
        fontsize=style.SMALL,
        color=style.MUTED,
        annotation_clip=False,
    )
    view.labels.keep(note)


def _loops(figure: Figure, view: View) -> None:
    """Left ventricular loops of every arm at the end, and the one before in grey."""
    axes = page.panel(figure, _RIGHT_LEFT_IN, _LOOP_BOTTOM_IN, _RIGHT_WIDTH_IN, _LOOP_HEIGHT_IN)
    before = view.comparison.arms[0].course.visits[0].beat
    grey = Look(style.REFERENCE, style.THIN_DASHED)
    shown = [("before", before, grey)]
    shown += [(_shortened(arm.name), at_end(arm).beat, look) for arm, look in view.arms]
    widest = 1.18 * max(float(beat["v_lv"].max()) for _, beat, _ in shown)
    highest = 1.14 * max(float(beat["p_lv"].max()) for _, beat, _ in shown)
    axes.set_xlim(0.0, widest)
    axes.set_ylim(0.0, highest)
    style.plain(axes, style.nice_ticks(0, highest, 5), style.nice_ticks(0, widest, 5))
    for _, beat, look in shown:
        axes.plot(beat["v_lv"], beat["p_lv"], **look.line(1.7))
        view.labels.avoid(axes, beat["v_lv"], beat["p_lv"])
    drawn = [pixels(axes, beat) for _, beat, _ in shown]
    named = shown if len(shown) - 1 <= _MOST_NAMED_LOOPS else shown[:1]
    for i, (name, _, look) in enumerate(named):
        others = drawn[:i] + drawn[i + 1 :]
        name_loop(axes, view.labels, name, look.colour, drawn[i], others, many=True)
    _heading(figure, view.labels, 7.2, "Left ventricle at the end", "mmHg against mL")


def _heading(figure: Figure, labels: Labels, y: float, name: str, what: str) -> None:
    left, height = (_RIGHT_LEFT_IN - 0.3) / page.WIDTH_IN, page.HEIGHT_IN
    bold = figure.text(left, y / height, name, fontsize=style.HEADING, fontweight="bold")
    after = labels.box(labels.keep(bold)).x1 / figure.dpi / page.WIDTH_IN + 0.012
    note = figure.text(after, y / height, what, fontsize=style.SMALL, color=style.MUTED)
    labels.keep(note)


def _key(figure: Figure, view: View) -> None:
    """Every arm with its line and, where there is room, in words what it came to."""
    height = _KEY_TOP_IN - _BOTTOM_IN
    axes = page.panel(figure, _RIGHT_LEFT_IN - 0.3, _BOTTOM_IN, _RIGHT_WIDTH_IN + 0.3, height)
    axes.axis("off")
    axes.set_xlim(0.0, _RIGHT_WIDTH_IN + 0.3)
    axes.set_ylim(0.0, height)
    step = min(_KEY_LINE_IN, (height - 0.05) / len(view.arms))
    for row, (arm, look) in enumerate(view.arms):
        y = height - 0.2 - row * step
        axes.plot([0.0, 0.42], [y + 0.05, y + 0.05], **look.line())
        words = {"fontsize": style.SMALL, "va": "baseline"}
        name = axes.text(0.52, y, arm.name, fontweight="bold", color=look.colour, **words)
        view.labels.fit(name, (_RIGHT_WIDTH_IN - 0.25) * figure.dpi)
        if step >= _TWO_LINES_IN:
            end = axes.text(0.52, y - 0.45 * step, _outcome(arm), color=style.MUTED, **words)
            view.labels.fit(end, (_RIGHT_WIDTH_IN - 0.25) * figure.dpi)
    _heading(figure, view.labels, _KEY_TOP_IN + 0.08, "What it came to", "at the end")


def _outcome(arm: Arm) -> str:
    """Leak, state and symptoms at the end of an arm, in words."""
    end: Visit = at_end(arm)
    if arm.course.outcome == FAILED:
        return f"{FAILED} at {when(end.day)}"
    breath = "" if end.symptoms.breathlessness.grade == NONE else ", breathless"
    leak = "no leak" if end.grade.severity == "none" else f"{end.grade.severity} leak"
    return f"{leak}, {end.state.name}{breath}"
