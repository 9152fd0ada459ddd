"""The page that every picture stands on: its size, head and foot, and panels placed in inches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mitral import NOTICE
from mitral.report import style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from mitral.report.labels import Labels

WIDTH_IN, HEIGHT_IN = 13.0, 8.4
_MARGIN_IN = 0.35
_TITLE_WIDTH_IN = 5.2
_NUMBER_GAP_PX = 20.0
_GUTTER_IN = 1.2


def panel(
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


def head(
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


def heading(
    figure: Figure, labels: Labels, axes: Axes, name: str, what: str, more: str = ""
) -> None:
    """Above a panel at the left margin: its name, what it shows, and a line more."""
    box = axes.get_position()
    left, y = _MARGIN_IN / WIDTH_IN, box.y1 + 0.32 / HEIGHT_IN
    bold = labels.keep(figure.text(left, y, name, fontsize=style.HEADING, fontweight="bold"))
    after = labels.box(bold).x1 / figure.dpi / WIDTH_IN + 0.007
    looks = {"fontsize": style.SMALL, "color": style.MUTED}
    labels.keep(figure.text(after, y, what, **looks))
    labels.keep(figure.text(left, y - 0.18 / HEIGHT_IN, more, **looks))


def foot(figure: Figure, labels: Labels, provenance: str) -> None:
    """The notice at the bottom left, version and parameter set at the right."""
    looks = {"fontsize": style.SMALL, "color": style.MUTED, "va": "baseline"}
    y, margin = 0.2 / HEIGHT_IN, _MARGIN_IN / WIDTH_IN
    notice = labels.keep(figure.text(margin, y, NOTICE, **looks))
    source = figure.text(1.0 - margin, y, provenance, ha="right", **looks)
    room = (1.0 - margin) * WIDTH_IN * figure.dpi - labels.box(notice).x1 - 15.0
    labels.fit(source, room)


def row_name(axes: Axes, labels: Labels, name: str, unit: str, height: float = 1.0) -> None:
    """Name and unit of a panel in the left margin, its top at the share `height`."""
    looks: dict[str, Any] = {
        "xycoords": "axes fraction",
        "textcoords": "offset points",
        "va": "top",
        "ha": "left",
        "annotation_clip": False,
    }
    left = -72.0 * _GUTTER_IN
    labels.keep(axes.annotate(name, (0, height), (left, 4), fontweight="bold", **looks))
    if not unit:
        return
    labels.keep(
        axes.annotate(
            unit, (0, height), (left, -9), color=style.MUTED, fontsize=style.SMALL, **looks
        )
    )
