"""Causes as data: what the file must hold, how names are understood, what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mitral import disease
from mitral.disease.causes import all_causes, anatomy_of, find, normalise, parse
from mitral.errors import InputError
from mitral.parameters.parameter import definitions, entries
from mitral.patient.record import Patient
from mitral.references import ASSUMED
from mitral.workflow import has_adapted, parameters_of

TEXT = (Path(disease.__file__ or "").parent / "causes.yaml").read_text(encoding="utf-8")
NAMES = {
    "trace",
    "prolapse",
    "late_systolic_prolapse",
    "flail_leaflet",
    "papillary_rupture",
    "rheumatic",
    "rheumatic_carditis",
    "ventricular_functional",
    "ischaemic",
    "atrial_functional",
    "perforation",
    "endocarditis_chordal",
    "congenital_cleft",
    "parachute",
    "autoimmune",
    "medicines",
    "radiation",
    "trauma",
}
ENTRY = """
  - name: amyloid
    label: amyloid in the leaflets
    synonyms: [amyloidosis]
    description: Protein in the leaflets makes them stiff.
    carpentier: [I, IIIa]
    onset: chronic
    mode: fixed
    eroa_cm2: 0.2
    parameters: {load_gain: 0.8}
    established: {v0_la: 1.5}
    course: {onset: gradual, years: 3, progression_cm2_per_year: 0.01, progression_source: assumed}
    anatomy: {lesion: moderate}
    sources: [assumed]
    note: thick leaflets
