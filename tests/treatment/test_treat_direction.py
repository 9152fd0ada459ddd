"""Every treatment moves the settled beat to the side that a cardiologist would bet on."""

from __future__ import annotations

from functools import cache

import pytest

import mitral
from mitral.treatment.catalogue import all_treatments
from mitral.workflow.treat import BeforeAfter, treat

ACUTE = mitral.Patient(cause="flail_leaflet")
GROWN = mitral.Patient(
    cause="prolapse",
    adapted=True,
    factors={"v0_lv": 1.45, "wall_lv": 1.5, "v0_la": 1.9, "sp_lv": 0.7, "tbv": 1.1},
)
WEAK = mitral.Patient(
    cause="ventricular_functional",
    eroa_cm2=0.3,
    heart_rate_bpm=74,
    factors={"v0_lv": 0.95, "ctr_lv": 0.6, "sp_lv": 2.0, "r_sys": 1.25},
)
RUPTURE = mitral.Patient(cause="papillary_rupture")
WHO = {"acute": ACUTE, "grown": GROWN, "weak": WEAK, "rupture": RUPTURE}
FIBRILLATING = {"t_la": 0, "t_ra": 0, "hr": 110}
DOWN, UP, STAYS = -1, 1, 0
LEAST_PERCENT = 0.5
"""Less than this is no movement."""
BETS = [
    ("nitroprusside", "acute", "aortic_mean_mmhg", DOWN),
    ("nitroprusside", "acute", "regurgitant_fraction_percent", DOWN),
    ("nitroprusside", "grown", "forward_stroke_volume_ml", UP),
    ("nitroprusside", "grown", "lv_edp_mmhg", DOWN),
    ("nitroprusside", "weak", "eroa_cm2", DOWN),
    ("hydralazine", "grown", "regurgitant_fraction_percent", DOWN),
    ("hydralazine", "grown", "cardiac_output_l_min", UP),
    ("hydralazine", "acute", "heart_rate_bpm", UP),
    ("nitrate", "acute", "la_pressure_mean_mmhg", DOWN),
    ("nitrate", "weak", "pa_mean_mmhg", DOWN),
    ("ace_inhibitor", "grown", "aortic_mean_mmhg", DOWN),
    ("arni", "weak", "regurgitant_volume_ml", DOWN),
    ("diuretic", "grown", "la_pressure_mean_mmhg", DOWN),
    ("diuretic", "weak", "eroa_cm2", DOWN),
    ("diuretic", "acute", "forward_stroke_volume_ml", DOWN),
    ("beta_blocker", "grown", "heart_rate_bpm", DOWN),
    ("beta_blocker", "grown", "mvo2_ml_min_100g", DOWN),
    ("beta_blocker", "acute", "cardiac_output_l_min", DOWN),
    ("inotrope", "weak", "cardiac_output_l_min", UP),
    ("inotrope", "weak", "eroa_cm2", DOWN),
    ("inotrope", "grown", "mvo2_ml_min_100g", UP),
    ("pacing:100", "grown", "mitral_mean_gradient_mmhg", UP),
    ("pacing:100", "grown", "lv_ef_percent", DOWN),
    ("atrial_fibrillation", "grown", "forward_stroke_volume_ml", DOWN),
    ("resynchronisation", "weak", "lv_dpdt_max_mmhg_s", UP),
    ("resynchronisation", "weak", "regurgitant_fraction_percent", DOWN),
    ("balloon_pump", "rupture", "cardiac_output_l_min", UP),
    ("balloon_pump", "rupture", "regurgitant_volume_ml", DOWN),
    ("balloon_pump", "rupture", "aortic_diastolic_mmhg", DOWN),
    ("balloon_pump", "rupture", "mvo2_ml_min_100g", DOWN),
    ("balloon_pump", "rupture", "la_pressure_mean_mmhg", DOWN),
    ("teer", "grown", "regurgitant_volume_ml", DOWN),
    ("teer", "grown", "forward_stroke_volume_ml", UP),
    ("teer", "grown", "mitral_mean_gradient_mmhg", UP),
    ("teer", "acute", "la_pressure_mean_mmhg", DOWN),
    ("repair", "grown", "lv_ef_percent", DOWN),
    ("repair", "grown", "lv_edv_ml", DOWN),
    ("repair", "acute", "la_v_wave_mmhg", DOWN),
    ("repair", "acute", "stroke_work_j", DOWN),
    ("repair", "grown", "lv_end_systolic_stress_kdyn_cm2", UP),
    ("replacement", "grown", "mitral_mean_gradient_mmhg", UP),
    ("replacement", "acute", "forward_stroke_volume_ml", UP),
    ("bioprosthesis", "acute", "la_pressure_mean_mmhg", DOWN),
    ("bioprosthesis", "grown", "lv_ef_percent", DOWN),
    ("none", "grown", "lv_edv_ml", STAYS),
    ("none", "acute", "heart_rate_bpm", STAYS),
]


