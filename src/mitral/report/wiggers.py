"""Wiggers diagram: everything that happens in one beat, over one time axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mitral.report import style
from mitral.report.loops import LEAST_LEAK_ML, wave_peaks
from mitral.report.page import row_name
from mitral.report.phases import (
    ATRIAL_KICK,
    CONTRACTION,
    EJECTION,
    FILLING,
    RELAXATION,
    at,
    backward,
    phases,
    stroke,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from mitral.beat.beat import Beat
    from mitral.report.labels import Labels

HEIGHTS = {
    "phases": 0.52,
    "pressure": 2.3,
    "valves": 0.34,
    "flow": 1.3,
    "vein": 1.0,
    "volume": 0.65,
    "ecg": 0.55,
}
"""Panels from top to bottom, inches."""
_QRS_S = -0.04
"""Centre of the drawn QRS, s from the start of contraction."""
_SHADES = {
    CONTRACTION: style.BAND_DARK,
    EJECTION: style.INK,
    RELAXATION: style.BAND_DARK,
    FILLING: "#E9ECE6",
    ATRIAL_KICK: "#CFC6B6",
}
_SHORTER = {ATRIAL_KICK: ("kick",), FILLING: ("fill",)}
_LEAST_REVERSAL_ML_S = -2.0


def window(beat: Beat) -> tuple[float, float]:
    """First and last time shown (s): from just before the P wave to the next contraction."""
    kick = beat.period_s - beat.landmarks.atrial_onset
    return -min(kick + 0.09, 0.45 * beat.period_s), beat.period_s


def tiled(beat: Beat, values: np.ndarray, span: tuple[float, float]) -> np.ndarray:
    """A curve of the repeating beat over the `span` of time shown, on `times`."""
    return at(beat, values, times(beat, span))


def times(beat: Beat, span: tuple[float, float]) -> np.ndarray:
    """Times (s) at which curves are drawn."""
    count = int(len(beat["time"]) * (span[1] - span[0]) / beat.period_s)
    return np.linspace(*span, count)


def draw(panels: dict[str, Axes], labels: Labels, beat: Beat) -> None:
    """Fill the panels named in `HEIGHTS`."""
    span = window(beat)
    for name, axes in panels.items():
        axes.set_xlim(span)
        style.plain(axes, [], style.nice_ticks(span[0], span[1], 9))
        axes.tick_params(labelbottom=name == "ecg")
    _phases(panels, labels, beat, span)
    _pressures(panels["pressure"], labels, beat, span)
    _valves(panels["valves"], labels, beat, span)
    _flows(panels["flow"], labels, beat, span)
    _vein(panels["vein"], labels, beat, span)
    _volume(panels["volume"], labels, beat, span)
    _ecg(panels["ecg"], labels, beat, span)


def _phases(panels: dict[str, Axes], labels: Labels, beat: Beat, span: tuple[float, float]) -> None:
    """Named bands on top; the two "isovolumic" ones shade every panel below."""
    top = panels["phases"]
    top.axis("off")
    top.set_ylim(0.0, 1.0)
    below = [axes for axes in panels.values() if axes is not top]
    for phase in phases(beat):
        brief = phase.name in (CONTRACTION, RELAXATION)
        for turn in (-1, 0, 1):
            start = max(phase.start + turn * beat.period_s, span[0])
            stop = min(phase.stop + turn * beat.period_s, span[1])
            if stop <= start:
                continue
            looks = {"facecolor": _SHADES[phase.name], "edgecolor": style.PAPER, "linewidth": 1.0}
            top.axvspan(start, stop, 0.02, 0.44, **looks)
            if not brief:
                _name_inside(top, labels, phase.name, start, stop)
            elif turn == 0:
                _name_above(top, labels, phase.name, 0.5 * (start + stop))
            for axes in below if brief else ():
                looks = {"facecolor": style.BAND, "linewidth": 0, "zorder": 0, "clip_on": False}
                axes.axvspan(start, stop, -0.02, 1.02, **looks)


def _name_inside(axes: Axes, labels: Labels, name: str, start: float, stop: float) -> None:
    """The name of a phase in its band, shorter or not at all where it does not fit."""
    room = axes.bbox.width * (stop - start) / np.ptp(axes.get_xlim())
    colour = style.PAPER if name == EJECTION else style.INK
    looks = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": colour}
    for words in (name, *_SHORTER.get(name, ())):
        text = axes.text(0.5 * (start + stop), 0.23, words, **looks)
        if labels.box(text).width < room - 1.0:
            labels.keep(text)
            return
        text.remove()


def _name_above(axes: Axes, labels: Labels, name: str, middle: float) -> None:
    """The name of a phase too short to hold it: above the band, with a tick down to it."""
    axes.plot([middle] * 2, [0.46, 0.62], color=style.MUTED, lw=0.8)
    looks = {"ha": "center", "va": "bottom", "fontsize": style.SMALL, "color": style.MUTED}
    text = axes.text(middle, 0.68, name, **looks)
    if labels.crowded(text):
        text.set_text(name.replace("isovolumic ", "isovol.\n"))
    labels.keep(text)


def _pressures(axes: Axes, labels: Labels, beat: Beat, span: tuple[float, float]) -> None:
    t = times(beat, span)
    curves = {name: tiled(beat, beat[name], span) for name in ("p_lv", "p_ao", "p_la")}
    highest = 1.08 * max(float(curve.max()) for curve in curves.values())
    lowest = min(0.0, *(float(curve.min()) for curve in curves.values()))
    axes.set_ylim(lowest - 0.03 * highest, highest)
    axes.set_yticks(style.nice_ticks(0, highest, 5))
    row_name(axes, labels, "Pressure", "mmHg")
    axes.plot(t, curves["p_ao"], color=style.FORWARD, lw=1.7, ls=style.DASHED, zorder=3)
    axes.plot(t, curves["p_lv"], color=style.INK, lw=2.1, zorder=4)
    axes.plot(t, curves["p_la"], color=style.ATRIUM, lw=1.8, ls=style.DASH_DOT, zorder=5)
    for curve in curves.values():
        labels.avoid(axes, t, curve)
    ends = [
        ("Aorta", "p_ao", style.FORWARD),
        ("LV", "p_lv", style.INK),
        ("LA", "p_la", style.ATRIUM),
    ]
    labels.at_line_ends(axes, [(text, float(curves[n][-1]), c) for text, n, c in ends])
    i, _ = wave_peaks(beat)
    xy = float(beat["time"][i]), float(beat["p_la"][i])
    labels.put(
        axes, f"v wave {xy[1]:.0f} mmHg", xy, "ne e n nw se", color=style.ATRIUM, fontweight="bold"
    )


def _valves(axes: Axes, labels: Labels, beat: Beat, span: tuple[float, float]) -> None:
    """When each valve is more than half open."""
    axes.axis("off")
    axes.set_ylim(0.0, 2.0)
    row_name(axes, labels, "Valves open", "", 0.75)
    t = times(beat, span)
    rows = [("Aortic", "z_av", 1.5, style.FORWARD), ("Mitral", "z_mv", 0.5, style.ATRIUM)]
    for name, opening, y, colour in rows:
        axes.plot(span, [y, y], color=style.BAND_DARK, lw=0.9, solid_capstyle="butt")
        shown = np.where(tiled(beat, beat[opening], span) >= 0.5, y, math.nan)
        axes.plot(t, shown, color=colour, lw=5.5, solid_capstyle="butt")
        labels.keep(
            axes.annotate(
                name,
                (1.0, y),
                (5, 0),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                va="center",
                color=colour,
                fontsize=style.SMALL,
                annotation_clip=False,
            )
        )


def _flows(axes: Axes, labels: Labels, beat: Beat, span: tuple[float, float]) -> None:
    t = times(beat, span)
    aortic = tiled(beat, beat["q_av"], span)
    mitral = tiled(beat, beat["q_mv"] + np.maximum(beat["q_mr"], 0.0), span)
    leak = -tiled(beat, backward(beat), span)
    low = min(float(curve.min()) for curve in (aortic, mitral, leak))
    high = max(float(curve.max()) for curve in (aortic, mitral))
    axes.set_ylim(low - 0.2 * (high - low), high + 0.2 * (high - low))
    axes.set_yticks(style.nice_ticks(low, high, 4))
    axes.axhline(0.0, color=style.REFERENCE, lw=0.8, zorder=1)
    row_name(axes, labels, "Flow", "mL/s")
    axes.plot(t, _flowing(aortic), color=style.FORWARD, lw=1.6, ls=style.DASHED, zorder=3)
    axes.plot(t, _flowing(mitral), color=style.ATRIUM, lw=1.6, ls=style.DASH_DOT, zorder=3)
    for curve in (aortic, mitral, leak, 0.6 * leak):
        labels.avoid(axes, t, curve)
    parts = stroke(beat)
    if parts.leak_ml >= LEAST_LEAK_ML:
        axes.fill_between(
            t,
            leak,
            0.0,
            hatch=style.LEAK_HATCH,
            facecolor=style.LEAK_TINT,
            edgecolor=style.LEAK,
            linewidth=0.0,
            zorder=2,
        )
        axes.plot(t, _flowing(leak), color=style.LEAK, lw=1.4, zorder=4)
        labels.put(
            axes,
            f"leak {parts.leak_ml:.0f} mL",
            _middle(beat, -backward(beat)),
            "s se sw",
            color=style.LEAK,
            fontweight="bold",
        )
    for name, text, colour in (
        ("q_av", f"aortic {parts.forward_ml:.0f} mL", style.FORWARD),
        ("q_mv", "mitral filling", style.ATRIUM),
    ):
        i = int(np.argmax(beat[name]))
        peak = float(beat["time"][i]), float(beat[name][i])
        labels.put(axes, text, peak, "ne e nw n", color=colour, fontweight="bold")


def _flowing(flow: np.ndarray) -> np.ndarray:
    """A flow with its stretches of rest left out, so that lines do not run over the zero line."""
    return np.where(np.abs(flow) > 0.004 * np.abs(flow).max(), flow, math.nan)


def _middle(beat: Beat, flow: np.ndarray) -> tuple[float, float]:
    """The point (s, mL/s) of a flow curve in the middle of the volume that flows."""
    time = beat["time"]
    moment = float(np.sum(time * flow) / np.sum(flow))
    return moment, float(np.interp(moment, time, flow))


def _vein(axes: Axes, labels: Labels, beat: Beat, span: tuple[float, float]) -> None:
    """Pulmonary venous flow; what runs back into the veins in systole is hatched."""
    t, flow = times(beat, span), tiled(beat, beat["q_pvn"], span)
    low, high = min(float(flow.min()), 0.0), float(flow.max())
    axes.set_ylim(low - 0.35 * (high - low), high + 0.1 * (high - low))
    axes.set_yticks(style.nice_ticks(low, high, 3))
    axes.axhline(0.0, color=style.REFERENCE, lw=0.8, zorder=1)
    row_name(axes, labels, "Pulm. vein", "mL/s")
    axes.plot(t, flow, color=style.VEIN, lw=1.7, ls=style.DOTTED, zorder=3)
    labels.avoid(axes, t, flow)
    time, marks = beat["time"], beat.landmarks
    systole = (time >= marks.aortic_opens) & (time <= marks.mitral_opens)
    if not systole.any():
        return
    back = np.where(systole, np.minimum(beat["q_pvn"], 0.0), 0.0)
    if back.min() > _LEAST_REVERSAL_ML_S:
        return
    drawn = tiled(beat, back, span)
    axes.fill_between(
        t,
        drawn,
        0.0,
        hatch=style.VEIN_HATCH,
        facecolor=style.VEIN_TINT,
        edgecolor=style.VEIN,
        linewidth=0.0,
        zorder=2,
    )
    labels.avoid(axes, t, 0.5 * drawn)
    labels.put(
        axes,
        "systolic reversal",
        _middle(beat, back),
        "s se sw e ne w",
        color=style.VEIN,
        fontweight="bold",
    )


def _volume(axes: Axes, labels: Labels, beat: Beat, span: tuple[float, float]) -> None:
    t, volume = times(beat, span), tiled(beat, beat["v_lv"], span)
    low, high = float(volume.min()), float(volume.max())
    axes.set_ylim(low - 0.1 * (high - low), high + 0.1 * (high - low))
    axes.set_yticks([low, high])
    axes.set_yticklabels([f"{low:.0f}", f"{high:.0f}"])
    row_name(axes, labels, "LV volume", "mL")
    axes.plot(t, volume, color=style.INK, lw=1.8, zorder=3)


def _ecg(axes: Axes, labels: Labels, beat: Beat, span: tuple[float, float]) -> None:
    """A schematic electrocardiogram: P at the atrium's contraction, QRS before the ventricle's."""
    t = np.linspace(*span, 2000)
    marks, scale = beat.landmarks, math.sqrt(beat.period_s)
    closes = marks.aortic_closes if math.isfinite(marks.aortic_closes) else 0.4 * beat.period_s
    waves = {
        "P": (marks.atrial_onset - beat.period_s - 0.01, 0.024 * scale, 0.16),
        "Q": (_QRS_S - 0.022, 0.006, -0.12),
        "QRS": (_QRS_S, 0.009, 1.0),
        "S": (_QRS_S + 0.024, 0.007, -0.22),
        "T": (closes - 0.045 * scale, 0.045 * scale, 0.27),
    }
    signal = sum(
        height * np.exp(-0.5 * ((t - centre - turn * beat.period_s) / width) ** 2)
        for centre, width, height in waves.values()
        for turn in (-1, 0, 1)
    )
    axes.set_ylim(-0.35, 1.15)
    row_name(axes, labels, "", "Time (s)", 0.16)
    row_name(axes, labels, "ECG", "drawn")
    axes.plot(t, signal, color=style.MUTED, lw=1.2)
    labels.avoid(axes, t, np.asarray(signal))
    for name in ("P", "QRS", "T"):
        centre, _, height = waves[name]
        labels.put(axes, name, (centre, height), "n e" if name != "QRS" else "e", color=style.MUTED)
