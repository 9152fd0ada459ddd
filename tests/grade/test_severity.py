"""The integrated severity: worked cases, the document's steps, and what must never happen."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitral.errors import InputError
from mitral.grade import SEVERITIES, VERDICTS, Anatomy, Grade, grade
from mitral.measure.exam import Exam

if TYPE_CHECKING:
    from conftest import Examined

NAN = float("nan")
NORMAL_VALVE = Anatomy(lesion="normal")
FLAIL = Anatomy(lesion="severe", flail=True)
SECONDARY = Anatomy(lesion="moderate", secondary=True)


def quantities(eroa: float, volume: float, fraction: float) -> dict[str, float]:
    """Findings of a leak of this size."""
    return {
        "eroa_cm2": eroa,
        "eroa_pisa_cm2": eroa,
        "regurgitant_volume_ml": volume,
        "regurgitant_fraction_percent": fraction,
    }


ACUTE_FLAIL = quantities(0.44, 65.0, 50.0) | {
    "heart_rate_bpm": 88.0,
    "la_pressure_mean_mmhg": 25.0,
    "la_v_wave_mmhg": 39.0,
    "vena_contracta_mm": 7.8,
    "pisa_radius_mm": 9.7,
    "pulmonary_vein_s_d_ratio": 0.1,
    "pulmonary_vein_s_d_vti_ratio": -0.3,
    "pulmonary_vein_systolic_reversal": True,
    "mitral_e_cm_s": 150.0,
    "la_volume_index_ml_m2": 33.0,
}
COMPENSATED = ACUTE_FLAIL | {
    "lvedd_mm": 64.0,
    "la_volume_index_ml_m2": 60.0,
    "la_pressure_mean_mmhg": 15.0,
    "la_v_wave_mmhg": 30.0,
    "pisa_radius_mm": 10.2,
}
SMALL_LEAK_OF_THE_OLD = quantities(0.12, 19.0, 20.0) | {
    "vena_contracta_mm": 2.8,
    "pisa_radius_mm": 3.0,
    "mitral_e_a_ratio": 0.8,
    "la_volume_index_ml_m2": 30.0,
}
LATE_PROLAPSE = quantities(0.28, 52.0, 42.0) | {
    "eroa_pisa_cm2": 0.54,
    "eroa_early_cm2": 0.03,
    "eroa_mid_cm2": 0.34,
    "eroa_late_cm2": 0.54,
    "vena_contracta_mm": 8.3,
    "pisa_radius_mm": 10.5,
}
FUNCTIONAL = quantities(0.32, 46.0, 46.0) | {
    "eroa_early_cm2": 0.57,
    "eroa_mid_cm2": 0.22,
    "eroa_late_cm2": 0.18,
    "lvedd_mm": 66.0,
    "lv_ef_percent": 35.0,
    "forward_stroke_volume_ml": 54.0,
}


@pytest.mark.parametrize(
    ("findings", "anatomy", "severity", "roman"),
    [
        ({}, Anatomy(), "moderate", "II"),
        (ACUTE_FLAIL, Anatomy(lesion="severe", flail=True, acute=True), "severe", "IV"),
        (COMPENSATED, FLAIL, "severe", "IV"),
        (COMPENSATED, Anatomy(), "severe", "IV"),
        (SMALL_LEAK_OF_THE_OLD, NORMAL_VALVE, "mild", "I"),
        (LATE_PROLAPSE, Anatomy(lesion="moderate"), "moderate", "III"),
        (LATE_PROLAPSE | {"regurgitant_volume_ml": 44.0}, Anatomy(), "moderate", "II"),
        (LATE_PROLAPSE | {"regurgitant_volume_ml": 29.0}, Anatomy(), "mild", "I"),
        (LATE_PROLAPSE | {"regurgitant_volume_ml": 60.0}, Anatomy(), "severe", "IV"),
        (FUNCTIONAL, SECONDARY, "moderate", "III"),
        (quantities(0.03, 5.0, 6.0), NORMAL_VALVE, "trace", ""),
        (quantities(0.19, 29.0, 29.0), Anatomy(), "mild", "I"),
        (quantities(0.20, 30.0, 30.0), Anatomy(), "moderate", "II"),
        (quantities(0.29, 44.9, 39.9), Anatomy(), "moderate", "II"),
        (quantities(0.30, 45.0, 40.0), Anatomy(), "moderate", "III"),
        (quantities(0.39, 59.9, 49.9), Anatomy(), "moderate", "III"),
        (quantities(0.40, 60.0, 50.0), Anatomy(), "severe", "IV"),
        (quantities(0.45, 62.0, 35.0), Anatomy(), "severe", "IV"),
        (quantities(0.45, 40.0, 45.0), Anatomy(), "moderate", "III"),
        (quantities(NAN, 40.0, 51.0), Anatomy(), "severe", "IV"),
        (quantities(NAN, 40.0, NAN), Anatomy(), "moderate", "II"),
    ],
)
def test_worked_cases(
    leaking: Examined, findings: dict[str, float], anatomy: Anatomy, severity: str, roman: str
) -> None:
    found = grade(leaking(**findings), anatomy)
    assert (found.severity, found.ase_grade) == (severity, roman)
    assert found.document == "ASE 2017"


def test_a_tight_valve(healthy: Examined) -> None:
    found = grade(healthy(regurgitant_volume_ml=0.99), NORMAL_VALVE)
    assert (found.severity, found.ase_grade) == ("none", "")
    assert found.summary == "No mitral regurgitation."
    assert "1.0 mL run back" in found.reasons[0]
    assert {each.verdict for each in found.verdicts} == {"normal"}
    assert grade(healthy(regurgitant_volume_ml=1.0)).severity == "trace"


@pytest.mark.parametrize(
    ("findings", "severity"),
    [
        (quantities(0.099, 9.9, 14.9), "trace"),
        (quantities(0.10, 9.9, 14.9), "mild"),
        (quantities(0.099, 10.0, 14.9), "mild"),
        (quantities(0.099, 9.9, 15.0), "mild"),
        (quantities(NAN, 9.9, 14.9), "trace"),
        (quantities(NAN, 9.9, 15.0), "mild"),
    ],
)
def test_limits_of_a_trace(leaking: Examined, findings: dict[str, float], severity: str) -> None:
    assert grade(leaking(**findings)).severity == severity


@pytest.mark.parametrize(
    ("anatomy", "words"),
    [
        (NORMAL_VALVE, "a normal finding, the valve being structurally normal"),
        (Anatomy(), "a normal finding if the valve is structurally normal"),
        (Anatomy(lesion="mild"), "not structurally normal"),
        (Anatomy(perforation=True), "not structurally normal"),
    ],
)
def test_what_a_trace_means(leaking: Examined, anatomy: Anatomy, words: str) -> None:
    found = grade(leaking(**quantities(0.03, 5.0, NAN)), anatomy)
    assert words in found.summary
    assert ("normal finding" in found.summary) == ("normal finding" in words)
    assert "nan" not in found.summary
    assert "gives no limit" in found.reasons[-1]


def test_four_specific_signs_of_mild_decide(leaking: Examined) -> None:
    found = grade(leaking(**SMALL_LEAK_OF_THE_OLD | quantities(0.21, 31.0, 31.0)))
    assert (found.severity, found.ase_grade) == ("mild", "I")
    text = " ".join(found.reasons)
    assert "4 specific signs of mild decide: mild, although the quantities give grade II" in text
    three = SMALL_LEAK_OF_THE_OLD | quantities(0.21, 31.0, 31.0) | {"mitral_e_a_ratio": 1.3}
    assert grade(leaking(**three)).severity == "moderate"


def test_signs_of_mild_do_not_hide_large_quantities(leaking: Examined) -> None:
    found = grade(leaking(**SMALL_LEAK_OF_THE_OLD | quantities(0.35, 50.0, 45.0)))
    assert (found.severity, found.ase_grade) == ("moderate", "III")
    assert "contradict the quantities" in " ".join(found.reasons)
    found = grade(leaking(**SMALL_LEAK_OF_THE_OLD | quantities(0.45, 65.0, 55.0)))
    assert (found.severity, found.ase_grade) == ("severe", "IV")


def test_four_specific_signs_of_severe_decide(leaking: Examined) -> None:
    less = COMPENSATED | quantities(0.25, 35.0, 35.0)
    found = grade(leaking(**less))
    assert (found.severity, found.ase_grade) == ("severe", "IV")
    text = " ".join(found.reasons)
    assert (
        "4 specific signs of severe decide: severe, although the quantities give grade II" in text
    )
    assert grade(leaking(**less | {"lvedd_mm": 58.0})).severity == "moderate"
    agreeing = grade(leaking(**COMPENSATED))
    assert "4 specific signs of severe decide: severe." in agreeing.reasons


def test_three_specific_signs_of_severe_decide_grade_iii_only(leaking: Examined) -> None:
    three = COMPENSATED | {"lvedd_mm": 58.0}
    found = grade(leaking(**three | quantities(0.35, 50.0, 45.0)))
    assert (found.severity, found.ase_grade) == ("severe", "III")
    assert "Grade III with 3 specific signs of severe: severe." in found.reasons
    found = grade(leaking(**three | quantities(0.25, 35.0, 35.0)))
    assert (found.severity, found.ase_grade) == ("moderate", "II")
    two = three | {"vena_contracta_mm": 6.9} | quantities(0.35, 50.0, 45.0)
    assert grade(leaking(**two)).severity == "moderate"


def test_peak_signs_of_a_late_leak_do_not_count(leaking: Examined) -> None:
    found = grade(leaking(**LATE_PROLAPSE), FLAIL)
    assert "1 of severe (flail leaflet)" in found.reasons[1]
    assert "the volume decides, grade III" in " ".join(found.reasons)
    assert "widest" in " ".join(found.reasons)


def test_the_widest_orifice_is_mentioned_only_if_it_would_change_the_grade(
    leaking: Examined,
) -> None:
    for widest, told in ((0.31, True), (0.28, False), (NAN, False)):
        reasons = " ".join(grade(leaking(eroa_pisa_cm2=widest)).reasons)
        assert ("At its widest" in reasons) == told
    close = leaking(eroa_cm2=0.29, eroa_pisa_cm2=0.31)
    assert "At its widest" not in " ".join(grade(close).reasons)


def test_signs_are_listed_by_name(leaking: Examined) -> None:
    found = grade(leaking(**COMPENSATED), FLAIL)
    assert found.reasons[1].startswith(
        "Specific signs: 5 of severe (flail leaflet, enlarged LV with normal function, "
        "large holosystolic flow convergence, wide vena contracta, "
        "systolic reversal in the pulmonary veins); 0 of mild."
    )
    assert "Not decided: colour jet, continuous-wave jet." in found.reasons[1]


def test_acute_leak_is_said_to_be_understated(leaking: Examined) -> None:
    acute = grade(leaking(**ACUTE_FLAIL), Anatomy(flail=True, acute=True))
    assert "The leak is acute: LA pressure (mean 25, v wave 39 mmHg)" in " ".join(acute.reasons)
    chronic = grade(leaking(**ACUTE_FLAIL), Anatomy(flail=True))
    assert "acute" not in " ".join(chronic.reasons)


def test_normal_chambers_do_not_make_an_acute_leak_mild(leaking: Examined) -> None:
    exam = leaking(**SMALL_LEAK_OF_THE_OLD | quantities(0.21, 31.0, 31.0))
    assert grade(exam).severity == "mild"
    assert grade(exam, Anatomy(acute=True)).severity == "moderate"


@pytest.mark.parametrize(
    ("findings", "anatomy", "orifice", "volume"),
    [
        (FUNCTIONAL, SECONDARY, True, True),
        (FUNCTIONAL, Anatomy(), False, False),
        (FUNCTIONAL | quantities(0.30, 45.0, 45.0), SECONDARY, True, True),
        (FUNCTIONAL | {"eroa_cm2": 0.299}, SECONDARY, False, True),
        (FUNCTIONAL | {"regurgitant_volume_ml": 44.9}, SECONDARY, True, False),
        (FUNCTIONAL | {"forward_stroke_volume_ml": 70.0}, SECONDARY, True, False),
        (FUNCTIONAL | {"forward_stroke_volume_ml": 69.9}, SECONDARY, True, True),
        (FUNCTIONAL | quantities(0.41, 61.0, 55.0), SECONDARY, False, False),
    ],
)
def test_lower_limits_of_a_secondary_leak_are_noted(
    leaking: Examined, findings: dict[str, float], anatomy: Anatomy, orifice: bool, volume: bool
) -> None:
    reasons = " ".join(grade(leaking(**findings), anatomy).reasons)
    assert ("ESC/EACTS 2021 counts an EROA from 0.30 cm²" in reasons) == orifice
    assert ("ESC/EACTS 2021 counts a volume from 45 mL" in reasons) == volume


def test_disagreement_reaches_the_reasons(leaking: Examined) -> None:
    low_flow = quantities(0.22, 32.0, 51.0) | {
        "total_stroke_volume_ml": 63.0,
        "forward_stroke_volume_ml": 31.0,
    }
    found = grade(leaking(**low_flow))
    assert "Low flow" in " ".join(found.reasons)
    assert found.severity == "moderate"


def test_nothing_to_grade_is_refused(leaking: Examined) -> None:
    with pytest.raises(InputError, match="give at least one"):
        grade(leaking(**quantities(NAN, NAN, NAN)))


def strict_json(found: Grade) -> str:
    """As JSON, refusing NaN."""
    return json.dumps(found.as_dict(), allow_nan=False)


def test_dictionary_is_ready_for_json(leaking: Examined) -> None:
    found = json.loads(strict_json(grade(leaking(**COMPENSATED), FLAIL)))
    assert found["severity"] == "severe"
    assert found["ase_grade"] == "IV"
    assert len(found["verdicts"]) == 11
    first = found["verdicts"][0]
    assert first == {
        "name": "structure",
        "label": "valve structure",
        "value": "flail leaflet",
        "unit": "",
        "verdict": "severe",
        "rule": "a leaflet edge swings into the atrium",
        "specific": True,
        "sign": "flail leaflet",
    }
    assert isinstance(found["reasons"], list)


_FINDING = st.one_of(st.just(NAN), st.floats(0.0, 300.0))
_SIZE = st.tuples(st.floats(0.0, 1.5), st.floats(0.0, 200.0), st.floats(0.0, 90.0))
_ANATOMY = st.builds(
    Anatomy,
    lesion=st.sampled_from(("unknown", "mild", "moderate", "severe")),
    flail=st.booleans(),
    acute=st.booleans(),
    secondary=st.booleans(),
    jet_percent_of_la=st.one_of(st.none(), st.floats(0.0, 100.0)),
    jet_dense=st.sampled_from((None, True, False)),
)
_SIGNS = st.fixed_dictionaries(
    {
        "vena_contracta_mm": st.floats(0.0, 12.0),
        "pisa_radius_mm": st.floats(0.0, 14.0),
        "mitral_e_a_ratio": st.floats(0.5, 3.0),
        "lvedd_mm": st.floats(45.0, 75.0),
        "la_volume_index_ml_m2": st.floats(20.0, 100.0),
        "eroa_early_cm2": st.floats(0.0, 1.0),
        "eroa_late_cm2": st.floats(0.0, 1.0),
        "pulmonary_vein_s_d_vti_ratio": st.floats(-1.0, 1.5),
        "pulmonary_vein_systolic_reversal": st.booleans(),
    }
)


@given(_SIZE, _SIZE, _SIGNS, _ANATOMY)
def test_a_larger_leak_is_never_graded_less(
    leaking: Examined,
    one: tuple[float, float, float],
    more: tuple[float, float, float],
    signs: dict[str, float],
    anatomy: Anatomy,
) -> None:
    sizes = (one, tuple(a + b for a, b in zip(one, more, strict=True)))
    small, large = (
        SEVERITIES.index(grade(leaking(**signs | quantities(*size)), anatomy).severity)
        for size in sizes
    )
    assert large >= small


@given(st.data())
def test_any_findings_are_graded_without_nan_in_the_answer(
    leaking: Examined, data: st.DataObject
) -> None:
    numbers = [field.name for field in fields(Exam) if "reversal" not in field.name]
    chosen = data.draw(st.lists(st.sampled_from(numbers), max_size=12, unique=True))
    exam = leaking(**{name: data.draw(_FINDING) for name in chosen})
    sizes = (exam.eroa_cm2, exam.regurgitant_volume_ml, exam.regurgitant_fraction_percent)
    if all(map(math.isnan, sizes)):
        return
    found = grade(exam, data.draw(_ANATOMY))
    assert found.severity in SEVERITIES
    assert {each.verdict for each in found.verdicts} <= set(VERDICTS)
    assert "nan" not in strict_json(found).lower().replace("dominan", "")
    assert "-0 " not in strict_json(found)
