"""Why orifice, volume and fraction disagree: every reason named when it applies, and only then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mitral.grade.disagreement import explain, forward_index_ml_m2
from mitral.grade.quantity import combine, grades, in_words, sentence
from mitral.grade.timing import when

if TYPE_CHECKING:
    from conftest import Examined

    from mitral.measure.exam import Exam

NAN = float("nan")
LARGE_ORIFICE = {"eroa_cm2": 0.42, "mr_vti_cm": 100.0, "regurgitant_volume_ml": 42.0}
SMALL_ORIFICE = {"eroa_cm2": 0.19, "mr_vti_cm": 190.0, "regurgitant_volume_ml": 36.0}
SMALL_STROKE = {"regurgitant_fraction_percent": 52.0, "total_stroke_volume_ml": 70.0}
LARGE_STROKE = {"regurgitant_fraction_percent": 25.0, "total_stroke_volume_ml": 150.0}


def told(exam: Exam) -> str:
    """All explanations in one text."""
    return " ".join(explain(exam, grades(exam), when(exam)))


def test_agreement_needs_no_explanation(leaking: Examined) -> None:
    assert explain(leaking(), grades(leaking()), when(leaking())) == ()


def test_small_volume_of_a_large_orifice_is_the_jets_vti(leaking: Examined) -> None:
    text = told(leaking(**LARGE_ORIFICE))
    assert "volume is small for the orifice (volume 42 mL for EROA 0.42 cm²)" in text
    assert "VTI of the jet is 100 cm" in text
    assert "presume 150 cm" in text
    assert "patients is 165 cm" in text


@pytest.mark.parametrize(
    ("changes", "others", "words"),
    [
        (
            {"mr_duration_percent_of_systole": 79.0},
            {"mr_duration_percent_of_systole": 80.0},
            "Short leak: it lasts 79 % of systole",
        ),
        ({"eroa_early_cm2": 0.05}, {"eroa_early_cm2": 0.06}, "The leak is late-systolic"),
        (
            {"la_pressure_mean_mmhg": 18.1, "la_v_wave_mmhg": 40.0},
            {"la_pressure_mean_mmhg": 18.0, "la_v_wave_mmhg": 40.0},
            "High LA pressure (mean 18, v wave 40 mmHg) lowers the driving pressure",
        ),
        ({"lv_peak_mmhg": 99.0}, {"lv_peak_mmhg": 100.0}, "Low LV pressure (peak 99 mmHg)"),
        (
            {"heart_rate_bpm": 100.0},
            {"heart_rate_bpm": 99.9},
            "Fast heart (100 bpm): systole is short, the volume per beat small; per minute 4.2 L",
        ),
    ],
)
def test_reasons_of_a_small_volume(
    leaking: Examined, changes: dict[str, float], others: dict[str, float], words: str
) -> None:
    assert words in told(leaking(**LARGE_ORIFICE | changes))
    assert re.split(r" \(|:", words, maxsplit=1)[0] not in told(leaking(**LARGE_ORIFICE | others))
    assert told(leaking(**changes)) == ""


@pytest.mark.parametrize(
    ("changes", "others", "words"),
    [
        ({"lv_peak_mmhg": 151.0}, {"lv_peak_mmhg": 150.0}, "High LV pressure (peak 151 mmHg)"),
        ({"heart_rate_bpm": 59.0}, {"heart_rate_bpm": 60.0}, "Slow heart (59 bpm)"),
    ],
)
def test_reasons_of_a_large_volume(
    leaking: Examined, changes: dict[str, float], others: dict[str, float], words: str
) -> None:
    text = told(leaking(**SMALL_ORIFICE | changes))
    assert "volume is large for the orifice (volume 36 mL for EROA 0.19 cm²)" in text
    assert words in text
    assert re.split(r" \(", words, maxsplit=1)[0] not in told(leaking(**SMALL_ORIFICE | others))


def test_reasons_of_the_other_direction_are_not_named(leaking: Examined) -> None:
    reasons = {"lv_peak_mmhg": 160.0, "heart_rate_bpm": 50.0}
    text = told(leaking(**LARGE_ORIFICE | reasons))
    assert "High LV pressure" not in text
    assert "Slow heart" not in text
    reasons = {"lv_peak_mmhg": 90.0, "heart_rate_bpm": 120.0, "la_pressure_mean_mmhg": 30.0}
    text = told(leaking(**SMALL_ORIFICE | reasons))
    assert "Low LV" not in text
    assert "Fast heart" not in text
    assert "High LA" not in text


def test_an_unmeasured_jet_is_admitted(leaking: Examined) -> None:
    text = told(leaking(**LARGE_ORIFICE | {"mr_vti_cm": NAN}))
    assert "jet is not measurable" in text
    assert "nan" not in text


def test_large_fraction_of_a_small_stroke(leaking: Examined) -> None:
    text = told(leaking(**SMALL_STROKE))
    assert "fraction is large for the volume (fraction 52 % for volume 35 mL)" in text
    assert "total stroke, 70 mL, is small; the limits presume 100 to 120 mL" in text


def test_low_flow_is_named_below_35(leaking: Examined) -> None:
    flow = {"cardiac_output_l_min": 4.0, "cardiac_index_l_min_m2": 2.0}
    low = leaking(**SMALL_STROKE | flow | {"forward_stroke_volume_ml": 69.8})
    enough = leaking(**SMALL_STROKE | flow | {"forward_stroke_volume_ml": 70.0})
    assert forward_index_ml_m2(low) == pytest.approx(34.9)
    assert "Low flow: only 70 mL (35 mL/m²) go forward" in told(low)
    assert "Low flow" not in told(enough)
    assert "Low flow" not in told(leaking(forward_stroke_volume_ml=20.0))


def test_small_fraction_of_a_large_stroke(leaking: Examined) -> None:
    text = told(leaking(**LARGE_STROKE))
    assert "fraction is small for the volume (fraction 25 % for volume 35 mL)" in text
    assert "total stroke, 150 mL, is large" in text
    assert "Low flow" not in told(leaking(**LARGE_STROKE | {"forward_stroke_volume_ml": 20.0}))


def test_forward_index_needs_an_output(leaking: Examined) -> None:
    index = forward_index_ml_m2(leaking(cardiac_output_l_min=0.0))
    assert index != index  # NaN
    assert "Low flow" not in told(leaking(**SMALL_STROKE | {"cardiac_output_l_min": 0.0}))


@pytest.mark.parametrize(
    ("found", "grade", "words"),
    [
        ((4, 2, 3), 3, "middle of the three"),
        ((1, 4, 4), 4, "middle of the three"),
        ((4, 1, 1), 1, "middle of the three"),
        ((2, 2, 2), 2, "agree"),
        ((NAN, 2, 3), 3, "higher of the two"),
        ((NAN, 3, 3), 3, "agree"),
        ((NAN, NAN, 2), 2, "only known"),
    ],
)
def test_one_grade_of_three_quantities(
    leaking: Examined, found: tuple[float, float, float], grade: int, words: str
) -> None:
    names = ("eroa", "regurgitant_volume", "regurgitant_fraction")
    known = {n: int(g) for n, g in zip(names, found, strict=True) if g == g}
    number, how = combine(known, when(leaking()))
    assert number == grade
    assert words in how


def test_volume_decides_a_leak_of_part_of_systole(leaking: Examined) -> None:
    late = when(leaking(eroa_early_cm2=0.0))
    found = {"eroa": 4, "regurgitant_volume": 2, "regurgitant_fraction": 4}
    assert combine(found, late)[0] == 2
    assert combine(found, when(leaking()))[0] == 4
    del found["regurgitant_volume"]
    assert combine(found, late)[0] == 4


def test_rounding_does_not_contradict_the_grade(leaking: Examined) -> None:
    assert in_words(leaking(regurgitant_volume_ml=59.7), "regurgitant_volume") == "volume 59.7 mL"
    assert in_words(leaking(regurgitant_volume_ml=58.7), "regurgitant_volume") == "volume 59 mL"
    assert in_words(leaking(eroa_cm2=0.399), "eroa") == "EROA 0.399 cm²"
    assert in_words(leaking(eroa_cm2=0.39999999), "eroa") == "EROA 0.4000 cm²"
    exam = leaking(regurgitant_fraction_percent=NAN)
    assert sentence(exam, grades(exam)) == (
        "Quantities: EROA 0.23 cm² (grade II), volume 35 mL (grade II)."
    )


def test_numbers_that_are_missing_are_not_printed(leaking: Examined) -> None:
    text = told(leaking(**SMALL_STROKE | {"total_stroke_volume_ml": NAN}))
    assert "fraction is large for the volume" in text
    assert "stroke is not measurable" in text
    high = LARGE_ORIFICE | {"la_pressure_mean_mmhg": 30.0, "la_v_wave_mmhg": NAN}
    assert "High LA" not in told(leaking(**high))
    assert "nan" not in text + told(leaking(**high))
