"""Pressure-volume loops of the left ventricle and atrium, and the bar that splits the stroke."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.beat.beat import LV_VOLUME_OFFSET
from mitral.report import style
from mitral.report.phases import (
    CONTRACTION,
    RELAXATION,
    at,
    between,
    leak_by_phase,
    phases,
    stroke,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from mitral.beat.beat import Beat
    from mitral.report.labels import Labels

LEAST_LEAK_ML = 0.5
"""Below this no leak is drawn: it is the closing of a healthy valve."""
_ROOM_RIGHT, _ROOM_TOP = 0.30, 1.16
WHY_HATCHED = "hatched: leaks away while both valves should be shut"
_STIFFNESS_LIMITS = (0.002, 0.3)


def ventricle(axes: Axes, labels: Labels, beat: Beat, reference: Beat | None, name: str) -> None:
    """The left ventricular loop (mmHg against mL) with its limits, valve events and lost volume.

    `name` is the label of the dashed `reference` loop.
    """
    shown = [beat] if reference is None else [beat, reference]
    widest = max(float(b["v_lv"].max()) for b in shown)
    highest = max(float(b["p_lv"].max()) for b in shown) * _ROOM_TOP
    right = widest * (1.0 + _ROOM_RIGHT)
    axes.set_xlim(-0.035 * right, right)
    axes.set_ylim(min(0.0, *(float(b["p_lv"].min()) - 2.0 for b in shown)), highest)
    style.plain(axes, style.nice_ticks(0, highest, 5), style.nice_ticks(0, right, 5))
    if reference is not None:
        axes.plot(
            reference["v_lv"],
            reference["p_lv"],
            color=style.REFERENCE,
            lw=1.3,
            ls=style.THIN_DASHED,
            zorder=2,
        )
        labels.avoid(axes, reference["v_lv"], reference["p_lv"])
    axes.plot(beat["v_lv"], beat["p_lv"], color=style.INK, lw=2.2, zorder=4)
    labels.avoid(axes, beat["v_lv"], beat["p_lv"])
    _direction(axes, beat, "v_lv", "p_lv", style.INK)
    _limits(axes, labels, beat)
    _lost(axes, labels, beat)
    _valve_events(axes, labels, beat)
    if reference is not None:
        _name_reference(axes, labels, reference, "v_lv", "p_lv", name)


def end_diastolic_curve(beat: Beat) -> tuple[float, float, float] | None:
    """a, b, c of p = a + b (exp(c V) - 1) through late filling (mmHg, mL); None if none fits.

    Least squares over the filling from its lowest pressure until the atrium contracts, and the
    start of contraction; V counts from there. It describes this beat, not the muscle alone.
    """
    marks = beat.landmarks
    if not math.isfinite(marks.mitral_opens) or marks.atrial_onset <= marks.mitral_opens:
        return None
    volume = between(beat, "v_lv", marks.mitral_opens, marks.atrial_onset)
    pressure = between(beat, "p_lv", marks.mitral_opens, marks.atrial_onset)
    first = int(np.argmin(pressure))
    volume, pressure = volume[first:], pressure[first:]
    volume = np.append(volume, beat["v_lv"][0])
    pressure = np.append(pressure, beat["p_lv"][0])
    if volume.size < 8 or volume[-1] - volume[0] < 10.0:
        return None
    stiffness = np.geomspace(*_STIFFNESS_LIMITS, 60)
    curves = np.expm1(np.outer(stiffness, volume - volume[-1]))
    off, rise = curves - curves.mean(axis=1, keepdims=True), pressure - pressure.mean()
    slopes = off @ rise / np.sum(off**2, axis=1)
    rest = np.sum((rise - slopes[:, None] * off) ** 2, axis=1)
    best = int(np.argmin(np.where(slopes > 0.0, rest, math.inf)))
    if not slopes[best] > 0.0:
        return None
    base = pressure.mean() - slopes[best] * curves[best].mean()
    return float(base), float(slopes[best]), float(stiffness[best])


def _limits(axes: Axes, labels: Labels, beat: Beat) -> None:
    looks = {"color": style.MUTED, "lw": 1.1, "ls": style.DOTTED, "zorder": 3}
    i = beat.landmarks.end_systole
    volume, pressure = float(beat["v_lv"][i]), float(beat["p_lv"][i])
    base = float(beat["p_peri"][i])
    top = axes.get_ylim()[1] * 0.985
    rise = (pressure - base) / max(volume - LV_VOLUME_OFFSET, 1.0)
    end = min(LV_VOLUME_OFFSET + (top - base) / rise, 0.94 * axes.get_xlim()[1])
    x = np.array([LV_VOLUME_OFFSET, end])
    y = base + rise * (x - LV_VOLUME_OFFSET)
    axes.plot(x, y, **looks)
    labels.avoid(axes, x, y)
    labels.put(axes, "ESPVR", (x[1], y[1]), "e se s n", color=style.MUTED)
    found = end_diastolic_curve(beat)
    if found is None:
        return
    a, b, c = found
    last = float(beat["v_lv"][0])
    x = np.linspace(float(beat["v_lv"].min()), last * 1.13, 200)
    y = a + b * np.expm1(c * (x - last))
    inside = (y < 0.45 * top) & (y >= axes.get_ylim()[0])
    axes.plot(x[inside], y[inside], **looks)
    labels.avoid(axes, x[inside], y[inside])
    labels.put(axes, "EDPVR", (x[inside][-1], y[inside][-1]), "e ne n se", color=style.MUTED)


def _lost(axes: Axes, labels: Labels, beat: Beat) -> None:
    """Hatch what leaves the ventricle between the closure of one valve and the other's opening."""
    leak = leak_by_phase(beat)
    millilitres = {CONTRACTION: leak.contraction_ml, RELAXATION: leak.relaxation_ml}
    for phase in phases(beat):
        lost = millilitres.get(phase.name, 0.0)
        if not lost >= LEAST_LEAK_ML:
            continue
        volume = between(beat, "v_lv", phase.start, phase.stop)
        pressure = between(beat, "p_lv", phase.start, phase.stop)
        axes.fill_betweenx(
            pressure,
            np.minimum(volume, volume[0]),
            volume[0],
            hatch=style.LEAK_HATCH,
            facecolor=style.LEAK_TINT,
            edgecolor=style.LEAK,
            linewidth=0.0,
            zorder=3,
        )
        axes.plot([volume[0]] * 2, [pressure[0], pressure[-1]], color=style.LEAK, lw=0.9, zorder=3)
        labels.avoid(axes, np.full(2, volume[0]), np.array([pressure[0], pressure[-1]]))
        middle = len(volume) // 2
        prefer = "e ne se" if phase.name == CONTRACTION else "w nw sw"
        spot = float(volume[0] if phase.name == CONTRACTION else volume[middle])
        labels.put(
            axes,
            f"leak\n{lost:.0f} mL",
            (spot, 0.5 * float(pressure[0] + pressure[-1])),
            prefer,
            color=style.LEAK,
            fontweight="bold",
        )


