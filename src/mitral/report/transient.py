"""The picture of a leak that opens at once: loops, first beats, the way to a new balance."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.course.recording import joined, times
from mitral.disease.causes import find
from mitral.files import atomic
from mitral.report import page, style
from mitral.report.labels import Labels

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mitral.course.transient import Transient

_LEFT_IN, _LOOP_WIDTH_IN, _CLOSE_WIDTH_IN = 0.85, 4.15, 3.7
_TIME_LEFT_IN, _TIME_WIDTH_IN = 6.35, 5.4
_TOP_IN, _BOTTOM_IN = 7.25, 0.72
_HEIGHTS = {"state": 0.26, "pressure": 2.75, "stroke": 1.35, "output": 0.85, "rate": 0.75}
"""Panels of the right column from top to bottom, inches."""
_CLOSE_S = (-1.6, 3.2)
"""Seconds around the onset whose curves are drawn in full."""


def picture(run: Transient, path: Path | None) -> Figure:
    """Draw a run, and write it to `path` (svg, pdf, png) when given."""
    if path is None:
        return draw(run)
    with atomic(path) as beside:
        figure = draw(run)
        style.save(figure, beside)
        return figure


def draw(run: Transient) -> Figure:
    """One page that shows a run."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(style.RC):
        figure = Figure(figsize=(page.WIDTH_IN, page.HEIGHT_IN), dpi=100, facecolor=style.PAPER)
        figure.set_label(run.patient.name)
        labels = Labels(figure)
        page.head(figure, labels, " ".join(run.patient.name.split()), _subtitle(run), _numbers(run))
        _loops(figure, labels, run)
        _first_beats(figure, labels, run)
        _time(figure, labels, run)
        made = run.provenance
        page.foot(
            figure, labels, f"mitral {made['version']}, parameter set {made['parameter_set']}"
        )
    return figure


def _subtitle(run: Transient) -> str:
    """Which leak opens, and how it ends."""
    cause = "a leak" if run.patient.cause is None else find(run.patient.cause).label
    control = "reflex on" if run.provenance["settings"]["reflex"] else "reflex off"
    return f"{cause}, opening at once; {control}; {run.outcome}"


def _numbers(run: Transient) -> dict[str, str]:
    """Findings before the leak and at the end, for the head line."""
    before, end = run.before.exam, run.beats[-1].exam
    shown = {
        "rate": ("heart_rate_bpm", 0, "/min"),
        "aorta": ("aortic_mean_mmhg", 0, "mmHg"),
        "LA": ("la_pressure_mean_mmhg", 0, "mmHg"),
        "forward": ("forward_stroke_volume_ml", 0, "mL"),
        "output": ("cardiac_output_l_min", 1, "L/min"),
    }
    return {
        name: f"{getattr(before, field):.{digits}f} → {getattr(end, field):.{digits}f} {unit}"
        for name, (field, digits, unit) in shown.items()
    }


def _loops(figure: Figure, labels: Labels, run: Transient) -> None:
    """Pressure-volume loops of the ventricle: before, the first beat with the leak, the last."""
    axes = page.panel(figure, _LEFT_IN, 3.75, _LOOP_WIDTH_IN, 3.0)
    first, last = run.after(0.0), run.beats[-1]
    looks: list[tuple[Any, str, dict[str, Any]]] = [
        (run.before, "before", {"color": style.REFERENCE, "lw": 1.3, "ls": style.THIN_DASHED}),
        (first, "first beat", {"color": style.LEAK, "lw": 1.5}),
        (last, f"after {run.end_s - run.onset_s:.0f} s", {"color": style.INK, "lw": 2.2}),
    ]
    shown = [(one.beat, name, look) for one, name, look in looks if one is not None]
    right = 1.25 * max(float(beat["v_lv"].max()) for beat, _, _ in shown)
    top = 1.16 * max(float(beat["p_lv"].max()) for beat, _, _ in shown)
    axes.set_xlim(-0.035 * right, right)
    axes.set_ylim(min(0.0, *(float(beat["p_lv"].min()) - 2.0 for beat, _, _ in shown)), top)
    style.plain(axes, style.nice_ticks(0, top, 5), style.nice_ticks(0, right, 5))
    for beat, _, look in shown:
        axes.plot(beat["v_lv"], beat["p_lv"], **look)
        labels.avoid(axes, beat["v_lv"], beat["p_lv"])
    for beat, name, look in shown:
        corner = beat["p_lv"] / top + (beat["v_lv"] / right if beat is last.beat else 0.0)
        i = int(np.argmax(corner))
        xy = float(beat["v_lv"][i]), float(beat["p_lv"][i])
        prefer = "e ne se n" if beat is last.beat else "n nw ne s w e"
        labels.put(axes, name, xy, prefer, color=look["color"], fontweight="bold")
    page.heading(figure, labels, axes, "Left ventricle", "pressure (mmHg) against volume (mL)")


