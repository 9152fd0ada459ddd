"""Labels that stand beside their curve and never on top of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.report import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

_DIRECTIONS: dict[str, tuple[float, float, str, str]] = {
    "e": (1.0, 0.0, "left", "center"),
    "w": (-1.0, 0.0, "right", "center"),
    "n": (0.0, 1.0, "center", "bottom"),
    "s": (0.0, -1.0, "center", "top"),
    "ne": (0.7, 0.7, "left", "bottom"),
    "nw": (-0.7, 0.7, "right", "bottom"),
    "se": (0.7, -0.7, "left", "top"),
    "sw": (-0.7, -0.7, "right", "top"),
}
_DISTANCES = (5.0, 9.0, 14.0, 20.0, 28.0, 38.0)
_LEADER_FROM = 14.0
_OUTSIDE, _ON_TEXT, _ON_CURVE, _ALONG_CURVE = 1e4, 1e3, 12.0, 0.3
_FARTHER, _LESS_LIKED = 0.35, 1.2


class Labels:
    """Places labels on one page; knows the curves and the labels that are there already."""

    def __init__(self, figure: Figure) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self._renderer: RendererAgg = FigureCanvasAgg(figure).get_renderer()
        self._boxes: list[Bbox] = []
        self._points: list[np.ndarray] = []

    def box(self, text: Text) -> Bbox:
        """The pixels that a text covers."""
        return text.get_window_extent(self._renderer)

    def keep(self, text: Text) -> Text:
        """Remember a text that stands where it is."""
        self._boxes.append(self.box(text))
        return text

    def crowded(self, text: Text) -> bool:
        """Whether a text stands on or within a few pixels of another."""
        box = self.box(text).padded(4.0)
        return any(box.overlaps(other) for other in self._boxes)

    def avoid(self, axes: Axes, x: np.ndarray, y: np.ndarray) -> None:
        """Remember a curve (data coordinates) to keep labels off it."""
        pixels = axes.transData.transform(np.column_stack([x, y]))
        lengths = np.hypot(*np.diff(pixels, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(lengths)])
        fine = np.arange(0.0, along[-1] + 1.0, 2.0)
        self._points.append(np.column_stack([np.interp(fine, along, pixels[:, i]) for i in (0, 1)]))

    def put(
        self,
        axes: Axes,
        text: str,
        xy: tuple[float, float],
        prefer: str = "ne se nw sw n s e w",
        within: Axes | None = None,
        **looks: Any,
    ) -> Text:
        """A label near the point `xy`, at the place among those preferred that covers least.

        A label that had to go far gets a thin leader line. It stays within the panel `within`
        (default: `axes`).
        """
        looks = {"fontsize": style.SMALL, "color": style.INK} | looks
        frame = (within or axes).get_window_extent(self._renderer)
        note = axes.annotate(
            text,
            xy,
            xytext=(0, 0),
            textcoords="offset points",
            zorder=10,
            annotation_clip=False,
            **looks,
        )
        direction, distance = self._best(note, frame, prefer.split())
        self._move(note, direction, distance)
        if self._covered(self.box(note)):
            note.set_bbox({"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.4, "alpha": 0.8})
        if distance > _LEADER_FROM:
            dx, dy = _DIRECTIONS[direction][:2]
            axes.annotate(
                "",
                xy,
                xytext=(dx * distance, dy * distance),
                textcoords="offset points",
                zorder=9,
                arrowprops={
                    "arrowstyle": "-",
                    "color": style.REFERENCE,
                    "linewidth": 0.6,
                    "shrinkA": 1,
                    "shrinkB": 3,
                },
                annotation_clip=False,
            )
        return self.keep(note)

    def _best(self, note: Text, frame: Bbox, directions: list[str]) -> tuple[str, float]:
        """The direction and distance (points) at which a label covers least."""
        costs = {}
        for rank, direction in enumerate(directions):
            for distance in _DISTANCES:
                self._move(note, direction, distance)
                cost = self._cost(self.box(note), frame)
                costs[direction, distance] = cost + _LESS_LIKED * rank + _FARTHER * distance
        return min(costs, key=lambda place: costs[place])

    def _move(self, note: Any, direction: str, distance: float) -> None:
        dx, dy, across, up = _DIRECTIONS[direction]
        note.set_position((dx * distance, dy * distance))
        note.set_horizontalalignment(across)
        note.set_verticalalignment(up)

    def _cost(self, box: Bbox, frame: Bbox) -> float:
        cost = 0.0
        if box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1:
            cost += _OUTSIDE
        wide = box.padded(3.0)
        cost += _ON_TEXT * sum(bool(wide.overlaps(other)) for other in self._boxes)
        covered = self._covered(wide)
        return cost + _ON_CURVE * (covered > 0) + _ALONG_CURVE * covered

    def _covered(self, box: Bbox) -> int:
        """How many points of curves (2 pixels apart) a box would cover."""
        inside = [((p > box.min) & (p < box.max)).all(axis=1).sum() for p in self._points]
        return int(sum(inside))

    def at_line_ends(
        self,
        axes: Axes,
        ends: list[tuple[str, float, str]],
        gap_pt: float = 12.0,
        below_top: bool = False,
    ) -> None:
        """Labels (text, y of the line's end, colour) in the right margin, at least a gap apart.

        `below_top`: none stands above the panel, where it might meet those of the next.
        """
        scale = axes.figure.dpi / 72.0
        wanted = [axes.transData.transform((0.0, y))[1] / scale for _, y, _ in ends]
        floor = axes.bbox.y0 / scale + gap_pt / 2.0
        ceiling = axes.bbox.y1 / scale - gap_pt / 2.0 if below_top else np.inf
        heights = spread(wanted, gap_pt, floor, ceiling)
        for (text, _, colour), height in zip(ends, heights, strict=True):
            y = axes.transData.inverted().transform((0.0, height * scale))[1]
            self.keep(
                axes.annotate(
                    text,
                    (1.0, y),
                    xycoords=("axes fraction", "data"),
                    xytext=(5, 0),
                    textcoords="offset points",
                    color=colour,
                    fontweight="bold",
                    va="center",
                    fontsize=style.SIZE,
                    annotation_clip=False,
                )
            )

    def fit(self, text: Text, width_px: float, smallest: float = 7.0) -> Text:
        """Shrink a text until it is no wider than `width_px`; cut it if it would get too small."""
        width = self.box(text).width
        if width > width_px:
            text.set_fontsize(max(float(text.get_fontsize()) * width_px / width, smallest))
        while self.box(text).width > width_px and len(text.get_text()) > 1:
            text.set_text(text.get_text()[:-2].rstrip() + "…")
        return self.keep(text)


def spread(
    wanted: list[float], gap: float, floor: float = -np.inf, ceiling: float = np.inf
) -> list[float]:
    """Heights near those wanted, in the same order, at least `gap` apart.

    None below `floor`, none above `ceiling` (which gives way to the gap if the room is too small).
    """
    order = np.argsort(wanted, kind="stable")
    groups: list[tuple[float, int]] = []
    for i in order:
        centre, count = float(wanted[i]), 1
        while groups and centre - groups[-1][0] < gap * (count + groups[-1][1]) / 2.0:
            before, size = groups.pop()
            centre = (centre * count + before * size) / (count + size)
            count += size
        groups.append((centre, count))
    placed = [c + gap * (k - (n - 1) / 2.0) for c, n in groups for k in range(n)]
    for k, height in enumerate(placed):
        highest = ceiling - gap * (len(placed) - 1 - k)
        placed[k] = max(min(height, highest), floor + gap * k)
    heights = [0.0] * len(wanted)
    for i, height in zip(order, placed, strict=True):
        heights[i] = height
    return heights
