"""The moments of a beat: end-diastole, end-systole, valve events, atrial contraction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mitral.beat.beat import LV_VOLUME_OFFSET
from mitral.units import REFERENCE_PERIOD_S

if TYPE_CHECKING:
    from mitral.beat.beat import Beat

_HALF_OPEN = 0.5


@dataclass(frozen=True)
class Landmarks:
    """Times in s from the start of ventricular contraction; indices into the waveforms.

    `mitral_closes`, `aortic_opens`, `aortic_closes`, `mitral_opens`: half-way moments of the
    openings; `atrial_onset`: start of atrial contraction; `end_systole`: index of the greatest
    p/(V - Vd), Vd 5 mL; `end_diastole`: index of the greatest LV volume near the start.
    A valve that never moves through half-way gives NaN; a mitral valve already shut by the
    atrial wave when the ventricle contracts closes at a negative time.
    """

    mitral_closes: float
    aortic_opens: float
    aortic_closes: float
    mitral_opens: float
    atrial_onset: float
    end_systole: int
    end_diastole: int


def crossings(time: np.ndarray, values: np.ndarray, level: float, rising: bool) -> list[float]:
    """Times at which a sampled curve crosses a level upwards (or downwards), interpolated."""
    above = values >= level
    change = above[1:] > above[:-1] if rising else above[1:] < above[:-1]
    i = np.flatnonzero(change)
    share = (level - values[i]) / (values[i + 1] - values[i])
    return (time[i] + share * (time[i + 1] - time[i])).tolist()


def _first(times: list[float], after: float = 0.0) -> float:
    return next((t for t in times if t >= after), float("nan"))


def find(beat: Beat) -> Landmarks:
    """The landmarks of a beat."""
    time, period = beat["time"], beat.period_s
    volume = beat["v_lv"]
    stretched = np.maximum(volume - LV_VOLUME_OFFSET, 1.0)
    end_systole = int(np.argmax((beat["p_lv"] - beat["p_peri"]) / stretched))
    scale = np.sqrt(period / REFERENCE_PERIOD_S)
    opens = _first(crossings(time, beat["z_av"], _HALF_OPEN, rising=True))
    closes = crossings(time, beat["z_av"], _HALF_OPEN, rising=False)
    after = opens if np.isfinite(opens) else 0.1 * period
    shuts = crossings(time, beat["z_mv"], _HALF_OPEN, rising=False)
    if beat["z_mv"][0] < _HALF_OPEN:
        shuts = [t - period for t in shuts[-1:]]
    return Landmarks(
        mitral_closes=shuts[0] if shuts else float("nan"),
        aortic_opens=opens,
        aortic_closes=_first(closes, after),
        mitral_opens=_first(crossings(time, beat["z_mv"], _HALF_OPEN, rising=True), after),
        atrial_onset=period - beat.heart["pr_s"] * float(scale),
        end_systole=end_systole,
        end_diastole=int(np.argmax(volume[: max(len(volume) // 5, 2)])),
    )