def _valve_events(axes: Axes, labels: Labels, beat: Beat) -> None:
    marks = beat.landmarks
    events = [
        ("MV closes", marks.mitral_closes, "e se ne s"),
        ("AV opens", marks.aortic_opens, "ne e se n"),
        ("AV closes", marks.aortic_closes, "nw w n sw e"),
        ("MV opens", marks.mitral_opens, "w sw ne e nw"),
    ]
    for name, time, prefer in events:
        if not math.isfinite(time):
            continue
        xy = float(at(beat, beat["v_lv"], time)), float(at(beat, beat["p_lv"], time))
        axes.plot(*xy, "s", ms=5, mfc=style.PAPER, mec=style.INK, mew=1.2, zorder=6)
        labels.put(axes, name, xy, prefer)


def _direction(axes: Axes, beat: Beat, x: str, y: str, colour: str) -> None:
    """An arrow head in the middle of ejection: which way round the loop runs."""
    marks = beat.landmarks
    start = 0.55 * marks.aortic_opens + 0.45 * marks.aortic_closes
    if not math.isfinite(start):
        return
    times = np.array([start, start + 0.02])
    ends = list(zip(at(beat, beat[x], times), at(beat, beat[y], times), strict=True))
    axes.annotate(
        "",
        ends[1],
        ends[0],
        zorder=5,
        arrowprops={
            "arrowstyle": "-|>,head_width=.4,head_length=.75",
            "color": colour,
            "lw": 0.1,
            "shrinkA": 0,
            "shrinkB": 0,
        },
    )


def _name_reference(axes: Axes, labels: Labels, reference: Beat, x: str, y: str, name: str) -> None:
    """Label the dashed loop where most room is left."""
    i = int(np.argmax(reference[y]))
    labels.put(
        axes,
        name,
        (float(reference[x][i]), float(reference[y][i])),
        "n ne nw e s",
        color=style.MUTED,
        fontstyle="italic",
    )


