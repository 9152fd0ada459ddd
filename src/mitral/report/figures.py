"""The picture of one beat: pressure-volume loops, the split stroke and a Wiggers diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mitral import NOTICE, __version__
from mitral.errors import InputError
from mitral.report import loops, style, wiggers
from mitral.report.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mitral.beat.beat import Beat

WIDTH_IN, HEIGHT_IN = 13.0, 8.4
_MARGIN_IN = 0.35
_LOOP_LEFT_IN, _LOOP_WIDTH_IN = 0.85, 4.15
_TIME_LEFT_IN, _TIME_WIDTH_IN = 6.35, 5.85
_TOP_IN, _BOTTOM_IN = 7.4, 0.72
_TITLE_WIDTH_IN = 5.2
_NUMBER_GAP_PX = 20.0
_DRAWN = ("v_lv", "p_lv", "v_la", "p_la", "p_ao", "p_peri", "q_av", "q_mv", "q_mr", "q_pvn")
"""Waveforms that the picture needs, besides the valve openings."""


def draw(
    beat: Beat,
    *,
    title: str,
    subtitle: str = "",
    numbers: Mapping[str, str] | None = None,
    reference: Beat | None = None,
    reference_name: str = "healthy",
    provenance: str = "",
    path: Path | None = None,
) -> Figure:
    """One page that shows a beat; written to `path` (svg, pdf, png) if given.

    `numbers`: up to seven findings for the head line, name to formatted value with unit
    ("leak": "66 mL"). `reference`: another beat whose loops are drawn dashed and labelled
    `reference_name`. `provenance`: version and parameter set for the foot line.
    """
    import matplotlib
    from matplotlib.figure import Figure

    for shown in (beat, reference):
        if shown is not None and not all(np.isfinite(shown[name]).all() for name in _DRAWN):
            raise InputError("this beat cannot be drawn: its solution broke down")
    title = " ".join(title.split())
    with matplotlib.rc_context(style.RC):
        figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), dpi=100, facecolor=style.PAPER)
        figure.set_label(title)
        labels = Labels(figure)
        _head(figure, labels, title, " ".join(subtitle.split()), numbers or {})
        _loops(figure, labels, beat, reference, reference_name)
        wiggers.draw(_time_panels(figure), labels, beat)
        _foot(figure, labels, provenance or f"mitral {__version__}")
    if path is not None:
        style.save(figure, path)
    return figure


def _panel(
    figure: Figure,
    left: float,
    bottom: float,
    width: float,
    height: float,
    share: Axes | None = None,
) -> Axes:
    """Axes placed in inches."""
    box = (left / WIDTH_IN, bottom / HEIGHT_IN, width / WIDTH_IN, height / HEIGHT_IN)
    return figure.add_axes(box, sharex=share)


def _head(
    figure: Figure, labels: Labels, title: str, subtitle: str, numbers: Mapping[str, str]
) -> None:
    """Title and subtitle on the left, the numbers as a row on the right."""
    left, dpi = _MARGIN_IN / WIDTH_IN, figure.dpi
    room = _TITLE_WIDTH_IN if numbers else WIDTH_IN - 2.0 * _MARGIN_IN
    for text, y, size, weight, colour in (
        (title, 7.93, 16, "bold", style.INK),
        (subtitle, 7.68, style.SIZE, "normal", style.MUTED),
    ):
        label = figure.text(
            left, y / HEIGHT_IN, text, fontsize=size, fontweight=weight, color=colour
        )
        labels.fit(label, room * dpi)
    size = 1.0
    while (columns := _number_widths(figure, labels, numbers, size)) and (
        sum(columns) / dpi > WIDTH_IN - 2.0 * _MARGIN_IN - _TITLE_WIDTH_IN and size > 0.5
    ):
        size -= 0.05
    x = WIDTH_IN - _MARGIN_IN - (sum(columns) - _NUMBER_GAP_PX) / dpi
    for (name, value), width in zip(numbers.items(), columns, strict=True):
        spot = x / WIDTH_IN
        labels.keep(
            figure.text(spot, 7.93 / HEIGHT_IN, value, fontsize=13 * size, fontweight="bold")
        )
        labels.keep(
            figure.text(
                spot, 7.68 / HEIGHT_IN, name, fontsize=style.SMALL * size, color=style.MUTED
            )
        )
        x += width / dpi


def _number_widths(
    figure: Figure, labels: Labels, numbers: Mapping[str, str], size: float
) -> list[float]:
    """Pixels that each number with its name needs, gap included."""
    widths = []
    for name, value in numbers.items():
        texts = [
            figure.text(0, 0, value, fontsize=13 * size, fontweight="bold"),
            figure.text(0, 0, name, fontsize=style.SMALL * size),
        ]
        widths.append(max(labels.box(text).width for text in texts) + _NUMBER_GAP_PX)
        for text in texts:
            text.remove()
    return widths


def _loops(
    figure: Figure, labels: Labels, beat: Beat, reference: Beat | None, reference_name: str
) -> None:
    """The left column: ventricle, stroke bar, atrium."""
    left, width = _LOOP_LEFT_IN, _LOOP_WIDTH_IN
    ventricle = _panel(figure, left, 3.8, width, 3.1)
    bar = _panel(figure, left, 3.0, width, 0.5, ventricle)
    atrium = _panel(figure, left, _BOTTOM_IN, width, 1.75)
    loops.ventricle(ventricle, labels, beat, reference, reference_name)
    loops.stroke_bar(bar, labels, beat)
    loops.atrium(atrium, labels, beat, reference, reference_name)
    _heading(
        figure,
        labels,
        ventricle,
        "Left ventricle",
        "pressure (mmHg) against volume (mL)",
        loops.WHY_HATCHED if loops.hatched(beat) else "",
    )
    _heading(figure, labels, atrium, "Left atrium", "pressure (mmHg) against volume (mL)")


def _heading(
    figure: Figure, labels: Labels, axes: Axes, name: str, what: str, more: str = ""
) -> None:
    box = axes.get_position()
    left, y = _MARGIN_IN / WIDTH_IN, box.y1 + 0.32 / HEIGHT_IN
    bold = labels.keep(figure.text(left, y, name, fontsize=style.HEADING, fontweight="bold"))
    after = labels.box(bold).x1 / figure.dpi / WIDTH_IN + 0.007
    looks = {"fontsize": style.SMALL, "color": style.MUTED}
    labels.keep(figure.text(after, y, what, **looks))
    labels.keep(figure.text(left, y - 0.18 / HEIGHT_IN, more, **looks))


def _time_panels(figure: Figure) -> dict[str, Axes]:
    """The right column, from top to bottom."""
    gap = (_TOP_IN - _BOTTOM_IN - sum(wiggers.HEIGHTS.values())) / (len(wiggers.HEIGHTS) - 1)
    panels: dict[str, Axes] = {}
    y, first = _TOP_IN, None
    for name, height in wiggers.HEIGHTS.items():
        y -= height
        panels[name] = _panel(figure, _TIME_LEFT_IN, y, _TIME_WIDTH_IN, height, first)
        first = first or panels[name]
        y -= gap
    return panels


def _foot(figure: Figure, labels: Labels, provenance: str) -> None:
    looks = {"fontsize": style.SMALL, "color": style.MUTED, "va": "baseline"}
    y, margin = 0.2 / HEIGHT_IN, _MARGIN_IN / WIDTH_IN
    notice = labels.keep(figure.text(margin, y, NOTICE, **looks))
    source = figure.text(1.0 - margin, y, provenance, ha="right", **looks)
    room = (1.0 - margin) * WIDTH_IN * figure.dpi - labels.box(notice).x1 - 15.0
    labels.fit(source, room)