def _first_beats(figure: Figure, labels: Labels, run: Transient) -> None:
    """The pressures themselves around the onset."""
    axes = page.panel(figure, _LEFT_IN, _BOTTOM_IN, _CLOSE_WIDTH_IN, 2.1)
    time = times(run) - run.onset_s
    near = (time >= _CLOSE_S[0]) & (time <= _CLOSE_S[1])
    shown = float(time[near][0]), float(time[near][-1])
    axes.set_xlim(shown)
    curves = {
        "LV": ("p_lv", {"color": style.INK, "lw": 1.6}),
        "Aorta": ("p_ao", {"color": style.FORWARD, "lw": 1.4, "ls": style.DASHED}),
        "LA": ("p_la", {"color": style.ATRIUM, "lw": 1.6, "ls": style.DASH_DOT}),
    }
    drawn = {name: joined(run, field)[near] for name, (field, _) in curves.items()}
    top = 1.08 * max(float(values.max()) for values in drawn.values())
    axes.set_ylim(min(0.0, *(float(values.min()) for values in drawn.values())), top)
    style.plain(axes, style.nice_ticks(0, top, 4), style.nice_ticks(*shown, 6))
    for name, values in drawn.items():
        axes.plot(time[near], values, **curves[name][1])
    axes.axvline(0.0, color=style.LEAK, lw=1.2, zorder=1)
    ends = [(name, float(v[-1]), curves[name][1]["color"]) for name, v in drawn.items()]
    labels.at_line_ends(axes, ends)
    page.heading(figure, labels, axes, "First beats", "pressure (mmHg) against time (s)")


def _time(figure: Figure, labels: Labels, run: Transient) -> None:
    """The right column: the state of the circulation, pressures, strokes, output, rate."""
    gap = (_TOP_IN - _BOTTOM_IN - sum(_HEIGHTS.values())) / (len(_HEIGHTS) - 1)
    panels: dict[str, Axes] = {}
    y = _TOP_IN
    for name, height in _HEIGHTS.items():
        y -= height
        panels[name] = page.panel(figure, _TIME_LEFT_IN, y, _TIME_WIDTH_IN, height)
        y -= gap
    span = -run.onset_s, run.end_s - run.onset_s
    edges = np.array([*(one.time_s for one in run.beats), run.end_s]) - run.onset_s
    for name, axes in panels.items():
        axes.set_xlim(span)
        style.plain(axes, [], style.nice_ticks(*span, 9))
        axes.tick_params(labelbottom=name == "rate")
        if name != "state":
            axes.axvline(0.0, color=style.LEAK, lw=1.2, zorder=1)
    _state(panels["state"], labels, run)
    _pressures(panels["pressure"], labels, run, edges)
    _strokes(panels["stroke"], labels, run, edges)
    _output(panels["output"], labels, run, edges)
    _rate(panels["rate"], labels, run, edges)
    page.row_name(panels["rate"], labels, "Time (s)", "", -0.12)


def found(run: Transient, name: str) -> np.ndarray:
    """A finding of every beat, the last one twice: as steps over the edges of the beats."""
    values = [getattr(one.exam, name) for one in run.beats]
    return np.array([*values, values[-1]])