"""


def test_the_causes_are_there() -> None:
    assert {cause.name for cause in all_causes()} == NAMES


def test_every_change_is_a_parameter_within_its_range() -> None:
    changed = 0
    for cause in all_causes():
        for name, value in cause.parameters.items():
            assert definitions()[name].low <= value <= definitions()[name].high
            changed += 1
        for name, factor in cause.heart(established=True).items():
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


def test_a_narrow_valve_is_a_narrower_forward_area_that_no_annulus_widens() -> None:
    narrow = {cause.name for cause in all_causes() if cause.anatomy.stenotic}
    assert narrow == {cause.name for cause in all_causes() if "a_mv" in cause.factors}
    assert narrow == {cause.name for cause in all_causes() if cause.mode == "mixed"}
    assert narrow == {"rheumatic", "parachute", "autoimmune", "radiation"}
    assert all(find(name).factors["a_mv"] < 1.0 for name in narrow)
    assert all(find(name).parameters["annulus_follows"] == 0.0 for name in narrow)
    assert find("rheumatic").factors["a_mv"] < 0.5


def test_the_insult_and_the_years_make_the_heart_of_the_calibration() -> None:
    """The factors that the first version of the catalogue gave as one."""
    assert find("ventricular_functional").heart(established=True) == {
        "ctr_lv": 0.5,
        "sp_lv": 1.6,
        "v_tether": 0.93,
        "v0_lv": 1.6,
        "wall_lv": 1.4,
        "v0_la": 1.6,
        "tbv": 1.104,
        "r_sys": 1.25,
        "r_pa": 1.6,
    }
    assert find("ischaemic").heart(established=True)["ctr_lv"] == 0.625 * 0.8 == 0.5
    atrial = find("atrial_functional")
    assert atrial.heart(established=True)["v0_la"] == 1.25 * 2.0
    assert atrial.heart(established=False) == dict(atrial.factors)
    assert "wall_la" not in atrial.factors


def test_what_years_make_of_a_heart_is_only_in_who_has_lived_with_it() -> None:
    for cause in all_causes():
        for adapted in (False, True):
            patient = Patient(cause=cause.name, adapted=adapted)
            p, well = parameters_of(patient)[0], parameters_of(Patient())[0]
            for name in ("v0_lv", "wall_lv", "v0_la", "wall_la", "ctr_lv", "tbv"):
                # a factor is applied to the healthy value once: rounding only
                factor = cause.heart(adapted).get(name, 1.0)
                assert p[name] == pytest.approx(well[name] * factor, rel=1e-12), name


def test_who_has_a_cause_for_years_has_adapted_unless_told_otherwise() -> None:
    grown = {c.name for c in all_causes() if has_adapted(Patient(cause=c.name))}
    assert grown == {c.name for c in all_causes() if c.established}
    assert {"ventricular_functional", "ischaemic", "atrial_functional", "rheumatic"} < grown
    assert not grown & {c.name for c in all_causes() if c.onset == "acute"}
    assert not has_adapted(Patient(cause="ischaemic", adapted=False))
    assert has_adapted(Patient(cause="flail_leaflet", adapted=True))


def test_a_sudden_course_takes_no_time_and_a_gradual_one_some() -> None:
    for cause in all_causes():
        assert (cause.course.onset == "sudden") == (cause.course.years == 0.0)
        assert {cause.course.progression_source} <= {*cause.sources, ASSUMED}
        if cause.eroa_cm2 == 0.0:
            assert cause.course.progression_cm2_per_year == 0.0
    assert find("flail").course.onset == "sudden"
    assert find("carditis").onset == "acute"
    # "acute" is a matter of days to weeks
    assert max(c.course.years for c in all_causes() if c.onset == "acute") <= 0.1


def test_the_lesion_of_degenerative_disease_grows_by_about_6_mm2_a_year() -> None:
    """5.9 mm² a year (Enriquez-Sarano 1999), of which a sixth is left to annulus and load."""
    course = find("prolapse").course
    assert course.progression_cm2_per_year == pytest.approx(0.059, rel=0.2)
    assert course.years == pytest.approx(0.40 / course.progression_cm2_per_year, abs=0.5)
    rheumatic = find("rheumatic").course
    # one grade (0.1 cm²) more in 2.4 of 100 patients a year (Gomes 2022)
    assert rheumatic.progression_cm2_per_year == pytest.approx(0.024 * 0.1)


def test_every_cause_is_told_in_plain_words() -> None:
    for cause in all_causes():
        assert cause.description.endswith(".")
        assert 60 < len(cause.description) < 320
        assert "\n" not in cause.description
        assert not re.search(r"\b(should|must|recommend|risk of death)\b", cause.description)


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
        ("floppy valve", "prolapse"),
        ("heart attack", "ischaemic"),
        ("infection", "perforation"),
        ("drugs", "medicines"),
        ("injury", "trauma"),
        ("lupus", "autoimmune"),
        ("Libman-Sacks", "autoimmune"),
        ("acute rheumatic fever", "rheumatic_carditis"),
        ("Shone", "parachute"),
        ("strep", "rheumatic"),
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
        ("qqq", "known: atrial_functional, autoimmune, congenital_cleft"),
        ("", "known: atrial_functional"),
    ],
)
def test_an_unknown_name_is_offered_the_nearest(written: str, offered: str) -> None:
    with pytest.raises(InputError, match=offered):
        find(written)


@pytest.mark.parametrize(
    "written",
    ["mitral insufficiency", "Mitral Incompetence", "mitral-regurgitation", "leaky mitral valve"],
)
def test_the_leak_itself_is_no_cause_of_it(written: str) -> None:
    expected = f"'{written}' is the leak itself, not a cause of it; causes are trace, prolapse,"
    with pytest.raises(InputError, match=re.escape(expected)) as fault:
        find(written)
    assert "`mitral causes` explains them" in str(fault.value)


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
        ("condition:", "conditions:", "not as expected"),
        ("synonyms: [injury,", "synonyms: [mr,", "'mr' names both the leak itself and trauma"),
        ("established: {v0_la: 2.0,", "established: {v0_la: 0,", "factor of v0_la is 0.0"),
        ("established: {v0_la: 2.0,", "established: {v0_la: 12,", "mL, outside 1 to 150 mL"),
        ("established: {v0_la: 2.0,", "established: {v0_los: 2,", "parameter 'v0_los' is unknown"),
        ("established: {v0_la: 2.0,", "established: {t_la: 2.0,", "gives t_la as value and as"),
        (
            "{onset: gradual, years: 8,",
            "{onset: slow, years: 8,",
            "course of prolapse: onset 'slow'",
        ),
        ("{onset: gradual, years: 8,", "{onset: gradual, years: 0,", "takes more than 0 years"),
        ("{onset: gradual, years: 8,", "{onset: sudden, years: 7,", "onset takes 0 years"),
        ("{onset: gradual, years: 8,", "{onset: gradual, years: 70,", "outside 0 to 60 years"),
        ("{onset: gradual, years: 8,", "{onset: gradual, years: .nan,", "nan years, outside 0"),
        ("{onset: gradual, years: 8,", "{onset: gradual, years: -7,", "years is -7 years, outside"),
        ("{onset: gradual, years: 8,", "{onset: gradual, months: 7,", "not as expected"),
        ("per_year: 0.05,", "per_year: 5.9,", "is 5.9 cm² a year, outside 0 to 0.3 cm² a year"),
        ("progression_source: enriquez1999", "progression_source: ''", "has no progression_source"),
        ("    description: >-", "    told: >-", "not as expected"),
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
    causes = parse(TEXT + ENTRY)
    assert len(causes) == len(NAMES) + 1
    further = causes["amyloid"]
    assert further.parameters == {"load_gain": 0.8}
    assert further.factors == {}
    assert further.heart(established=True) == {"v0_la": 1.5}
    assert (further.course.onset, further.course.years) == ("gradual", 3.0)
    assert further.synonyms == ("amyloidosis",)


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
