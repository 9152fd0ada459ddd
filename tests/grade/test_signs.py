"""Each parameter judged on its own: just below and at every limit, and what cannot be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mitral.errors import InputError
from mitral.grade import Anatomy, Verdict
from mitral.grade.signs import judge, judge_tight
from mitral.grade.timing import when

if TYPE_CHECKING:
    from conftest import Examined

    from mitral.measure.exam import Exam

NAN = float("nan")
PARTIAL = {"eroa_early_cm2": 0.01}
NO_TIMING = {"eroa_mid_cm2": NAN, "mr_duration_percent_of_systole": NAN}


def verdict(exam: Exam, name: str, **anatomy: object) -> Verdict:
    """The verdict of one parameter."""
    found = judge(exam, Anatomy(**anatomy), when(exam))  # pyright: ignore[reportArgumentType]
    return next(each for each in found if each.name == name)


@pytest.mark.parametrize(
    ("name", "changes", "expected", "specific"),
    [
        ("eroa", {"eroa_cm2": 0.1999}, "mild", False),
        ("eroa", {"eroa_cm2": 0.20}, "moderate", False),
        ("eroa", {"eroa_cm2": 0.3999}, "moderate", False),
        ("eroa", {"eroa_cm2": 0.40}, "severe", False),
        ("eroa", {"eroa_cm2": NAN}, "unknown", False),
        ("regurgitant_volume", {"regurgitant_volume_ml": 29.99}, "mild", False),
        ("regurgitant_volume", {"regurgitant_volume_ml": 30.0}, "moderate", False),
        ("regurgitant_volume", {"regurgitant_volume_ml": 59.99}, "moderate", False),
        ("regurgitant_volume", {"regurgitant_volume_ml": 60.0}, "severe", False),
        ("regurgitant_fraction", {"regurgitant_fraction_percent": 29.99}, "mild", False),
        ("regurgitant_fraction", {"regurgitant_fraction_percent": 30.0}, "moderate", False),
        ("regurgitant_fraction", {"regurgitant_fraction_percent": 49.99}, "moderate", False),
        ("regurgitant_fraction", {"regurgitant_fraction_percent": 50.0}, "severe", False),
        ("vena_contracta", {"vena_contracta_mm": 2.99}, "mild", True),
        ("vena_contracta", {"vena_contracta_mm": 3.0}, "moderate", False),
        ("vena_contracta", {"vena_contracta_mm": 6.99}, "moderate", False),
        ("vena_contracta", {"vena_contracta_mm": 7.0}, "severe", True),
        ("vena_contracta", {"vena_contracta_mm": 7.0} | PARTIAL, "severe", False),
        ("vena_contracta", {"vena_contracta_mm": 7.0} | NO_TIMING, "severe", True),
        ("vena_contracta", {"vena_contracta_mm": NAN}, "unknown", False),
        ("flow_convergence", {"pisa_radius_mm": 3.0}, "mild", True),
        ("flow_convergence", {"pisa_radius_mm": 3.01}, "moderate", False),
        ("flow_convergence", {"pisa_radius_mm": 9.99}, "moderate", False),
        ("flow_convergence", {"pisa_radius_mm": 10.0}, "severe", True),
        ("flow_convergence", {"pisa_radius_mm": 10.0} | PARTIAL, "moderate", False),
        ("flow_convergence", {"pisa_radius_mm": 10.0} | NO_TIMING, "moderate", False),
        ("flow_convergence", {"pisa_radius_mm": NAN}, "unknown", False),
        ("pulmonary_vein", {"pulmonary_vein_s_d_ratio": 1.0}, "normal", False),
        ("pulmonary_vein", {"pulmonary_vein_s_d_ratio": 0.99}, "moderate", False),
        ("pulmonary_vein", {"pulmonary_vein_s_d_ratio": 0.25}, "moderate", False),
        ("pulmonary_vein", {"pulmonary_vein_s_d_ratio": 0.249}, "severe", False),
        ("pulmonary_vein", {"pulmonary_vein_s_d_ratio": NAN}, "unknown", False),
        ("mitral_inflow", {"mitral_e_a_ratio": 0.99}, "mild", True),
        ("mitral_inflow", {"mitral_e_a_ratio": 1.0}, "unknown", False),
        ("mitral_inflow", {"mitral_e_cm_s": 120.0}, "unknown", False),
        ("mitral_inflow", {"mitral_e_cm_s": 120.1}, "severe", False),
        ("mitral_inflow", {"mitral_e_cm_s": 121.0, "mitral_e_a_ratio": NAN}, "severe", False),
        ("mitral_inflow", {"mitral_e_cm_s": 121.0, "mitral_e_a_ratio": 0.9}, "mild", True),
        ("mitral_inflow", {"mitral_e_cm_s": NAN}, "unknown", False),
    ],
)
def test_a_number_against_its_limits(
    leaking: Examined, name: str, changes: dict[str, float], expected: str, specific: bool
) -> None:
    found = verdict(leaking(**changes), name)
    assert (found.verdict, found.specific) == (expected, specific)


@pytest.mark.parametrize(
    ("value", "roman"),
    [(0.19, "I:"), (0.2, "II:"), (0.29, "II:"), (0.3, "III:"), (0.39, "III:"), (0.4, "IV:")],
)
def test_the_rule_names_the_grade(leaking: Examined, value: float, roman: str) -> None:
    assert verdict(leaking(eroa_cm2=value), "eroa").rule.startswith(f"grade {roman}")


@pytest.mark.parametrize(
    ("reversal", "net", "expected", "specific"),
    [
        (True, -0.01, "severe", True),
        (True, 0.0, "moderate", False),
        (True, NAN, "severe", True),
        (False, -0.01, "moderate", False),
    ],
)
def test_reversal_needs_more_backward_than_forward_flow(
    leaking: Examined, reversal: bool, net: float, expected: str, specific: bool
) -> None:
    exam = leaking(pulmonary_vein_systolic_reversal=reversal, pulmonary_vein_s_d_vti_ratio=net)
    found = verdict(exam, "pulmonary_vein")
    assert (found.verdict, found.specific) == (expected, specific)


@pytest.mark.parametrize(
    ("lvedd", "la", "ef", "anatomy", "expected", "specific"),
    [
        (58.4, 34.0, 65, {}, "normal", True),
        (58.5, 34.0, 65, {}, "severe", True),
        (58.5, 34.0, 52, {}, "severe", True),
        (58.5, 34.0, 51.9, {}, "moderate", False),
        (58.4, 34.1, 65, {}, "moderate", False),
        (58.5, 34.1, 40, {}, "severe", False),
        (58.5, 34.1, NAN, {}, "severe", False),
        (52.2, 34.0, 65, {"female": True}, "normal", True),
        (52.3, 34.0, 65, {"female": True}, "severe", True),
        (52.3, 34.0, 53.9, {"female": True}, "moderate", False),
        (52.3, 34.0, 54, {"female": True}, "severe", True),
        (50.0, 30.0, 75, {"acute": True}, "unknown", False),
        (60.0, 30.0, 75, {"acute": True}, "severe", True),
        (66.0, 50.0, 35, {"secondary": True}, "unknown", False),
        (66.0, 50.0, 60, {"secondary": True}, "unknown", False),
        (50.0, 30.0, 60, {"secondary": True}, "normal", True),
        (NAN, 30.0, 60, {}, "unknown", False),
        (50.0, NAN, 60, {}, "unknown", False),
    ],
)
def test_chamber_size(
    leaking: Examined,
    lvedd: float,
    la: float,
    ef: float,
    anatomy: dict[str, bool],
    expected: str,
    specific: bool,
) -> None:
    exam = leaking(lvedd_mm=lvedd, la_volume_index_ml_m2=la, lv_ef_percent=ef)
    found = verdict(exam, "chamber_size", **anatomy)
    assert (found.verdict, found.specific) == (expected, specific)


@pytest.mark.parametrize(
    ("anatomy", "expected", "specific", "value"),
    [
        ({}, "unknown", False, None),
        ({"lesion": "normal"}, "normal", False, None),
        ({"lesion": "mild"}, "mild", False, "mild lesion"),
        ({"lesion": "moderate"}, "moderate", False, "moderate lesion"),
        ({"lesion": "severe"}, "severe", False, "severe lesion"),
        ({"perforation": True}, "severe", False, "perforation"),
        ({"ruptured_papillary": True}, "severe", False, "ruptured papillary muscle"),
        ({"flail": True}, "severe", True, "flail leaflet"),
        ({"flail": True, "ruptured_papillary": True}, "severe", True, "flail leaflet"),
    ],
)
def test_structure(
    leaking: Examined,
    anatomy: dict[str, object],
    expected: str,
    specific: bool,
    value: str | None,
) -> None:
    found = verdict(leaking(), "structure", **anatomy)
    assert (found.verdict, found.specific, found.value) == (expected, specific, value)


@pytest.mark.parametrize(
    ("anatomy", "expected", "specific"),
    [
        ({}, "unknown", False),
        ({"jet_percent_of_la": 0.0}, "mild", True),
        ({"jet_percent_of_la": 19.9}, "mild", True),
        ({"jet_percent_of_la": 20.0}, "moderate", False),
        ({"jet_percent_of_la": 50.0}, "moderate", False),
        ({"jet_percent_of_la": 50.1}, "severe", True),
        ({"jet_percent_of_la": 100.0}, "severe", True),
        ({"jet_percent_of_la": 10.0, "jet_along_wall": True}, "severe", False),
    ],
)
def test_colour_jet_only_if_somebody_saw_it(
    leaking: Examined, anatomy: dict[str, object], expected: str, specific: bool
) -> None:
    found = verdict(leaking(), "colour_jet", **anatomy)
    assert (found.verdict, found.specific) == (expected, specific)


@pytest.mark.parametrize(
    ("changes", "dense", "expected", "specific"),
    [
        ({"la_v_wave_mmhg": 37.5}, None, "severe", False),
        ({"la_v_wave_mmhg": 37.4}, None, "unknown", False),
        ({"la_v_wave_mmhg": 37.5}, True, "severe", False),
        ({"la_v_wave_mmhg": 37.4}, True, "moderate", False),
        ({"la_v_wave_mmhg": 37.5}, False, "mild", True),
        ({"la_v_wave_mmhg": 37.5} | PARTIAL, None, "unknown", False),
        ({"la_v_wave_mmhg": 37.5} | PARTIAL, True, "moderate", False),
        ({"la_v_wave_mmhg": 37.5} | NO_TIMING, None, "unknown", False),
        ({"la_v_wave_mmhg": NAN}, None, "unknown", False),
        ({"lv_peak_mmhg": 0.0}, None, "unknown", False),
    ],
)
def test_continuous_wave_jet(
    leaking: Examined,
    changes: dict[str, float],
    dense: bool | None,
    expected: str,
    specific: bool,
) -> None:
    found = verdict(leaking(**changes), "cw_jet", jet_dense=dense)
    assert (found.verdict, found.specific) == (expected, specific)


def test_the_shape_of_the_jet_is_told_even_if_its_density_is_not_known(leaking: Examined) -> None:
    assert verdict(leaking(), "cw_jet").value == "holosystolic, parabolic"
    assert verdict(leaking(**PARTIAL), "cw_jet").value == "part of systole"
    assert verdict(leaking(**NO_TIMING), "cw_jet").value is None
    assert verdict(leaking(**NO_TIMING), "cw_jet", jet_dense=True).value == "dense"


def test_a_narrow_valve_raises_e_by_itself(leaking: Examined) -> None:
    exam = leaking(mitral_e_cm_s=200.0)
    assert verdict(exam, "mitral_inflow").verdict == "severe"
    assert verdict(exam, "mitral_inflow", stenotic=True).verdict == "unknown"


def test_without_a_leak_nothing_is_graded(healthy: Examined) -> None:
    exam = healthy(lvedd_mm=70.0, pulmonary_vein_s_d_ratio=0.8, vena_contracta_mm=8.0)
    found = {each.name: each for each in judge_tight(exam, Anatomy(perforation=True), when(exam))}
    assert found["chamber_size"].verdict == "unknown"
    assert "without a leak" in found["chamber_size"].rule
    assert found["pulmonary_vein"].verdict == "normal"
    assert found["mitral_inflow"].verdict == "normal"
    assert found["vena_contracta"].verdict == "normal"
    assert found["cw_jet"].value is None
    assert found["structure"].verdict == "severe"
    assert not any(each.specific for each in found.values())


@pytest.mark.parametrize(
    ("anatomy", "message"),
    [
        ({"lesion": "sever"}, "did you mean 'severe'"),
        ({"lesion": "normal", "flail": True}, "leave out one"),
        ({"lesion": "normal", "perforation": True}, "leave out one"),
        ({"lesion": "normal", "ruptured_papillary": True}, "leave out one"),
        ({"jet_percent_of_la": 101.0}, "outside 0 to 100 %"),
        ({"jet_percent_of_la": NAN}, "outside 0 to 100 %"),
    ],
)
def test_contradictory_anatomy_is_refused(anatomy: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Anatomy(**anatomy)  # pyright: ignore[reportArgumentType]
