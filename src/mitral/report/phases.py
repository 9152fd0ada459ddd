"""The phases of a beat, its curves over more than one period, and the leak in each phase."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mitral.beat.beat import Beat

CONTRACTION = "isovolumic contraction"
EJECTION = "ejection"
RELAXATION = "isovolumic relaxation"
FILLING = "filling"
ATRIAL_KICK = "atrial kick"


@dataclass(frozen=True)
class Phase:
    """A named part of the beat; `start` and `stop` in s from the start of contraction."""

    name: str
    start: float
    stop: float


@dataclass(frozen=True)
class LeakByPhase:
    """Volume (mL) that leaks backward through the mitral valve in each phase of one beat.

    `contraction_ml`: between mitral closure and aortic opening; `ejection_ml`: until aortic
    closure; `relaxation_ml`: until mitral opening; `filling_ml`: the rest. NaN if a valve never
    moves. `total_ml` is the regurgitant volume. Forward flow through the hole is not counted.
    """

    contraction_ml: float
    ejection_ml: float
    relaxation_ml: float
    filling_ml: float
    total_ml: float


@dataclass(frozen=True)
class Stroke:
    """Where the left ventricular stroke goes (mL): into the aorta (net) and back to the atrium."""

    forward_ml: float
    leak_ml: float

    @property
    def total_ml(self) -> float:
        """Forward and leak together."""
        return self.forward_ml + self.leak_ml


def phases(beat: Beat) -> list[Phase]:
    """The five phases from one mitral closure to the next; those without bounds are left out."""
    marks = beat.landmarks
    edges = [
        (CONTRACTION, marks.mitral_closes),
        (EJECTION, marks.aortic_opens),
        (RELAXATION, marks.aortic_closes),
        (FILLING, marks.mitral_opens),
        (ATRIAL_KICK, float(np.fmax(marks.atrial_onset, marks.mitral_opens))),
        ("", marks.mitral_closes + beat.period_s),
    ]
    found = [Phase(name, start, stop) for (name, start), (_, stop) in pairwise(edges)]
    return [phase for phase in found if phase.start < phase.stop]


def at(beat: Beat, values: np.ndarray, time: float | np.ndarray) -> np.ndarray:
    """A sampled curve at any `time` (s), the beat repeating for ever."""
    return np.asarray(np.interp(time, beat["time"], values, period=beat.period_s))


def between(beat: Beat, name: str, start: float, stop: float) -> np.ndarray:
    """A waveform from `start` to `stop` (s), both included, in steps of the samples or less."""
    step = beat.period_s / (len(beat["time"]) - 1)
    count = max(math.ceil((stop - start) / step), 1) + 1
    return at(beat, beat[name], np.linspace(start, stop, count))


def backward(beat: Beat) -> np.ndarray:
    """Flow (mL/s, positive) back into the atrium through the regurgitant orifice."""
    return np.maximum(-beat["q_mr"], 0.0)


def stroke(beat: Beat) -> Stroke:
    """Forward and backward part of the left ventricular stroke."""
    return Stroke(beat.integral(beat["q_av"]), beat.integral(backward(beat)))


def leak_by_phase(beat: Beat) -> LeakByPhase:
    """How much leaks in each phase of the beat; the parts add up to the regurgitant volume."""
    time, leak = beat["time"], backward(beat)
    steps = 0.5 * (leak[1:] + leak[:-1]) * np.diff(time)
    volume = np.concatenate([[0.0], np.cumsum(steps)])
    total = float(volume[-1])

    def until(moment: float) -> float:
        turns, rest = divmod(moment, beat.period_s)
        return turns * total + float(np.interp(rest, time, volume))

    marks = beat.landmarks
    edges = [min(marks.mitral_closes, marks.aortic_opens), marks.aortic_opens]
    edges += [marks.aortic_closes, marks.mitral_opens, edges[0] + beat.period_s]
    if not np.all(np.isfinite(edges)):
        return LeakByPhase(math.nan, math.nan, math.nan, math.nan, total)
    contraction, ejection, relaxation, filling = (
        until(stop) - until(start) for start, stop in pairwise(edges)
    )
    return LeakByPhase(contraction, ejection, relaxation, filling, total)
