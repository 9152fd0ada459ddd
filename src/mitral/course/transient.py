"""What a leak that opens at once does, beat by beat, until the reflex has answered.

In this model: nothing grows, no drug and no fluid is given, and the lungs take up no water.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.beat.beat import Beat, heart_of
from mitral.disease.compromise import RULE, Compromise, compromise, failure
from mitral.disease.constants import constants
from mitral.disease.symptoms import Haemodynamics
from mitral.errors import NotSettledError
from mitral.measure.describe import describe
from mitral.measure.exam import Exam, examine
from mitral.solver.solve import solve
from mitral.solver.transient import run_through

if TYPE_CHECKING:
    from mitral.disease.compromise import Criterion
    from mitral.patient.record import Patient

COMPENSATED, COMPROMISED = "no haemodynamic compromise", "haemodynamic compromise"
FAILED = "circulatory failure"


@dataclass(frozen=True)
class TransientBeat:
    """One beat of a run: `time_s` of its start from the start of the run, and the beat itself.

    It does not quite end where it began, so that findings which take it for a loop (work, the
    steepest rise of pressure) are rough in the first beats after the onset.
    """

    time_s: float
    beat: Beat

    @cached_property
    def exam(self) -> Exam:
        """Everything an echo lab and a catheter lab would have found in this beat."""
        return examine(self.beat)

    @cached_property
    def compromise(self) -> Compromise:
        """Whether the circulation fails its task in this beat, and by which criteria."""
        return compromise(Haemodynamics.of(self.beat.waveforms), self.beat.heart["bsa_m2"])

    @property
    def hemodynamic_compromise(self) -> bool:
        """Whether the criteria of compromise are met in this beat."""
        return self.compromise.present


@dataclass(frozen=True)
class Transient:
    """A run of beats in which a leak opens.

    `patient` with the leak; `beats`, of which `beats[onset_beat]` is the first that leaks;
    `complete`: False if the solution broke down after the last of them; `provenance`: what is
    needed to compute the run again.
    """

    patient: Patient
    beats: tuple[TransientBeat, ...]
    onset_beat: int
    complete: bool
    provenance: dict[str, Any]

    @property
    def onset_s(self) -> float:
        """Time (s) from the start of the run to the first beat that leaks."""
        return self.before.time_s + self.before.beat.period_s

    @property
    def end_s(self) -> float:
        """Duration (s) of the run."""
        return self.beats[-1].time_s + self.beats[-1].beat.period_s

    @property
    def before(self) -> TransientBeat:
        """The last beat before the leak opens."""
        return self.beats[self.onset_beat - 1]

    def after(self, seconds: float) -> TransientBeat | None:
        """The beat that runs so many seconds after the onset; none if the run has ended by then."""
        moment = self.onset_s + seconds
        if moment >= self.end_s:
            return None
        begins = np.array([one.time_s for one in self.beats])
        return self.beats[int(np.searchsorted(begins, moment + 1e-9)) - 1]

    @cached_property
    def compromised_s(self) -> float:
        """For how many seconds after the onset the criteria of compromise were met."""
        after = self.beats[self.onset_beat :]
        return sum(one.beat.period_s for one in after if one.hemodynamic_compromise)

    @property
    def hemodynamic_compromise(self) -> bool:
        """Whether the circulation fails its task at the end of the run."""
        return self.outcome != COMPENSATED

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of compromise with what was found at the end of the run."""
        return self.beats[-1].compromise.criteria

    @property
    def outcome(self) -> str:
        """How it ends: compensated, haemodynamic compromise or circulatory failure."""
        return self._verdict[0]

    @property
    def reason(self) -> str:
        """Why it ends so, in words."""
        return self._verdict[1]

    @cached_property
    def _verdict(self) -> tuple[str, str]:
        last, before = self.beats[-1].exam, self.before.exam
        share = last.cardiac_output_l_min / before.cardiac_output_l_min
        if not self.complete:
            return FAILED, f"the solution broke down after beat {len(self.beats)}"
        failed = failure(last.aortic_mean_mmhg, share)
        if failed:
            return FAILED, failed
        if self.beats[-1].hemodynamic_compromise:
            return COMPROMISED, "; ".join(_words(one) for one in self.criteria if one.met)
        spell = f"for {self.compromised_s:.0f} s after the onset" if self.compromised_s else "never"
        return COMPENSATED, f"compromised {spell}{_lungs(last.la_pressure_mean_mmhg)}"

    def as_dict(self) -> dict[str, Any]:
        """Beats with their exams, onset, outcome, criteria; what is not measurable is None."""
        return {
            "beats": [
                {
                    "time_s": one.time_s,
                    "exam": one.exam.measured(),
                    "hemodynamic_compromise": one.hemodynamic_compromise,
                }
                for one in self.beats
            ],
            "onset_s": self.onset_s,
            "outcome": self.outcome,
            "reason": self.reason,
            "hemodynamic_compromise": self.hemodynamic_compromise,
            "compromised_s": self.compromised_s,
            "rule": RULE,
            "criteria": [asdict(one) for one in self.criteria],
            "provenance": self.provenance,
        }

    def _attributes(self) -> dict[str, Any]:
        made = self.provenance
        return {
            "title": self.patient.name,
            "source": f"{made['program']} {made['version']}, parameter set {made['parameter_set']}",
            "comment": made["notice"],
            "provenance": json.dumps(made, ensure_ascii=False),
            "onset_s": self.onset_s,
            "outcome": self.outcome,
            "reason": self.reason,
        }

    def to_xarray(self) -> Any:
        """Findings over `beat`, waveforms over `time`, with units (an `xarray.Dataset`)."""
        from mitral.course.recording import to_xarray

        return to_xarray(self, self._attributes())

    def save(self, path: str | Path) -> None:
        """Write the run as NetCDF; an existing file is replaced only when all is written."""
        from mitral.files import atomic

        with atomic(Path(path)) as beside:
            self.to_xarray().to_netcdf(beside, engine="h5netcdf")


def _lungs(la_pressure_mmhg: float) -> str:
    """What such a pressure would do to lungs that are not used to it, were it to last."""
    limit = constants("lung").alveolar_la_pressure
    if la_pressure_mmhg <= limit:
        return ""
    return f"; LA pressure {la_pressure_mmhg:.0f} mmHg, above the {limit:g} of alveolar oedema"


def _words(one: Criterion) -> str:
    """A criterion that is met, in words."""
    side = "below" if one.value < one.threshold else "above"
    return f"{describe(one.name)[0]} {one.value:.3g} {one.unit}, {side} {one.threshold:g}"


def open_leak(
    before: np.ndarray,
    after: np.ndarray,
    *,
    beats: int,
    onset_beat: int,
    bsa_m2: float,
    reflex: bool = True,
) -> tuple[tuple[TransientBeat, ...], bool]:
    """The beats of a run in which the parameters change at once, and whether it is complete.

    `before`, `after`: arrays of one parameter record; `onset_beat` beats come before the change.
    Raises `NotSettledError` if there is no settled beat to start from.
    """
    settled = solve(before, reflex=reflex)
    if settled.code:
        raise NotSettledError(f"before the leak opens: {settled.message}")
    run = run_through(before, after, settled, beats=beats, onset=onset_beat, reflex=reflex)
    hearts = heart_of(before, bsa_m2), heart_of(after, bsa_m2)
    made = zip(run.begins_s.tolist(), run.waveforms, strict=True)
    return tuple(
        TransientBeat(begins, Beat(waveforms, hearts[number >= onset_beat]))
        for number, (begins, waveforms) in enumerate(made)
    ), run.complete