def stroke_bar(axes: Axes, labels: Labels, beat: Beat) -> None:
    """One stroke as a bar on the volume axis of the loop above: leak hatched, forward solid."""
    parts = stroke(beat)
    leaks = parts.leak_ml >= LEAST_LEAK_ML
    left = float(beat["v_lv"].min())
    middle = left + (parts.leak_ml if leaks else 0.0)
    gap = 0.014 * axes.get_xlim()[1]
    axes.set_ylim(0.0, 1.0)
    axes.axis("off")

    def bar(start: float, length: float, **looks: Any) -> None:
        axes.barh(0.58, length, left=start, height=0.42, align="edge", linewidth=1.0, **looks)

    def words(x: float, text: str, **looks: Any) -> None:
        looks = {"va": "top", "fontweight": "bold", "fontsize": style.SIZE} | looks
        labels.keep(axes.text(x, looks.pop("y", 0.44), text, **looks))

    bar(middle, parts.forward_ml, color=style.FORWARD, edgecolor=style.FORWARD)
    small = {"fontweight": "normal", "fontsize": style.SMALL, "color": style.MUTED}
    total = f"LV pushes out\n{parts.total_ml:.0f} mL a beat"
    words(middle + parts.forward_ml + gap, total, y=0.79, va="center", **small)
    forward = f"forward {parts.forward_ml:.0f} mL"
    if not leaks:
        centre = middle + 0.5 * parts.forward_ml
        words(centre, f"{forward}, no leak", ha="center", color=style.FORWARD)
        return
    looks = {"color": style.LEAK_TINT, "edgecolor": style.LEAK, "hatch": style.LEAK_HATCH}
    bar(left, parts.leak_ml, **looks)
    share = 100.0 * parts.leak_ml / parts.total_ml
    leak = f"leak {parts.leak_ml:.0f} mL · {share:.0f} %"
    words(middle - gap, leak, ha="right", color=style.LEAK)
    words(middle + gap, f"{forward} · {100.0 - share:.0f} %", ha="left", color=style.FORWARD)


def atrium(axes: Axes, labels: Labels, beat: Beat, reference: Beat | None, name: str) -> None:
    """The left atrial loop (mmHg against mL) with its a and v waves."""
    shown = [beat] if reference is None else [beat, reference]
    low = min(float(b["v_la"].min()) for b in shown)
    high = max(float(b["v_la"].max()) for b in shown)
    margin = 0.16 * (high - low)
    highest = max(float(b["p_la"].max()) for b in shown) * 1.25
    axes.set_xlim(max(low - margin, 0.0), high + 2.0 * margin)
    axes.set_ylim(min(0.0, *(float(b["p_la"].min()) for b in shown)), highest)
    style.plain(
        axes,
        style.nice_ticks(0, highest, 4),
        style.nice_ticks(max(low - margin, 0.0), high + 2.0 * margin, 5),
    )
    if reference is not None:
        axes.plot(
            reference["v_la"],
            reference["p_la"],
            color=style.REFERENCE,
            lw=1.2,
            ls=style.THIN_DASHED,
            zorder=2,
        )
        labels.avoid(axes, reference["v_la"], reference["p_la"])
    axes.plot(beat["v_la"], beat["p_la"], color=style.ATRIUM, lw=1.9, zorder=4)
    labels.avoid(axes, beat["v_la"], beat["p_la"])
    looks: dict[str, Any] = {"color": style.ATRIUM, "fontweight": "bold"}
    for wave, i in zip("va", wave_peaks(beat), strict=True):
        if i is None:
            continue
        xy = float(beat["v_la"][i]), float(beat["p_la"][i])
        axes.plot(*xy, "o", ms=4, mfc=style.PAPER, mec=style.ATRIUM, mew=1.2, zorder=6)
        labels.put(axes, f"{wave} wave {xy[1]:.0f} mmHg", xy, "n ne nw e w se sw s", **looks)
    if reference is not None:
        _name_reference(axes, labels, reference, "v_la", "p_la", name)


def hatched(beat: Beat) -> bool:
    """Whether the loop has a part that leaks while both valves should be shut."""
    leak = leak_by_phase(beat)
    return max(leak.contraction_ml, leak.relaxation_ml) >= LEAST_LEAK_ML


def wave_peaks(beat: Beat) -> tuple[int, int | None]:
    """Indices in `p_la` of the v wave and of the a wave, None if there is no such summit.

    The v wave is the greatest pressure until a little after mitral opening, at most until the
    atrium contracts; the a wave the greatest summit after that.
    """
    time, marks = beat["time"], beat.landmarks
    opens = marks.mitral_opens if math.isfinite(marks.mitral_opens) else 0.5 * beat.period_s
    last = min(opens + 0.1 * beat.period_s, marks.atrial_onset)
    v = np.flatnonzero((time >= 0.15 * beat.period_s) & (time <= last))
    p = beat["p_la"]
    summit = np.flatnonzero((p[1:-1] > p[:-2]) & (p[1:-1] >= p[2:])) + 1
    a = summit[time[summit] >= marks.atrial_onset]
    return int(v[np.argmax(p[v])]), int(a[np.argmax(p[a])]) if a.size else None
