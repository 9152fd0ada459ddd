"""Causes as data: what the file must hold, how names are understood, what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mitral import disease
from mitral.disease.causes import all_causes, anatomy_of, find, normalise, parse
from mitral.errors import InputError
from mitral.parameters.parameter import definitions, entries

TEXT = (Path(disease.__file__ or "").parent / "causes.yaml").read_text(encoding="utf-8")
NAMES = {
    "trace",
    "prolapse",
    "late_systolic_prolapse",
    "flail_leaflet",
    "papillary_rupture",
    "rheumatic",
    "ventricular_functional",
    "ischaemic",
    "atrial_functional",
    "perforation",
    "congenital_cleft",
    "medicines",
    "trauma",
}


def test_the_causes_are_there() -> None:
    assert {cause.name for cause in all_causes()} == NAMES


def test_every_change_is_a_parameter_within_its_range() -> None:
    changed = 0
    for cause in all_causes():
        for name, value in cause.parameters.items():
            assert definitions()[name].low <= value <= definitions()[name].high
            changed += 1
        for name, factor in cause.factors.items():
            value = entries()[name].value * factor
            assert definitions()[name].low <= value <= definitions()[name].high
            changed += 1
    assert changed > 30


@pytest.mark.parametrize(
    ("name", "parameter", "value"),
    [
        ("late_systolic_prolapse", "late_share", 0.95),
        ("late_systolic_prolapse", "late_onset", 0.5),
        ("late_systolic_prolapse", "late_width", 0.03),
        ("prolapse", "load_gain", 1.5),
        ("flail_leaflet", "load_gain", 1.5),
        ("rheumatic", "load_gain", 0.4),
        ("perforation", "load_gain", 0.3),
        ("congenital_cleft", "load_gain", 1.0),
        ("medicines", "load_gain", 1.0),
        ("perforation", "leak_shut", 0.0),
        ("atrial_functional", "t_la", 0.0),
    ],
)
def test_orifice_laws_are_those_of_the_model_page(name: str, parameter: str, value: float) -> None:
    assert find(name).parameters[parameter] == value


def test_functional_leaks_come_from_tethering_alone() -> None:
    for name in ("ventricular_functional", "ischaemic"):
        cause = find(name)
        assert cause.eroa_cm2 == 0.0
        assert cause.parameters["tether"] > 0.0
        assert cause.anatomy.secondary
    assert all(c.eroa_cm2 > 0.0 for c in all_causes() if "tether" not in c.parameters)


def test_only_rheumatic_disease_narrows_the_valve() -> None:
    narrow = {cause.name for cause in all_causes() if cause.anatomy.stenotic}
    assert narrow == {cause.name for cause in all_causes() if "a_mv" in cause.factors}
    assert narrow == {"rheumatic"}
    assert find("rheumatic").factors["a_mv"] < 0.5


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("flail_leaflet", "flail_leaflet"),
        ("Flail Leaflet", "flail_leaflet"),
        ("  flail-leaflet ", "flail_leaflet"),
        ("chordal rupture", "flail_leaflet"),
        ("chordal_rupture", "flail_leaflet"),
        ("Ischemic", "ischaemic"),
        ("endocarditis_perforation", "perforation"),
        ("Myxomatöus", "prolapse"),
        ("DCM", "ventricular_functional"),
        ("drug-induced", "medicines"),
    ],
)
def test_names_are_understood_however_written(written: str, name: str) -> None:
    assert find(written).name == name


def test_every_synonym_finds_its_cause() -> None:
    for cause in all_causes():
        assert cause.synonyms
        for synonym in cause.synonyms:
            assert find(synonym) is cause


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("proplapse", "did you mean 'prolapse'"),
        ("flail leaf", "did you mean 'flail_leaflet'"),
        ("rhumatic", "did you mean 'rheumatic'"),
        ("qqq", "known: atrial_functional, congenital_cleft"),
        ("", "known: atrial_functional"),
    ],
)
def test_an_unknown_name_is_offered_the_nearest(written: str, offered: str) -> None:
    with pytest.raises(InputError, match=offered):
        find(written)


def test_normalised_names() -> None:
    assert normalise(" Acute--Papillary  Rüpture! ") == "acute_papillary_rupture"
    assert normalise("  ") == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("leak_shut: 0,", "leak_shat: 0,", "did you mean 'leak_shut'"),
        ("leak_shut: 0,", "leak_shut: 2,", "leak_shut is 2 1, outside 0 to 1"),
        ("leak_shut: 0,", "leak_shut: .nan,", "not a number"),
        ("eroa_cm2: 0.03", "eroa_cm2: 3", "eroa is 3 cm², outside 0 to 1.5"),
        ("a_mv: 0.35", "area_mv: 0.35", "parameter 'area_mv' is unknown"),
        ("a_mv: 0.35", "a_mv: 0", "factor of a_mv is 0.0"),
        ("a_mv: 0.35", "a_mv: .inf", "factor of a_mv is inf"),
        ("a_mv: 0.35", "a_mv: 0.01", "a_mv is"),
        ("a_mv: 0.35", "stretch: 1", "stretch"),
        ("onset: acute", "onset: sudden", "onset of flail_leaflet 'sudden' is unknown"),
        ("mode: mixed", "mode: mix", "did you mean 'mixed'"),
        ("carpentier: [IIIa]", "carpentier: [IV]", "Carpentier type of rheumatic 'IV'"),
        ("lesion: normal", "lesion: fine", "lesion 'fine' is unknown"),
        ("lesion: normal", "leaflets: normal", "not as expected"),
        ("name: trauma", "name: Trauma", "should be written trauma"),
        ("name: trauma", "name: medicines", "names both medicines and medicines"),
        ("synonyms: [injury,", "synonyms: [flail,", "'flail' names both flail_leaflet and trauma"),
        ("sources: [thompson2000, assumed]", "sources: []", "papillary_rupture' has no source"),
        ("causes:", "cause:", "not as expected"),
        ("causes:", "causes: {", "not as expected"),
        ("eroa_cm2: 0.03", "eroa_cm2: some", "not as expected"),
    ],
)
def test_a_damaged_file_is_refused_by_name(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError, match=re.escape(message)):
        parse(TEXT.replace(old, new))


def test_a_parameter_is_given_as_value_or_as_factor() -> None:
    both = TEXT.replace("factors: {a_mv: 0.35}", "factors: {load_gain: 1.1}")
    assert both != TEXT
    with pytest.raises(InputError, match="'rheumatic' gives load_gain as value and as factor"):
        parse(both)


def test_a_further_cause_needs_only_the_file() -> None:
    entry = """
  - name: autoimmune
    label: lupus
    synonyms: [lupus]
    carpentier: [I, IIIa]
    onset: chronic
    mode: fixed
    eroa_cm2: 0.2
    parameters: {load_gain: 0.8}
    anatomy: {lesion: moderate}
    sources: [assumed]
    note: thick leaflets
"""
    causes = parse(TEXT + entry)
    assert causes["autoimmune"].parameters == {"load_gain": 0.8}
    assert causes["autoimmune"].factors == {}
    assert len(causes) == len(NAMES) + 1


def test_what_a_look_at_the_valve_tells() -> None:
    flail = anatomy_of("flail")
    assert flail.flail
    assert flail.acute
    assert not anatomy_of("flail", adapted=True).acute
    assert not anatomy_of("prolapse").acute
    assert anatomy_of("trace").structurally_normal
    assert anatomy_of("papillary_rupture").ruptured_papillary
    assert anatomy_of("endocarditis").perforation
    assert anatomy_of("trace", female=True).female
    assert not anatomy_of("trace").female


def test_without_a_cause_nobody_has_looked() -> None:
    assert anatomy_of(None).lesion == "unknown"
    assert not anatomy_of(None).acute
    assert anatomy_of(None, female=True).female
