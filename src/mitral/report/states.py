"""How the four states of a heart look in a picture, and which visits stand for them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from mitral.report import style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mitral.course.course import Visit

_CHANGED = 0.06
"""Share by which a volume must differ for a second loop of the same state."""


class Look(NamedTuple):
    """Colour of lines, fill and words of the band, dash pattern and marker of a state."""

    colour: str
    fill: str
    words: str
    dash: Any
    marker: str

    @property
    def mark(self) -> dict[str, Any]:
        """How a single point is plotted."""
        looks = {"ls": "none", "marker": self.marker, "ms": 5.5, "mew": 1.5, "mec": self.colour}
        return looks | {"mfc": style.PAPER, "zorder": 6, "clip_on": False}


LOOKS = {
    "normal": Look(style.MUTED, "#E9ECE6", style.INK, style.THIN_DASHED, "o"),
    "acute": Look(style.VEIN, "#E7CFDE", style.INK, style.DOTTED, "^"),
    "compensated": Look("#7F6400", "#EBDFB4", style.INK, style.DASH_DOT, "s"),
    "decompensated": Look(style.INK, style.INK, style.PAPER, style.SOLID, "D"),
}
"""By state."""


class Run(NamedTuple):
    """Visits in a row with the same `name`; from `start` to `stop` on the axis."""

    name: str
    start: float
    stop: float


def runs(
    placed: Sequence[tuple[float, Visit]], name: Callable[[Visit], str], left: float
) -> list[Run]:
    """Stretches of a finding that does not change, each from the visit that first showed it.

    `placed`: visits with their places, `left` the beginning of the axis. A change found at the
    first visit after 0 is drawn from 0: nothing was seen in between.
    """
    firsts: list[tuple[str, float]] = []
    for label, group in groupby(placed, key=lambda one: name(one[1])):
        firsts.append((label, next(group)[0]))
    after = next((x for x, _ in placed if x > 0.0), 0.0)
    starts = [0.0 if left < 0.0 and x == after else x for _, x in firsts]
    starts[0] = left
    stops = [*starts[1:], max(placed[-1][0], 0.0)]
    return [
        Run(label, start, stop)
        for (label, _), start, stop in zip(firsts, starts, stops, strict=True)
    ]


def chosen(visits: Sequence[Visit]) -> list[Visit]:
    """One visit for each state that occurs; the first and last of all if they differ from that.

    The first normal and acute one, the middle compensated one, the last decompensated one.
    """
    found = []
    for state in LOOKS:
        of = [visit for visit in visits if visit.state.name == state]
        if of:
            place = {"compensated": len(of) // 2, "decompensated": -1}.get(state, 0)
            found.append(of[place])
    for end in (visits[0], visits[-1]):
        if not any(_alike(end, visit) for visit in found):
            found.append(end)
    return sorted(found, key=lambda visit: visit.day)


def _alike(one: Visit, other: Visit) -> bool:
    """Whether the loops of two visits are told by the same name and hardly differ."""
    volumes = [(v.exam.lv_edv_ml, v.exam.lv_esv_ml) for v in (one, other)]
    same = all(abs(a - b) <= _CHANGED * max(a, b) for a, b in zip(*volumes, strict=True))
    return same and one.state.name == other.state.name
