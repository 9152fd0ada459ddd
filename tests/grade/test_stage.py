"""The stage of a leak: each boundary met once and missed once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mitral.errors import InputError
from mitral.grade import NOT_SEEN, Anatomy, grade
from mitral.grade.criteria import criteria
from mitral.grade.stage import STAGES, Stage, stage

if TYPE_CHECKING:
    from conftest import Examined

TIGHT = {"regurgitant_volume_ml": 0.0}
TRACE = {"eroa_cm2": 0.03, "regurgitant_volume_ml": 5.0, "regurgitant_fraction_percent": 6.0}
MILD = {"eroa_cm2": 0.15, "regurgitant_volume_ml": 22.0, "regurgitant_fraction_percent": 22.0}
MODERATE = {"eroa_cm2": 0.39, "regurgitant_volume_ml": 59.0, "regurgitant_fraction_percent": 49.0}
SEVERE = {
    "eroa_cm2": 0.40, "regurgitant_volume_ml": 60.0, "regurgitant_fraction_percent": 50.0,
    "lv_ef_percent": 65.0, "lvesd_mm": 36.0,
}  # fmt: skip
SECONDARY = Anatomy(lesion="moderate", secondary=True)


def staged(
    leaking: Examined,
    findings: dict[str, float],
    anatomy: Anatomy = NOT_SEEN,
    symptomatic: bool | None = False,
    at_risk: bool = False,
) -> Stage:
    """The stage of a leak with these findings."""
    exam = leaking(**findings)
    return stage(exam, grade(exam, anatomy), anatomy, symptomatic, at_risk)


@pytest.mark.parametrize(
    ("findings", "anatomy", "at_risk", "letter"),
    [
        (TIGHT, Anatomy(), False, "none"),
        (TIGHT, Anatomy(lesion="normal"), False, "none"),
        (TIGHT, Anatomy(), True, "A"),
        (TIGHT, Anatomy(lesion="mild"), False, "A"),
        (TIGHT, Anatomy(perforation=True), False, "A"),
        (TRACE, Anatomy(), False, "none"),
        (TRACE, Anatomy(), True, "A"),
        (MILD, Anatomy(), True, "B"),
        (MODERATE, Anatomy(), False, "B"),
        (SEVERE, Anatomy(), False, "C1"),
        (SEVERE | {"lv_ef_percent": 60.1}, Anatomy(), False, "C1"),
        (SEVERE | {"lv_ef_percent": 60.0}, Anatomy(), False, "C2"),
        (SEVERE | {"lvesd_mm": 39.9}, Anatomy(), False, "C1"),
        (SEVERE | {"lvesd_mm": 40.0}, Anatomy(), False, "C2"),
        (SEVERE | {"lv_ef_percent": 55.0, "lvesd_mm": 45.0}, Anatomy(), False, "C2"),
        (SEVERE | {"lv_ef_percent": 30.0}, SECONDARY, False, "C"),
        (MODERATE | {"lv_ef_percent": 30.0}, SECONDARY, False, "B"),
        (TIGHT, Anatomy(secondary=True), True, "A"),
    ],
)
def test_worked_cases_without_symptoms(
    leaking: Examined, findings: dict[str, float], anatomy: Anatomy, at_risk: bool, letter: str
) -> None:
    found = staged(leaking, findings, anatomy, at_risk=at_risk)
    assert (found.letter, found.label) == (letter, STAGES[letter])
    assert found.document == "ACC/AHA 2020"


@pytest.mark.parametrize("anatomy", [Anatomy(), SECONDARY], ids=["primary", "secondary"])
@pytest.mark.parametrize("ef", [70.0, 25.0])
def test_symptoms_make_d_of_a_severe_leak_whatever_the_ventricle(
    leaking: Examined, anatomy: Anatomy, ef: float
) -> None:
    found = staged(leaking, SEVERE | {"lv_ef_percent": ef}, anatomy, symptomatic=True)
    assert found.letter == "D"
    assert ("persist under full therapy" in found.reasons[-1]) == anatomy.secondary


@pytest.mark.parametrize("findings", [MILD, MODERATE])
def test_symptoms_of_a_lesser_leak_leave_it_progressive_and_are_named(
    leaking: Examined, findings: dict[str, float]
) -> None:
    found = staged(leaking, findings, symptomatic=True)
    assert found.letter == "B"
    assert "Symptoms" in found.reasons[-1]
    assert not any("Symptoms" in reason for reason in staged(leaking, findings).reasons)


def test_unknown_symptoms_are_staged_as_none_and_said(leaking: Examined) -> None:
    found = staged(leaking, SEVERE, symptomatic=None)
    assert found.letter == "C1"
    assert "Symptoms are not known; any make it D." in found.reasons


@pytest.mark.parametrize("findings", [MILD, MODERATE, SEVERE])
@pytest.mark.parametrize("symptomatic", [None, False, True])
def test_an_acute_leak_has_no_stage(
    leaking: Examined, findings: dict[str, float], symptomatic: bool | None
) -> None:
    found = staged(leaking, findings, Anatomy(acute=True), symptomatic)
    assert found.letter == "none"
    assert "stages chronic leaks" in found.reasons[-1]


def test_reasons_name_the_numbers_and_their_limits(leaking: Examined) -> None:
    assert staged(leaking, SEVERE | {"lv_ef_percent": 58.2}).reasons == (
        "Leak: severe (ASE 2017).",
        "No symptoms.",
        "EF: 58 % ≤ 60 %.",
        "LVESD: 36 mm < 40 mm.",
    )
    at_risk = staged(leaking, TRACE, Anatomy(lesion="mild"), at_risk=True)
    assert at_risk.reasons[1:] == ("At risk of a leak.", "Valve structure: mild lesion.")


def test_what_was_not_measurable_is_asked_for_only_where_it_decides(leaking: Examined) -> None:
    unseen = SEVERE | {"lvesd_mm": float("nan")}
    with pytest.raises(InputError, match="LVESD is not measurable"):
        staged(leaking, unseen)
    assert staged(leaking, unseen, symptomatic=True).letter == "D"
    assert staged(leaking, unseen, SECONDARY).letter == "C"


def test_a_stage_is_ready_for_json(leaking: Examined) -> None:
    plain = json.loads(json.dumps(staged(leaking, SEVERE).as_dict()))
    assert plain["letter"] == "C1"
    assert plain["reasons"][0] == "Leak: severe (ASE 2017)."


def test_the_limits_are_the_documents() -> None:
    cutoffs = criteria().cutoffs
    assert {n: (c.value, c.document) for n, c in cutoffs.items() if n.startswith("stage_")} == {
        "stage_ef_percent": (60, "accaha2020"),
        "stage_lvesd_mm": (40, "accaha2020"),
    }
    assert "secondary transcription" in criteria().documents["accaha2020"].provenance
