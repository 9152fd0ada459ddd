"""Colours, line styles and sizes of every printed picture, and how pictures are saved.

Each curve has a colour (told apart by all common kinds of colour vision), a dash pattern and a
label of its own, so that a grey copy reads as well. Orange and hatching mean "leak" and nothing
else. Text stays text in SVG and PDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mitral import NOTICE

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1B252D"
MUTED = "#52606B"
FORWARD = "#006BA8"
LEAK = "#B34700"
LEAK_TINT = "#FBE9DC"
ATRIUM = "#007A5A"
VEIN = "#8F4A78"
VEIN_TINT = "#F0E2EB"
REFERENCE = "#7C858C"
GRID = "#E2DED5"
BAND = "#F1EEE7"
BAND_DARK = "#DCD9CF"
PAPER = "#FFFFFF"

SOLID = "-"
DASHED = (0, (6, 2))
DASH_DOT = (0, (5, 1.6, 1.2, 1.6))
DOTTED = (0, (1.4, 1.4))
THIN_DASHED = (0, (5, 3))
LEAK_HATCH = "//////"
VEIN_HATCH = "\\\\\\\\\\"

SIZE = 10.0
SMALL = 9.0
HEADING = 11.0

RC: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "Helvetica"],
    "font.size": SIZE,
    "text.color": INK,
    "svg.fonttype": "none",
    "svg.hashsalt": "mitral",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.9,
    "axes.unicode_minus": True,
    "text.parse_math": False,
    "path.simplify": True,
    "lines.solid_capstyle": "round",
}
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Description": NOTICE},
    "pdf": {"CreationDate": None, "Subject": NOTICE},
    "png": {"Description": NOTICE},
}
KINDS = tuple(_METADATA)
"""File formats that can be written."""


def plain(axes: Axes, y_ticks: list[float], x_ticks: list[float] | None = None) -> None:
    """A bare panel: thin horizontal grid lines at `y_ticks`, no frame, no tick marks."""
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_yticks(y_ticks)
    axes.set_xticks(x_ticks or [])
    axes.tick_params(length=0, labelsize=SMALL, labelcolor=MUTED, pad=3)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)


def nice_ticks(low: float, high: float, count: int) -> list[float]:
    """About `count` round numbers from `low` to `high`, both inside."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(nbins=count, steps=[1, 2, 2.5, 4, 5, 10]).tick_values(low, high)
    return [float(tick) for tick in ticks if low <= tick <= high]


def save(figure: Figure, path: Path, kind: str | None = None, about: str = "") -> None:
    """Write a picture as `kind` (default: by the ending of `path`): svg, pdf or png.

    `about`: how it was made, for those who look into the file.

    The same picture gives the same bytes: no date, no random names. Not atomic: give it a
    temporary path and rename.
    """
    import matplotlib

    from mitral.errors import InputError

    kind = (kind or path.suffix.removeprefix(".")).lower()
    if kind not in KINDS:
        raise InputError(f"pictures are written as {', '.join(KINDS)}, not '{kind or path.name}'")
    inside = _METADATA[kind] | {"Title": figure.get_label()}
    if about:
        inside |= {"Subject" if kind == "pdf" else "Description": f"{NOTICE} {about}"}
    with matplotlib.rc_context(RC):
        figure.savefig(path, format=kind, dpi=200, metadata=inside, facecolor=PAPER)
