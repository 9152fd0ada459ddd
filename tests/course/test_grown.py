"""A patient who has lived with the leak: the beat of the course, from a patient file's words."""

import pytest

import mitral
from mitral.errors import InputError

FOLLOWED = [
    ("flail_leaflet", 1.0),
    ("flail_leaflet", 9.0),
    ("ventricular_functional", 4.0),
    ("atrial_functional", 10.0),
]
FINDINGS = (
    *("lv_edv_ml", "lv_esv_ml", "la_pressure_mean_mmhg", "forward_stroke_volume_ml"),
    *("regurgitant_fraction_percent", "la_volume_max_ml", "aortic_mean_mmhg"),
)


@pytest.mark.parametrize(("cause", "years"), FOLLOWED)
def test_the_grown_patient_has_the_heart_of_the_course(cause: str, years: float) -> None:
    patient = mitral.Patient(cause=cause)
    then = mitral.follow(patient, years=years).visits[-1].exam
    now = mitral.simulate(mitral.grown(patient, years)).exam
    for name in FINDINGS:
        # pericardium and set points are those of a steady state, which a course only approaches
        assert getattr(now, name) == pytest.approx(getattr(then, name), rel=0.015), name


def test_growth_is_what_makes_the_difference() -> None:
    new = mitral.Patient(cause="flail_leaflet")
    old = mitral.grown(new, 1.0)
    assert old.adapted
    assert old.factors["v0_lv"] > 1.2
    acute, chronic = mitral.simulate(new).exam, mitral.simulate(old).exam
    assert chronic.lv_edv_ml > acute.lv_edv_ml + 40.0
    assert chronic.la_pressure_mean_mmhg < acute.la_pressure_mean_mmhg - 5.0


def test_the_person_stays_the_person() -> None:
    woman = mitral.Patient(name="A", sex="female", age_years=70, height_cm=160, weight_kg=60)
    old = mitral.grown(woman.model_copy(update={"cause": "prolapse"}), 5.0)
    assert (old.sex, old.age_years, old.height_cm) == ("female", 70, 160)
    assert old.cause == "prolapse"


@pytest.mark.parametrize(
    ("patient", "years", "words"),
    [
        (mitral.Patient(), 1.0, "nothing leaks"),
        (mitral.Patient(cause="prolapse", adapted=True), 1.0, "grown already"),
        (mitral.Patient(cause="prolapse"), 0.0, "outside 0 to 100 years"),
        (mitral.Patient(cause="papillary_rupture", eroa_cm2=1.0), 5.0, "fails before so much time"),
    ],
)
def test_what_cannot_grow_is_refused(patient: mitral.Patient, years: float, words: str) -> None:
    with pytest.raises(InputError, match=words):
        mitral.grown(patient, years)


def test_changes_become_the_persons_own() -> None:
    patient, changes = mitral.Patient(cause="prolapse"), {"r_sys": "x1.2", "c_sa": "x0.7"}
    then = mitral.follow(patient, years=9.0, changes=changes).visits[-1].exam
    now = mitral.simulate(mitral.grown(patient, 9.0, changes=changes)).exam
    assert now.aortic_systolic_mmhg == pytest.approx(then.aortic_systolic_mmhg, rel=0.02)
    assert now.lv_edv_ml == pytest.approx(then.lv_edv_ml, rel=0.02)
    assert now.aortic_mean_mmhg == pytest.approx(then.aortic_mean_mmhg, rel=0.02)
