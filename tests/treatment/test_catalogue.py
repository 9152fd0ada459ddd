"""The catalogue as data: complete, sourced, without advice, and refused by name if damaged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mitral import treatment
from mitral.errors import InputError
from mitral.parameters.parameter import definitions
from mitral.references import ASSUMED, load
from mitral.treatment.catalogue import KINDS, all_treatments, catalogue, find, parse

TEXT = (Path(treatment.__file__ or "").parent / "catalogue.yaml").read_text(encoding="utf-8")
ASKED_FOR = {
    "none",
    "nitroprusside",
    "hydralazine",
    "nitrate",
    "ace_inhibitor",
    "arni",
    "diuretic",
    "beta_blocker",
    "inotrope",
    "pacing",
    "cardioversion",
    "rate_control",
    "resynchronisation",
    "balloon_pump",
    "teer",
    "repair",
    "replacement",
    "bioprosthesis",
}


def test_every_treatment_asked_for_is_there():
    assert catalogue().treatments.keys() >= ASKED_FOR
    assert {one.kind for one in all_treatments()} == set(KINDS)


@pytest.mark.parametrize("one", all_treatments(), ids=lambda one: one.name)
def test_an_entry_is_complete_and_sourced(one):
    assert one.sources
    assert set(one.sources) <= load().keys() | {ASSUMED}
    assert {caution.source for caution in one.cautions} <= load().keys() | {ASSUMED}
    assert one.description.endswith(".")
    assert one.leaves_out
    assert one.changes or one.kind == "none"
    for dose in one.doses:
        assert dose.unit
        assert dose.meaning
        assert dose.low < dose.high
        assert dose.usual is None or dose.low <= dose.usual <= dose.high


@pytest.mark.parametrize("one", all_treatments(), ids=lambda one: one.name)
def test_a_treatment_is_told_without_advice(one):
    words = f"{one.description} {one.note} {one.leaves_out} {[c.text for c in one.cautions]}"
    assert not re.search(r"\b(should|must|advise|recommend|avoid|die|death|mortality)\b", words)


def test_the_first_dose_stands_in_the_short_record():
    record = find("diuretic").as_dict()
    assert (record["name"], record["dose"], record["unit"]) == ("diuretic", "fluid", "mL")
    assert record["range"] == [50.0, 3000.0]
    assert find("none").as_dict()["unit"] is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("MitraClip", "teer"),
        ("watchful waiting", "none"),
        ("water tablet", "diuretic"),
        ("vasodilator", "nitroprusside"),
        ("GTN", "nitrate"),
        ("CRT", "resynchronisation"),
        ("IABP", "balloon_pump"),
        ("annuloplasty", "repair"),
        ("mechanical valve", "replacement"),
        ("tissue valve", "bioprosthesis"),
        ("beta-blocker", "beta_blocker"),
    ],
)
def test_a_treatment_is_found_under_the_names_in_use(said, name):
    assert find(said).name == name


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(InputError, match="did you mean 'diuretic'"):
        find("diuretik")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: teer", "name: TEER", "should be written teer"),
        ("kind: surgery", "kind: knife", "kind of repair 'knife'"),
        ("parameter: r_sys, law: times_exp,", "parameter: r_syst, law: times_exp,", "'r_syst'"),
        ("law: saturate", "law: saturates", "did you mean 'saturate'"),
        ("needs: leak", "needs: leaks", "needs of teer"),
        ("damage_rate: 0.6", "damage: 0.6", "constant of the slow laws of beta_blocker"),
        ("dose: residual}", "dose: rest}", "dose of teer 'rest'"),
        ("between: [beta_blocker, inotrope]", "between: [beta_blocker, tonic]", "'tonic'"),
        ("synonyms: [dobutamine", "synonyms: [clip", "'clip' names both"),
        ("held: {r: 0.8, v: 0.8}", "held: {r: 8, v: 0.8}", "outside 0 to 1"),
        ("usual: 29", "usual: 39", "usual size is 39"),
        ("sources: [siegel2011, hausleiter2023, assumed]", "sources: []", "has no sources"),
        ("treatments:", "treatment:", "not as expected"),
        ("    label: nitrate", "    title: nitrate", "not as expected"),
    ],
)
def test_a_damaged_file_is_refused_by_name(old, new, message):
    assert old in TEXT
    with pytest.raises(InputError, match=re.escape(message)):
        parse(TEXT.replace(old, new, 1))


def test_every_parameter_that_is_changed_is_defined():
    changed = {step.parameter for one in all_treatments() for step in one.changes}
    assert changed - {"forward_area"} <= definitions().keys()
