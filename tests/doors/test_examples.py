"""Every example is a patient that settles, with the severity its title promises."""

from __future__ import annotations

from pathlib import Path

import pytest

import mitral
from mitral.patient.readers.yaml import read

EXAMPLES = Path(__file__).parents[2] / "examples"
SEVERITY = {
    "healthy_adult": {"none"},
    "trace_leak": {"trace"},
    "flail_leaflet": {"severe"},
    "late_systolic_prolapse": {"moderate"},
    "functional": {"moderate", "severe"},
    "rheumatic_mixed": {"moderate"},
    "papillary_rupture": {"severe"},
}


def test_all_seven_are_there() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == set(SEVERITY)


@pytest.mark.parametrize("name", SEVERITY)
def test_example_settles_and_is_graded(name: str) -> None:
    patient = read(EXAMPLES / f"{name}.yaml")
    assert patient.resembles
    beat = mitral.simulate(patient)
    assert beat.settled
    assert beat.grade.severity in SEVERITY[name]


def test_late_systolic_orifice_is_large_but_late() -> None:
    exam = mitral.simulate(read(EXAMPLES / "late_systolic_prolapse.yaml")).exam
    assert exam.eroa_late_cm2 > 5.0 * exam.eroa_early_cm2


def test_functional_orifice_is_smallest_when_pressure_is_highest() -> None:
    exam = mitral.simulate(read(EXAMPLES / "functional.yaml")).exam
    assert exam.eroa_early_cm2 > exam.eroa_mid_cm2


def test_an_adapted_patient_shows_the_orifice_that_was_measured() -> None:
    # adaptation scales the lesion until the examination finds it, to 1e-5 of its own fixed point
    for name, given in (("functional", 0.3), ("rheumatic_mixed", 0.3)):
        exam = mitral.simulate(read(EXAMPLES / f"{name}.yaml")).exam
        assert exam.eroa_cm2 == pytest.approx(given, rel=1e-3)
