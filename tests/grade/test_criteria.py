"""The criteria file: what it must hold, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mitral import grade
from mitral.errors import InputError
from mitral.grade.criteria import compare, criteria, cutoff, parse

TEXT = (Path(grade.__file__).parent / "criteria.yaml").read_text(encoding="utf-8")
PARAMETERS = (
    "structure",
    "chamber_size",
    "colour_jet",
    "flow_convergence",
    "cw_jet",
    "vena_contracta",
    "pulmonary_vein",
    "mitral_inflow",
    "eroa",
    "regurgitant_volume",
    "regurgitant_fraction",
)


def test_every_parameter_of_the_table_is_there_in_its_order() -> None:
    assert tuple(criteria().parameters) == PARAMETERS


@pytest.mark.parametrize(
    ("parameter", "limits"),
    [
        ("eroa", {"grade_2": 0.20, "grade_3": 0.30, "grade_4": 0.40}),
        ("regurgitant_volume", {"grade_2": 30, "grade_3": 45, "grade_4": 60}),
        ("regurgitant_fraction", {"grade_2": 30, "grade_3": 40, "grade_4": 50}),
        ("vena_contracta", {"small_below_mm": 3, "large_from_mm": 7}),
        ("flow_convergence", {"small_to_mm": 3, "large_from_mm": 10}),
        ("mitral_inflow", {"large_e_cm_s": 120, "dominant_ratio": 1.0}),
    ],
)
def test_limits_are_those_of_ase_2017(parameter: str, limits: dict[str, float]) -> None:
    assert criteria().parameters[parameter].limits == limits
    assert criteria().parameters[parameter].document == "ase2017"


def test_specific_signs_are_the_six_of_mild_and_the_six_of_severe() -> None:
    signs = {"mild": set(), "severe": set()}
    for row in criteria().parameters.values():
        for finding in row.findings.values():
            if finding.sign:
                signs["severe" if finding.verdict == "severe" else "mild"].add(row.name)
    assert signs["mild"] == {
        "chamber_size",
        "colour_jet",
        "flow_convergence",
        "cw_jet",
        "vena_contracta",
        "mitral_inflow",
    }
    assert signs["severe"] == {
        "structure",
        "chamber_size",
        "colour_jet",
        "flow_convergence",
        "vena_contracta",
        "pulmonary_vein",
    }


def test_transcription_is_admitted_and_own_numbers_are_marked() -> None:
    documents = criteria().documents
    assert documents["ase2017"].doi == "10.1016/j.echo.2017.01.007"
    assert "secondary transcription" in documents["ase2017"].provenance
    assert criteria().cutoffs["trace_volume_ml"].document == "assumed"
    assert criteria().cutoffs["signs_of_severe"].document == "ase2017"


def test_rules_are_filled_in_and_give_no_advice() -> None:
    for row in criteria().parameters.values():
        for finding in row.findings.values():
            assert finding.rule
            assert "{" not in finding.rule
    words = r"\b(should|must|recommend\w*|advise\w*|death|mortality|risk|surgery|treat\w*)\b"
    prose = "\n".join(line for line in TEXT.splitlines() if "Recommendations for" not in line)
    assert re.findall(words, prose, re.IGNORECASE) == []


def test_limits_stand_in_the_rules() -> None:
    row = criteria().parameters["eroa"]
    assert row.findings["grade_3"].rule == "grade III: from 0.3, below 0.4"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[vena_contracta_mm]", "[vena_contracta_cm]", "did you mean 'vena_contracta_mm'"),
        ("grade_3: 0.30", "grade_3: 0.50", "not rising"),
        ("grade_3: 45", "grade_3: 30", "not rising"),
        ("small_below_mm: 3", "small_below_mm: .nan", "vena_contracta.small_below_mm is nan"),
        ("small_below_mm: 3", "small_below_mm: true", "is True, not a number"),
        ("{value: 1, unit: mL", "{value: one, unit: mL", "no_leak_ml is 'one', not a number"),
        ("verdict: moderate", "verdict: modest", "did you mean 'moderate'"),
        ("document: enriquez2005", "document: enriquez2006", "did you mean 'enriquez2005'"),
        ("unit: mL, document: assumed", "document: assumed", "not as expected"),
        ("below {small_below_mm:g} mm", "below {least_mm:g} mm", "not as expected"),
        ("documents:", "papers:", "not as expected"),
        ("cutoffs:", "cutoffs: [", "not as expected"),
    ],
)
def test_a_damaged_file_is_refused_by_name(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=re.escape(message)):
        parse(TEXT.replace(old, new))


def test_a_parameter_without_the_finding_unknown_is_refused() -> None:
    unseen = '      unknown: {verdict: unknown, rule: "a beat does not show'
    start = TEXT.index(unseen)
    text = TEXT[:start] + TEXT[TEXT.index("\n", start) + 1 :]
    with pytest.raises(InputError, match="structure has no finding 'unknown'"):
        parse(text)


def test_a_value_beside_a_cutoff_keeps_its_side_when_rounded() -> None:
    assert compare("EF", 60.0, "stage_ef_percent", strict=True) == (False, "EF: 60 % ≤ 60 %")
    assert compare("EF", 60.04, "stage_ef_percent", strict=True) == (True, "EF: 60.04 % > 60 %")
    assert compare("LVESD", 40.0, "stage_lvesd_mm") == (True, "LVESD: 40 mm ≥ 40 mm")
    assert compare("LVESD", 39.96, "stage_lvesd_mm") == (False, "LVESD: 39.96 mm < 40 mm")
    with pytest.raises(InputError, match="EF is not measurable"):
        compare("EF", float("nan"), "stage_ef_percent")


def test_unknown_names_offer_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'no_leak_ml'"):
        cutoff("no_leak")
    row = criteria().parameters["eroa"]
    with pytest.raises(InputError, match="did you mean 'grade_4'"):
        row.limit("grade4")
    with pytest.raises(InputError, match="did you mean 'grade_1'"):
        row.verdict("grade-1", 0.1)
