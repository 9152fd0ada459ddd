"""What guidelines are asked about: facts of an examination, a recorded and a simulated person."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import pytest

import mitral
from mitral.errors import InputError
from mitral.grade import NOT_SEEN, Anatomy, grade
from mitral.measure.exam import Exam
from mitral.treatment.facts import facts_of
from mitral.treatment.guideline import guidelines

BLANK = Exam(**{f.name: math.nan for f in fields(Exam)})  # pyright: ignore[reportArgumentType]
LEAK = replace(
    BLANK,
    eroa_cm2=0.42,
    regurgitant_volume_ml=66.0,
    regurgitant_fraction_percent=52.0,
    lvesd_mm=40.0,
    pulmonary_vein_s_d_ratio=0.8,
    pulmonary_vein_s_d_vti_ratio=-0.1,
    pulmonary_vein_systolic_reversal=True,
)
RECORDED = {
    "lv_edv_ml": 200.0,
    "lv_esv_ml": 90.0,
    "regurgitant_volume_ml": 70.0,
    "forward_stroke_volume_ml": 50.0,
    "lvesd_mm": 42.0,
}


def recorded(circumstances: dict | None = None, /, **findings: float | None) -> mitral.Guideline:
    """Statements for a man with a prolapse of whom this was recorded."""
    found = {k: v for k, v in (RECORDED | findings).items() if v is not None}
    patient = mitral.Patient(
        cause="prolapse",
        findings=mitral.Findings(**found),
        circumstances=mitral.Circumstances(**(circumstances or {})),
    )
    return mitral.guideline(patient, recorded=True)


def of(result: mitral.Guideline, name: str) -> tuple[str, tuple[str, ...]]:
    """Status of a statement, and what is missing."""
    found = next(one for one in result.statements if one.statement.id == name)
    return found.status, found.missing


def test_facts_are_the_findings_and_what_follows_from_them() -> None:
    facts = facts_of(LEAK, grade(LEAK), Anatomy(acute=True), bsa_m2=2.0, symptomatic=True)
    assert facts.keys() == guidelines().data.keys()
    assert facts["eroa_cm2"] == 0.42
    assert facts["lvesd_index_mm_m2"] == 20.0  # 40 mm / 2 m²
    assert facts["leak"] == "severe"
    assert facts["acute"] is True
    assert facts["symptomatic"] is True
    assert facts["pulmonary_vein_reversal"] is True
    assert facts["lv_ef_percent"] is None
    assert facts["compromised"] is None
    assert facts["mechanism"] is None


def test_a_dip_of_pulmonary_venous_flow_is_no_reversal_and_one_not_looked_at_is_unknown() -> None:
    for net, reverses, ratio, wanted in (
        (0.2, True, 0.8, False),
        (math.nan, True, math.nan, True),
        (math.nan, False, 0.8, False),
        (math.nan, False, math.nan, None),
    ):
        exam = replace(
            LEAK,
            pulmonary_vein_s_d_vti_ratio=net,
            pulmonary_vein_systolic_reversal=reverses,
            pulmonary_vein_s_d_ratio=ratio,
        )
        assert facts_of(exam, None, NOT_SEEN, bsa_m2=2.0)["pulmonary_vein_reversal"] is wanted


def test_the_file_outweighs_the_cause_and_an_empty_line_does_not() -> None:
    def told(**circumstances: str | None) -> tuple:
        facts = facts_of(
            LEAK, None, NOT_SEEN, bsa_m2=2.0, cause="prolapse", circumstances=circumstances
        )
        return facts["mechanism"], facts["aetiology"]

    assert told() == told(aetiology=None) == ("primary", "degenerative")
    assert told(aetiology="rheumatic") == ("primary", "rheumatic")


def test_a_recorded_person_by_hand() -> None:
    """EF 100 (200 - 90)/200 = 55 %, RF 100 · 70/120 = 58 %: severe, the ventricle failing."""
    result = recorded({"nyha": "I"})
    assert result.stage is not None
    assert result.stage.letter == "C2"
    assert {one.statement.id for one in result.of("met")} == {
        "acc_primary_failing", "esc21_primary_failing", "esc25_primary_failing",
    }  # fmt: skip
    reasons = next(one.reasons for one in result.of("met"))
    assert "EF 55 % ≤ 60 %" in reasons
    assert "LVESD 42 mm ≥ 40 mm" in reasons


@pytest.mark.parametrize(
    ("nyha", "findings", "letter", "statement"),
    [
        ("III", {}, "D", "acc_primary_symptomatic"),
        ("I", {}, "C2", "acc_primary_failing"),
        ("I", {"lv_esv_ml": 60.0, "lvesd_mm": 36.0}, "C1", "acc_follow_severe"),
        ("I", {"regurgitant_volume_ml": 20.0, "lv_esv_ml": 60.0}, "B", "acc_follow_mild"),
    ],
)
def test_the_stage_agrees_with_the_statement_that_names_it(nyha, findings, letter, statement):
    result = recorded({"nyha": nyha}, **findings)
    assert result.stage is not None
    assert result.stage.letter == letter
    assert of(result, statement) == ("met", ())


def test_what_was_not_recorded_is_missing_only_where_it_decides() -> None:
    without = recorded({"nyha": "I"}, lvesd_mm=None)
    assert of(without, "acc_primary_failing") == ("met", ())  # the EF is enough
    assert without.stage is None  # the stage asks for both
    sound = recorded({"nyha": "I"}, lvesd_mm=None, lv_esv_ml=60.0)
    assert of(sound, "acc_primary_failing") == ("undecidable", ("lvesd_mm",))
    assert of(sound, "esc25_primary_failing") == ("undecidable", ("lvesd_mm",))
    assert of(recorded(), "acc_primary_symptomatic") == ("undecidable", ("nyha",))
    ungraded = recorded({"nyha": "I"}, regurgitant_volume_ml=None)
    assert ungraded.stage is None
    assert of(ungraded, "acc_primary_failing") == ("undecidable", ("regurgitant_volume_ml",))


def test_the_orifice_of_who_has_adapted_counts_as_recorded() -> None:
    for adapted, wanted in ((True, "met"), (False, "undecidable")):
        patient = mitral.Patient(
            cause="prolapse",
            eroa_cm2=0.45,
            adapted=adapted,
            findings=mitral.Findings(lv_ef_percent=55.0),
            circumstances=mitral.Circumstances(nyha="I"),
        )
        result = mitral.guideline(patient, recorded=True)
        assert of(result, "acc_primary_failing")[0] == wanted


def test_recorded_compromise_is_known_only_from_enough() -> None:
    base = {"cardiac_output_l_min": 3.0, "la_pressure_mean_mmhg": 28.0}  # index 1.6 L/min/m²
    for findings, wanted in (
        ({"aortic_systolic_mmhg": 80.0}, "met"),
        (base, "met"),
        ({"aortic_systolic_mmhg": 120.0}, "undecidable"),
        (
            base
            | {
                "cardiac_output_l_min": 5.0,
                "aortic_systolic_mmhg": 120.0,
                "aortic_diastolic_mmhg": 75.0,
            },
            "not met",
        ),
    ):
        patient = mitral.Patient(
            cause="flail_leaflet", findings=mitral.Findings(regurgitant_volume_ml=70.0, **findings)
        )
        result = mitral.guideline(patient, recorded=True)
        assert of(result, "acc_acute_balloon_pump")[0] == wanted, findings


def test_a_recorded_state_needs_something_recorded_and_no_changed_parameters() -> None:
    with pytest.raises(InputError, match="nothing was recorded"):
        mitral.guideline(mitral.Patient(cause="prolapse"), recorded=True)
    with pytest.raises(InputError, match="not simulated"):
        mitral.guideline(mitral.Patient(), recorded=True, changes={"r_sys": 1.0})


def test_the_mechanism_that_the_file_tells_makes_the_leak_secondary() -> None:
    patient = mitral.Patient(
        eroa_cm2=0.5,
        adapted=True,
        circumstances=mitral.Circumstances(mechanism="ventricular", guideline_therapy=False),
    )
    result = mitral.guideline(patient)
    assert of(result, "acc_primary_symptomatic") == ("not met", ())
    assert of(result, "esc25_bypass_severe") == ("undecidable", ("bypass_planned",))
    plain = mitral.guideline(patient.model_copy(update={"circumstances": mitral.Circumstances()}))
    assert "mechanism" in of(plain, "acc_primary_repair")[1]


def test_sudden_ruptures_meet_the_statements_of_the_bridge_and_of_surgery() -> None:
    result = mitral.guideline(mitral.Patient(cause="papillary_rupture"))
    met = {one.statement.id for one in result.of("met")}
    assert met >= {"acc_acute_balloon_pump", "acc_acute_surgery", "esc25_acute_intervention"}
    assert all(one.statement.grade is None for one in result.of("met"))
    assert result.stage is not None
    assert result.stage.letter == "none"


def test_a_simulation_knows_its_rhythm_unless_the_file_says_otherwise() -> None:
    def rhythm(changes: dict | None = None, known: bool | None = None) -> object:
        told = mitral.Circumstances(atrial_fibrillation=known)
        patient = mitral.Patient(cause="flail_leaflet", adapted=True, circumstances=told)
        return mitral.guideline(patient, changes=changes).facts["atrial_fibrillation"]

    assert rhythm() is False
    assert rhythm({"t_la": 0.0}) is True
    assert rhythm(known=True) is True
    assert recorded().facts["atrial_fibrillation"] is None


@pytest.mark.parametrize(
    "patient",
    [
        mitral.Patient(cause="flail_leaflet", adapted=True, factors={"v0_lv": 1.3, "v0_la": 1.6}),
        mitral.Patient(cause="prolapse", adapted=True, eroa_cm2=0.25),
        mitral.Patient(cause="ventricular_functional", eroa_cm2=0.3, adapted=True),
    ],
    ids=["flail", "moderate", "functional"],
)
def test_stage_and_symptoms_are_those_of_the_first_visit_of_a_course(patient) -> None:
    """The same person, told in two rooms: the beat of an established patient and its visit."""
    visit = mitral.follow(patient, 0.05).visits[0]
    result = mitral.guideline(patient)
    assert result.stage is not None
    assert result.stage.letter == visit.stage.letter
    felt = {visit.symptoms.breathlessness.grade, visit.symptoms.tiredness.grade} != {"none"}
    assert result.facts["symptomatic"] == felt
    assert result.facts["compromised"] == visit.compromise.present
    # both settle the same heart, the course to 0.003 mL of some 100
    assert result.facts["lv_ef_percent"] == pytest.approx(visit.exam.lv_ef_percent, abs=0.01)