def _state(axes: Axes, labels: Labels, run: Transient) -> None:
    """Bands on top: tight valve, compromise, none."""
    axes.axis("off")
    words = {"tight": "tight", "yes": "compromise", "no": "no compromise"}
    shades = {"tight": style.BAND, "yes": style.INK, "no": style.BAND_DARK}

    def state(numbered: tuple[int, Any]) -> str:
        number, one = numbered
        if number < run.onset_beat:
            return "tight"
        return "yes" if one.hemodynamic_compromise else "no"

    for name, group in groupby(enumerate(run.beats), state):
        beats = [one for _, one in group]
        start = beats[0].time_s - run.onset_s
        stop = beats[-1].time_s + beats[-1].beat.period_s - run.onset_s
        axes.axvspan(start, stop, facecolor=shades[name], edgecolor=style.PAPER, linewidth=1.0)
        colour = style.PAPER if name == "yes" else style.INK
        looks: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": style.SMALL}
        text = axes.text(0.5 * (start + stop), 0.46, words[name], color=colour, **looks)
        if labels.box(text).width > axes.bbox.width * (stop - start) / np.ptp(axes.get_xlim()) - 4:
            text.remove()
        else:
            labels.keep(text)
    labels.keep(
        axes.annotate(
            "leak opens",
            (0.0, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            color=style.LEAK,
            fontweight="bold",
            fontsize=style.SMALL,
            ha="center",
            annotation_clip=False,
        )
    )


def _pressures(axes: Axes, labels: Labels, run: Transient, t: np.ndarray) -> None:
    """Ventricular peak, arterial pulse and mean, atrial v wave and mean, from beat to beat."""
    peak, v = found(run, "lv_peak_mmhg"), found(run, "la_v_wave_mmhg")
    high, low = found(run, "aortic_systolic_mmhg"), found(run, "aortic_diastolic_mmhg")
    mean, la = found(run, "aortic_mean_mmhg"), found(run, "la_pressure_mean_mmhg")
    top = 1.06 * float(np.nanmax([peak, high]))
    axes.set_ylim(0.0, top)
    axes.set_yticks(style.nice_ticks(0, top, 6))
    axes.fill_between(t, low, high, color=style.FORWARD, alpha=0.14, linewidth=0, step="post")
    axes.fill_between(t, la, v, color=style.ATRIUM, alpha=0.14, linewidth=0, step="post")
    axes.step(t, peak, color=style.INK, lw=1.6, where="post")
    axes.step(t, mean, color=style.FORWARD, lw=1.8, ls=style.DASHED, where="post")
    axes.step(t, la, color=style.ATRIUM, lw=1.8, ls=style.DASH_DOT, where="post")
    axes.step(t, v, color=style.ATRIUM, lw=1.0, where="post")
    ends = [
        ("LV peak", float(peak[-1]), style.INK),
        ("Aorta", float(mean[-1]), style.FORWARD),
        ("v wave", float(v[-1]), style.ATRIUM),
        ("LA mean", float(la[-1]), style.ATRIUM),
    ]
    labels.at_line_ends(axes, ends)
    page.row_name(axes, labels, "Pressure", "mmHg")


def _strokes(axes: Axes, labels: Labels, run: Transient, t: np.ndarray) -> None:
    """What goes forward and what leaks, one upon the other."""
    forward, leak = found(run, "forward_stroke_volume_ml"), found(run, "regurgitant_volume_ml")
    top = 1.1 * float(np.max(forward + leak))
    axes.set_ylim(0.0, top)
    axes.set_yticks(style.nice_ticks(0, top, 4))
    axes.fill_between(t, 0.0, forward, color=style.FORWARD, linewidth=0, step="post")
    axes.fill_between(
        t,
        forward,
        forward + leak,
        facecolor=style.LEAK_TINT,
        edgecolor=style.LEAK,
        hatch=style.LEAK_HATCH,
        linewidth=0.0,
        step="post",
    )
    ends = [
        (f"leak {leak[-1]:.0f}", float(forward[-1] + 0.5 * leak[-1]), style.LEAK),
        (f"forward {forward[-1]:.0f}", float(0.5 * forward[-1]), style.FORWARD),
    ]
    labels.at_line_ends(axes, ends)
    page.row_name(axes, labels, "Stroke", "mL a beat")


def _output(axes: Axes, labels: Labels, run: Transient, t: np.ndarray) -> None:
    """What reaches the body in a minute, and the least that is enough."""
    output = found(run, "cardiac_output_l_min")
    index = next(c.threshold for c in run.criteria if c.name == "cardiac_index_l_min_m2")
    least = index * run.before.beat.heart["bsa_m2"]
    top = 1.15 * float(np.max(output))
    axes.set_ylim(0.0, top)
    axes.set_yticks(style.nice_ticks(0, top, 3))
    axes.axhline(least, color=style.MUTED, lw=1.1, ls=style.DOTTED)
    axes.step(t, output, color=style.FORWARD, lw=1.8, where="post")
    ends = [("output", float(output[-1]), style.FORWARD), (f"index {index:g}", least, style.MUTED)]
    labels.at_line_ends(axes, ends)
    page.row_name(axes, labels, "Output", "L/min")


def _rate(axes: Axes, labels: Labels, run: Transient, t: np.ndarray) -> None:
    """Heart rate."""
    rate = found(run, "heart_rate_bpm")
    low, high = float(rate.min()), float(rate.max())
    margin = max(0.15 * (high - low), 3.0)
    axes.set_ylim(low - margin, high + margin)
    axes.set_yticks(style.nice_ticks(low - margin, high + margin, 3))
    axes.step(t, rate, color=style.INK, lw=1.8, where="post")
    labels.at_line_ends(axes, [("rate", float(rate[-1]), style.INK)])
    page.row_name(axes, labels, "Heart rate", "/min")
