"""The health library: complete, readable, each name leads somewhere, each heart beats."""

import re
from pathlib import Path

import pytest

import mitral
from mitral.disease.causes import all_causes, condition_names
from mitral.disease.risk import all_risk_factors
from mitral.errors import InputError
from mitral.explain import KINDS, Entry, archetypes, find, library
from mitral.explain.names import folded, spelled
from mitral.files import load_yaml
from mitral.treatment.catalogue import all_treatments
from mitral.workflow import follow, grown, guideline, treated_beat

HARDEST_GRADE = 7.5
"""Flesch-Kincaid grade: a reading age of about 12."""
HEARTS = [entry for entry in library() if entry.scenario is not None]


def syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end not counted: within one of what is spoken."""
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and len(groups) > 1
    return max(len(groups) - silent, 1)


def grade(text: str) -> float:
    """Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    sentences = [part for part in re.split(r"[.!?:]+\s", text + " ") if part.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def test_the_measure_of_reading_tells_easy_from_hard() -> None:
    assert grade("The cat sat on the mat. It was warm.") < 2.0
    hard = "Eccentric remodelling of the ventricle necessitates echocardiographic surveillance."
    assert grade(hard) > 15.0


@pytest.mark.parametrize("entry", library(), ids=lambda entry: entry.id)
def test_plain_words_are_plain(entry: Entry) -> None:
    text = entry.plain.removesuffix("Take your questions to your care team.")
    assert text != entry.plain, "a plain text ends with whom to ask"
    assert grade(text) <= HARDEST_GRADE, f"{grade(text):.1f}: {text}"


def test_every_catalogue_is_told_whole() -> None:
    ids = {entry.id for entry in library()}
    wanted = {f"cause-{one.name}" for one in all_causes()}
    wanted |= {f"risk-{one.name}" for one in all_risk_factors()}
    wanted |= {f"treatment-{one.name}" for one in all_treatments()}
    assert wanted <= ids
    assert {entry.kind for entry in library()} == set(KINDS)
    assert len(ids) == len(library())


@pytest.mark.parametrize("name", condition_names())
def test_every_name_of_the_leak_leads_to_it(name: str) -> None:
    assert [entry.id for entry in find(name)] == ["condition"]


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("Mitral  Insufficiency", "condition"),
        ("FLOPPY-valve", "cause-prolapse"),
        ("shortness of breath", "symptom-breathless_exertion"),
        ("mitraclip", "treatment-teer"),
        ("Stage C2", "stage-c"),
        ("grade IV", "severity-severe"),
        ("water pill", "treatment-diuretic"),
        ("hypertension", "risk-high_blood_pressure"),
        ("ischemic MR", "cause-ischaemic"),
        ("acute mitral incompetence", "state-acute"),
        ("severe insufficiency", "severity-severe"),
        ("Pulmonary Edema", "symptom-flash_oedema"),
        ("œdema", "symptom-swollen_legs"),
        ("leaky valve", "condition"),
        ("What is a MitraClip", "treatment-teer"),
        ("cause-prolapse", "cause-prolapse"),
    ],
)
def test_words_are_understood(words: str, entry: str) -> None:
    assert [found.id for found in find(words)] == [entry]


SHARED = {
    "trace": {"cause", "severity"},
    "trace leak": {"cause", "severity"},
    "trivial": {"cause", "severity"},
    "marfan": {"cause", "risk"},
    "heart failure": {"cause", "state"},
    "coronary disease": {"cause", "risk"},
    "atrial fibrillation": {"cause", "risk", "treatment"},
    "af": {"cause", "risk", "treatment"},
    "afib": {"cause", "risk", "treatment"},
    "autoimmune disease": {"cause", "risk"},
    "chest radiation": {"cause", "risk"},
}
"""Names that mean several things; every other name is the name of one entry."""


def test_a_name_leads_to_its_entry_and_to_no_other() -> None:
    for entry in library():
        for name in (entry.id, entry.title, *entry.also_called):
            found = find(name)
            assert entry in found, name
            kinds = {one.kind for one in found}
            assert len(found) == len(kinds), name
            assert len(found) == 1 or kinds == SHARED[folded(name)], name


def test_further_names_are_further() -> None:
    """None is the title again, or the same in another spelling, and abbreviations have capitals."""
    for entry in library():
        names = [spelled(name) for name in (entry.title, *entry.also_called)]
        assert len(set(names)) == len(names), entry.id
        assert not {"mr", "mvp", "crt", "iabp", "Mitraclip"} & set(entry.also_called)


def test_every_further_name_of_plain_words_has_its_entry() -> None:
    """Those of `plain.yaml` are read: none is written under a name that no catalogue has."""
    also = load_yaml((Path(mitral.__file__).parent / "explain/plain.yaml").read_text("utf-8"))
    for kind, rows in also["also"].items():
        assert {f"{kind}-{name}" for name in rows} <= {entry.id for entry in library()}


@pytest.mark.parametrize("words", ["surgery", "valve replacement surgery", "breathless"])
def test_words_of_a_name_lead_to_all_that_have_them(words: str) -> None:
    found = find(words)
    assert found
    wanted = set(words.split())
    assert all(any(wanted <= set(n.split()) for n in (e.title, *e.also_called)) for e in found)
    if words == "surgery":
        assert {"treatment-repair", "treatment-replacement"} <= {entry.id for entry in found}


@pytest.mark.parametrize("words", ["xylophone", "", "the", "42", "?!", "心"])
def test_what_is_no_word_is_told_where_words_are(words: str) -> None:
    with pytest.raises(InputError, match="--list"):
        find(words)