@cache
def made(written: str, who: str) -> BeforeAfter:
    """A treated patient, solved once."""
    return treat(WHO[who], written)


def percent(result: BeforeAfter, finding: str) -> float:
    """Change of a finding in percent of before."""
    moved = result.changes()[finding]["percent"]
    assert moved is not None
    return moved


@pytest.mark.parametrize(("written", "who", "finding", "side"), BETS)
def test_the_side_of_the_effect(written, who, finding, side):
    change = percent(made(written, who), finding)
    moved = 0 if abs(change) < LEAST_PERCENT else (1 if change > 0.0 else -1)
    assert moved == side, f"{change:+.2f} %"


def test_in_fibrillation_the_atrial_stroke_and_time_to_fill_help():
    back = treat(ACUTE, "cardioversion", changes=FIBRILLATING)
    assert percent(back, "forward_stroke_volume_ml") > LEAST_PERCENT
    slower = treat(GROWN, "rate_control:70", changes=FIBRILLATING)
    assert percent(slower, "forward_stroke_volume_ml") > LEAST_PERCENT
    assert percent(slower, "mitral_mean_gradient_mmhg") < -LEAST_PERCENT


def test_every_treatment_has_a_bet():
    bet_on = {written.partition(":")[0] for written, *_ in BETS} | {"cardioversion", "rate_control"}
    assert bet_on == {one.name for one in all_treatments()}


def test_chords_cut_cost_force_beyond_chords_kept():
    kept, cut = (treat(GROWN, f"replacement:chords={c}").after.exam for c in ("kept", "cut"))
    # the muscle keeps 0.88/0.97 of its force
    assert cut.lv_ef_percent < kept.lv_ef_percent - 2.0


def test_more_of_a_dose_does_more():
    doses = [made(f"nitroprusside:{dose}", "grown").after.exam for dose in (0.5, 1.0, 1.5)]
    pressures = [exam.aortic_mean_mmhg for exam in doses]
    assert pressures == sorted(pressures, reverse=True)
    clips = [made(f"teer:{n}", "grown").after.exam.regurgitant_volume_ml for n in (1, 2, 3)]
    assert clips == sorted(clips, reverse=True)


def test_an_arteriolar_dilator_without_venous_limb_leaves_filling():
    """End-diastolic volume hardly changes when only arterioles relax."""
    arterioles = percent(made("hydralazine", "grown"), "lv_edv_ml")
    assert abs(arterioles) < 3.0  # resistance falls by 22 %, filling is held
    assert percent(made("nitrate:1", "grown"), "lv_edv_ml") < arterioles


def test_a_dose_is_found_by_the_pressure_it_should_reach():
    result = treat(GROWN, "nitroprusside:map=85")
    # the search ends within 2e-4 of the pressure
    assert result.after.exam.aortic_mean_mmhg == pytest.approx(85.0, abs=0.02)
    assert 0.1 < result.given[0].doses["dose"] < 2.0


def test_a_pressure_out_of_reach_is_said_with_what_can_be_reached():
    with pytest.raises(mitral.InputError, match=r"cannot bring aortic_mean_mmhg to 40 .* give"):
        treat(GROWN, "nitroprusside:map=40")


@pytest.mark.parametrize("written", ["teer:map=80", "replacement:map=80"])
def test_only_a_free_dose_can_be_set_by_a_finding(written):
    with pytest.raises(mitral.InputError, match="cannot"):
        treat(GROWN, written)


def test_two_targets_at_once_are_refused():
    with pytest.raises(mitral.InputError, match="only one dose"):
        treat(GROWN, ["nitroprusside:map=85", "beta_blocker:hr=60"])


def test_without_treatment_there_is_nothing_to_compare():
    with pytest.raises(mitral.InputError, match="no treatment is given"):
        treat(GROWN, [])


def test_an_operated_valve_is_graded_by_what_is_there_now():
    result = made("repair", "acute")
    assert result.before.grade.severity == "severe"
    assert result.after.grade.severity in ("none", "trace")
    assert result.before.anatomy.flail
    assert not result.after.anatomy.flail


def test_the_record_holds_both_sides_doses_and_costs():
    record = treat(ACUTE, ["repair", "diuretic:400mL"]).as_dict()
    assert record["before"]["grade"]["severity"] == "severe"
    assert record["after"]["exam"]["eroa_cm2"] < 0.05
    assert [one["treatment"] for one in record["dose"]] == ["repair", "diuretic"]
    assert record["dose"][1]["doses"] == [{"name": "fluid", "value": 400.0, "unit": "mL"}]
    assert record["energetics"]["stroke_work_j"]["change"] < 0.0
    assert record["provenance"]["settings"]["treatments"][1] == "diuretic (fluid 400 mL)"
