"""The picture of one beat: pressure-volume loops, the split stroke and a Wiggers diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mitral import __version__
from mitral.errors import InputError
from mitral.report import loops, page, style, wiggers
from mitral.report.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mitral.beat.beat import Beat

_LOOP_LEFT_IN, _LOOP_WIDTH_IN = 0.85, 4.15
_TIME_LEFT_IN, _TIME_WIDTH_IN = 6.35, 5.85
_TOP_IN, _BOTTOM_IN = 7.4, 0.72
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
        figure = Figure(figsize=(page.WIDTH_IN, page.HEIGHT_IN), dpi=100, facecolor=style.PAPER)
        figure.set_label(title)
        labels = Labels(figure)
        page.head(figure, labels, title, " ".join(subtitle.split()), numbers or {})
        _loops(figure, labels, beat, reference, reference_name)
        wiggers.draw(_time_panels(figure), labels, beat)
        page.foot(figure, labels, provenance or f"mitral {__version__}")
    if path is not None:
        style.save(figure, path)
    return figure


def _loops(
    figure: Figure, labels: Labels, beat: Beat, reference: Beat | None, reference_name: str
) -> None:
    """The left column: ventricle, stroke bar, atrium."""
    left, width = _LOOP_LEFT_IN, _LOOP_WIDTH_IN
    ventricle = page.panel(figure, left, 3.8, width, 3.1)
    bar = page.panel(figure, left, 3.0, width, 0.5, ventricle)
    atrium = page.panel(figure, left, _BOTTOM_IN, width, 1.75)
    loops.ventricle(ventricle, labels, beat, reference, reference_name)
    loops.stroke_bar(bar, labels, beat)
    loops.atrium(atrium, labels, beat, reference, reference_name)
    page.heading(
        figure,
        labels,
        ventricle,
        "Left ventricle",
        "pressure (mmHg) against volume (mL)",
        loops.WHY_HATCHED if loops.hatched(beat) else "",
    )
    page.heading(figure, labels, atrium, "Left atrium", "pressure (mmHg) against volume (mL)")


def _time_panels(figure: Figure) -> dict[str, Axes]:
    """The right column, from top to bottom."""
    gap = (_TOP_IN - _BOTTOM_IN - sum(wiggers.HEIGHTS.values())) / (len(wiggers.HEIGHTS) - 1)
    panels: dict[str, Axes] = {}
    y, first = _TOP_IN, None
    for name, height in wiggers.HEIGHTS.items():
        y -= height
        panels[name] = page.panel(figure, _TIME_LEFT_IN, y, _TIME_WIDTH_IN, height, first)
        first = first or panels[name]
        y -= gap
    return panels