def test_a_shared_name_leads_to_all_that_have_it() -> None:
    kinds = {entry.kind for entry in find("atrial fibrillation")}
    assert {"cause", "risk"} <= kinds


def test_a_typing_mistake_is_offered_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'prolapse'"):
        find("prolaps")


def test_related_entries_exist() -> None:
    ids = {entry.id for entry in library()}
    for entry in library():
        assert set(entry.related) <= ids, entry.id


def test_sources_are_in_the_bibliography() -> None:
    for entry in library():
        assert entry.sources
        assert entry.as_dict()["references"] or set(entry.sources) == {"assumed"}


@pytest.mark.parametrize("entry", HEARTS, ids=lambda entry: entry.id)
def test_the_heart_of_an_entry_beats(entry: Entry) -> None:
    beat = shown(entry.scenario or {}, entry.years)
    assert beat.settled


def test_a_heart_left_out_says_why() -> None:
    for entry in library():
        assert (entry.scenario is None) == bool(entry.no_heart), entry.id


def test_the_states_show_what_they_say() -> None:
    found = {entry.id: entry for entry in library()}
    acute = shown(found["state-acute"].scenario or {}, 0.0).exam
    old = found["state-compensated"]
    compensated = shown(old.scenario or {}, old.years).exam
    worn = found["state-decompensated"]
    failing = shown(worn.scenario or {}, worn.years).exam
    assert acute.la_pressure_mean_mmhg > 20.0 > compensated.la_pressure_mean_mmhg
    assert failing.lv_ef_percent < 60.0 < compensated.lv_ef_percent


def felt(name: str) -> tuple[str, str, str]:
    """Stage, breathlessness and tiredness at the end of the course of an entry's heart."""
    entry = find(name)[0]
    patient = mitral.Patient(**(entry.scenario or {}).get("patient", {}))
    last = follow(patient, entry.years).visits[-1]
    return last.stage.letter, last.symptoms.breathlessness.grade, last.symptoms.tiredness.grade


def test_the_stages_show_what_they_say() -> None:
    at_risk = guideline(mitral.Patient(**(find("stage-a")[0].scenario or {})["patient"]))
    assert at_risk.stage is not None
    assert at_risk.stage.letter == "A"
    assert felt("stage-b")[0] == "B"
    assert felt("stage-c")[0] == "C1"
    assert felt("stage-d")[0] == "D"


def test_the_symptoms_show_what_they_say() -> None:
    assert felt("symptom-breathless_exertion")[1:] == ("on exertion", "none")
    assert felt("symptom-no_symptoms") == ("C1", "none", "none")
    wet = follow(
        mitral.Patient(**(find("symptom-flash_oedema")[0].scenario or {})["patient"]), 0.01
    )
    first_day = [visit for visit in wet.visits if 0.0 < visit.day <= 1.0]
    assert first_day[-1].symptoms.breathlessness.grade == "flash oedema"
    rest = shown(find("symptom-breathless_rest")[0].scenario or {}, 0.0).exam
    assert rest.la_pressure_mean_mmhg > 20.0
    flat = find("symptom-breathless_flat")[0].scenario or {}
    assert shown(flat, 0.0).exam.la_pressure_mean_mmhg > 25.0
    assert shown({"patient": flat["patient"]}, 0.0).exam.la_pressure_mean_mmhg < 25.0


@pytest.mark.parametrize("name", ["symptom-breathless_rest", "symptom-low_pressure"])
def test_a_torn_papillary_muscle_is_shock(name: str) -> None:
    found = guideline(mitral.Patient(**(find(name)[0].scenario or {})["patient"]))
    assert found.facts["compromised"] is True


def test_limits_are_those_of_the_criteria() -> None:
    severe = find("severity-severe")[0].technical
    for limit in ("0.40 cm²", "60 mL", "50 %"):
        assert limit in severe
    for entry in library():
        assert not re.search(r"[{}]|\d%", entry.technical), entry.id


@pytest.mark.parametrize("grade_id", ["trace", "mild", "moderate", "severe"])
def test_the_severities_show_what_they_say(grade_id: str) -> None:
    entry = find(f"severity-{grade_id}")[0]
    assert shown(entry.scenario or {}, entry.years).grade.severity == grade_id


def test_archetypes_are_of_all_kinds() -> None:
    people = [one["scenario"]["patient"] for one in archetypes()]
    assert len({one["id"] for one in archetypes()}) == len(people) >= 8
    assert {one.get("sex", "male") for one in people} == {"male", "female"}
    ages = [one["age_years"] for one in people]
    assert min(ages) <= 30
    assert max(ages) >= 80
    for one in archetypes():
        assert shown(one["scenario"], one["years"]).settled
        assert grade(one["text"]) <= HARDEST_GRADE


def test_nothing_advises() -> None:
    forbidden = re.compile(
        r"\b(you should|we recommend|is recommended|must be treated"
        r"|deaths?|die[sd]?|mortality|survival)\b"
    )
    for entry in library():
        assert not forbidden.search(f"{entry.plain} {entry.technical}".lower()), entry.id


def shown(scenario: dict, years: float) -> mitral.SettledBeat:
    """The beat of a scenario after years with the leak, as the page makes it."""
    patient = mitral.Patient(**scenario.get("patient", {}))
    if years:
        patient = grown(patient, years)
    return treated_beat(
        patient, scenario.get("treatments", []), changes=scenario.get("changes", {})
    )
