"""Risk factors as data: complete, without advice, and leading to causes that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mitral import disease
from mitral.disease.causes import all_causes
from mitral.disease.risk import CHANGEABLE, all_risk_factors, parse
from mitral.errors import InputError

TEXT = (Path(disease.__file__ or "").parent / "risk.yaml").read_text(encoding="utf-8")
BY_NAME = {row.name: row for row in all_risk_factors()}


@pytest.mark.parametrize(
    ("name", "changeable", "cause"),
    [
        ("untreated_strep", "yes", "rheumatic"),
        ("injected_drugs", "yes", "perforation"),
        ("late_treatment", "yes", "rheumatic"),
        ("age", "no", "prolapse"),
        ("female_sex", "no", "atrial_functional"),
        ("male_sex", "no", "flail_leaflet"),
        ("family_history", "no", "prolapse"),
        ("marfan", "no", "prolapse"),
        ("high_blood_pressure", "yes", "ventricular_functional"),
        ("coronary_disease", "partly", "papillary_rupture"),
        ("atrial_fibrillation", "partly", "atrial_functional"),
        ("certain_medicines", "yes", "medicines"),
        ("prior_endocarditis", "no", "endocarditis_chordal"),
        ("autoimmune_disease", "partly", "autoimmune"),
        ("chest_radiation", "partly", "radiation"),
    ],
)
def test_what_can_be_changed_and_where_it_leads(name: str, changeable: str, cause: str) -> None:
    assert BY_NAME[name].changeable == changeable
    assert cause in BY_NAME[name].leads_to


def test_every_lead_is_a_cause_and_every_kind_occurs() -> None:
    known = {cause.name for cause in all_causes()}
    for row in all_risk_factors():
        assert set(row.leads_to) <= known
        assert len(set(row.leads_to)) == len(row.leads_to)
    assert {row.changeable for row in all_risk_factors()} == set(CHANGEABLE)
    # what somebody is born with, an accident and a leak that is none have no risk factor here
    reached = {cause for row in all_risk_factors() for cause in row.leads_to}
    assert known - reached == {"trace", "congenital_cleft", "parachute", "trauma"}


def test_a_risk_factor_is_told_without_advice() -> None:
    for row in all_risk_factors():
        assert row.description.endswith(".")
        assert len(row.description) < 320
        assert not re.search(r"\b(should|must|advise|avoid|recommend|die|death)", row.description)


def test_an_unquoted_yes_is_understood() -> None:
    assert parse(TEXT.replace('changeable: "yes"', "changeable: yes")) == BY_NAME
    assert parse(TEXT.replace('changeable: "no"', "changeable: no")) == BY_NAME


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("leads_to: [medicines]", "leads_to: [medicine]", "cause of certain_medicines 'medicine'"),
        ("leads_to: [medicines]", "leads_to: []", "'certain_medicines' has no leads_to"),
        ("sources: [delling2015, delling2017]", "sources: []", "'family_history' has no sources"),
        ("changeable: partly", "changeable: part", "did you mean 'partly'"),
        ("changeable: partly", "changeable: [x]", "not as expected"),
        ("name: marfan", "name: Marfan", "should be written marfan"),
        ("name: marfan", "name: age", "two risk factors 'age'"),
        ("    label: age", "    title: age", "not as expected"),
        ("risk_factors:", "risks:", "not as expected"),
        ("risk_factors:", "risk_factors: {", "not as expected"),
    ],
)
def test_a_damaged_file_is_refused_by_name(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=re.escape(message)):
        parse(TEXT.replace(old, new))
