"""Arms of a comparison: the same heart in each, what treatment undoes, what waiting costs."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

import mitral
from mitral.course.course import COMPLETED, FAILED
from mitral.errors import InputError
from mitral.treatment.arms import DILATION, FADING_DAYS, FORCE, at_end, days_after, therapy
from mitral.treatment.prescription import prescribe
from mitral.workflow import compare, follow
from tests.lives import born, flail

if TYPE_CHECKING:
    from mitral.course.course import Course
    from mitral.measure.exam import Exam

YEAR = 365.25
FLAIL = mitral.Patient(cause="flail_leaflet")


@cache
def flailing() -> mitral.Comparison:
    """A flail leaflet treated in its first year, seen a year later."""
    return compare(FLAIL, ("none", "vasodilator", "repair", "replacement"), 1.0, at=1.0)


@cache
def waiting() -> mitral.Comparison:
    """The same, repaired early or late."""
    return compare(FLAIL, ("none", "repair"), 1.0, at=(6.0, 1.0))


@cache
def failing() -> mitral.Comparison:
    """A torn papillary muscle in a weak heart."""
    torn = mitral.Patient(cause="papillary_rupture", eroa_cm2=1.2)
    return compare(torn, ("none", "repair"), 0.2, at=0.0, changes={"ctr": "x0.7"})


def named(comparison: mitral.Comparison, name: str) -> Course:
    """The course of an arm."""
    return next(arm.course for arm in comparison.arms if arm.name == name)


def on(comparison: mitral.Comparison, name: str, day: float) -> Exam:
    """The examination of an arm so many days after treatment."""
    visits = named(comparison, name).visits
    return next(v.exam for v in visits if abs(v.day - visits[0].day - day) < 1e-6)


# laws


def test_visits_are_close_after_treatment_and_then_yearly():
    days = days_after(100.0, 100.0 + 2.5 * YEAR)
    wanted = [1.0 / 24.0, 5.0, 30.0, 182.625, YEAR, 2.0 * YEAR, 2.5 * YEAR]
    assert days == pytest.approx([100.0 + day for day in wanted])
    assert days_after(100.0, 110.0) == pytest.approx([100.0 + 1.0 / 24.0, 105.0, 110.0])


def test_the_drive_after_an_operation_fades_by_its_time_constant():
    """After 14 days 1/e is left of a drive of 0.5: the rate is exp(g 0.5/e) of what it was."""
    life = born(flail(0.3).heart)
    treat, p = therapy(life, [prescribe("none")], 0.5), life.now.parameters
    for days, left in ((0.0, 0.5), (FADING_DAYS, 0.5 / math.e)):
        q = treat(days, p)
        gains = {"hr": float(p["g_hr"][0]), "ctr": FORCE, "r_sys": -DILATION}
        for name, gain in gains.items():
            wanted = float(p[name][0]) * math.exp(gain * left)
            assert float(q[name][0]) == pytest.approx(wanted, rel=1e-12)
    assert np.array_equal(therapy(life, [prescribe("none")], 0.0)(3.0, p), p)


# the same heart


def test_every_arm_begins_with_the_same_heart():
    first, *others = (arm.course.visits[0] for arm in flailing().arms)
    for visit in others:
        assert visit.as_dict() == first.as_dict()
        assert np.array_equal(visit.beat["v_lv"], first.beat["v_lv"])
    assert flailing().lead.visits[-1].as_dict() == first.as_dict()
    assert first.day == pytest.approx(YEAR)


def test_waiting_is_the_untreated_course():
    alone = follow(FLAIL, 2.0)
    arm = named(flailing(), "none")
    compared = 0
    for visit in arm.visits:
        other = next((v for v in alone.visits if abs(v.day - visit.day) < 1e-6), None)
        if other is None:
            continue
        compared += 1
        for name in ("lv_edv_ml", "lv_esv_ml", "la_pressure_mean_mmhg", "lv_mass_g"):
            # an arm begins with short steps again; halving steps moves findings by 0.5 %
            found = getattr(visit.exam, name)
            assert found == pytest.approx(getattr(other.exam, name), rel=5e-3)
    assert compared == 3, "before, half a year and a year later"


def test_waiting_is_one_arm_however_often_it_is_treated():
    names = [arm.name for arm in waiting().arms]
    assert names == ["none", "repair, year 1", "repair, year 6"]
    assert [arm.untreated for arm in waiting().arms] == [True, False, False]
    assert {at_end(arm).day for arm in waiting().arms} == {7.0 * YEAR}
    assert waiting().lead.visits[-1].day == 6.0 * YEAR
    days = [visit.day for visit in waiting().lead.visits]
    assert days == sorted(set(days))


# direction


def test_repair_removes_the_leak_at_once_and_lets_the_heart_shrink_within_a_year():
    before, early, late = (on(flailing(), "repair", day) for day in (0.0, 5.0, YEAR))
    # the described residual orifice is 0.02 cm²
    assert before.eroa_cm2 > 0.4
    assert early.eroa_cm2 < 0.05
    assert early.lv_ef_percent < before.lv_ef_percent - 3.0
    assert late.lvedd_mm < before.lvedd_mm - 4.0
    assert late.lv_mass_index_g_m2 < 0.9 * before.lv_mass_index_g_m2
    assert late.lv_ef_percent > early.lv_ef_percent
    assert late.la_pressure_mean_mmhg < before.la_pressure_mean_mmhg


def test_a_prosthesis_is_narrower_than_a_repaired_valve():
    repair, valve = (on(flailing(), name, YEAR) for name in ("repair", "replacement"))
    assert valve.mitral_mean_gradient_mmhg > repair.mitral_mean_gradient_mmhg + 1.0


def test_a_vasodilator_lowers_pressure_and_leak_and_the_leak_remains():
    before, late = (on(flailing(), "vasodilator", day) for day in (0.0, YEAR))
    assert late.aortic_mean_mmhg < before.aortic_mean_mmhg - 5.0
    assert late.regurgitant_volume_ml < before.regurgitant_volume_ml
    assert late.eroa_cm2 > 0.3


def test_later_repair_leaves_a_weaker_and_larger_heart():
    early, late = (named(waiting(), f"repair, year {year}").visits[-1].exam for year in (1, 6))
    alone = named(waiting(), "none").visits[-1].exam
    assert early.lv_ef_percent > late.lv_ef_percent + 1.0
    assert early.lvesd_mm < late.lvesd_mm
    assert late.lv_esv_ml < alone.lv_esv_ml


def test_a_heart_that_has_grown_already_is_treated_at_once():
    grown = mitral.Patient(
        cause="flail_leaflet", adapted=True, factors={"v0_lv": 1.3, "v0_la": 1.6}
    )
    made = compare(grown, ("none", "repair"), 0.1)
    assert [len(made.lead.visits), made.lead.way] == [1, ()]
    assert [arm.at_year for arm in made.arms] == [0.0, 0.0]
    assert on(made, "repair", 5.0).eroa_cm2 < 0.05


# what ends or is refused


def test_an_arm_that_fails_ends_with_its_last_good_visit():
    none, repair = failing().arms
    assert none.course.outcome == FAILED
    assert repair.course.outcome == COMPLETED
    last = at_end(none)
    assert f"day {last.day:.4g}: " in none.course.reason
    assert last.day == none.course.way[-1].day < at_end(repair).day
    assert math.isfinite(last.exam.lv_edv_ml)
    assert none.as_dict()["outcome"] == FAILED


def test_a_circulation_that_fails_before_treatment_is_refused():
    torn = mitral.Patient(cause="papillary_rupture", eroa_cm2=1.2)
    with pytest.raises(InputError, match=r"fails before treatment in year 0\.2"):
        compare(torn, ("none", "repair"), 1.0, at=0.2, changes={"ctr": "x0.7"})


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"with_": ("repair+teer",)}, "exclude each other"),
        ({"with_": ("none+repair",)}, "exclude each other"),
        ({"with_": ("repair+repair",)}, "given twice"),
        ({"with_": ()}, "no treatment is given"),
        ({"with_": ("nitroprusside:map=71",)}, "cannot be set by what it should reach"),
        ({"onset_year": 2.0, "at": 1.0}, "before the disease"),
        ({"at": -1.0}, "before the disease"),
        ({"at": math.nan}, "outside 0 to 100"),
        ({"at": 0.0, "onset": "gradual"}, "only begun to come"),
        ({"years": 0.0}, "outside 0 to 100"),
        ({"onset": "slow"}, "gradual"),
        ({"onset_year": math.inf}, "outside 0 to 100"),
    ],
)
def test_what_makes_no_sense_is_refused(settings: dict, words: str):
    with pytest.raises(InputError, match=words):
        compare(FLAIL, **{"with_": ("repair",), **settings})


# files


def test_the_dataset_holds_every_visit_of_every_arm_with_units():
    pytest.importorskip("xarray")
    data = failing().to_xarray()
    none, repair = failing().arms
    assert list(data["arm"].values) == ["none", "repair"]
    assert list(data["outcome"].values) == [FAILED, COMPLETED]
    assert data["lv_edv_ml"].attrs["units"] == "mL"
    assert data["lv_edv_ml"].dims == ("arm", "visit")
    for row, arm in enumerate((none, repair)):
        count = len(arm.course.visits)
        seen = data["lv_edv_ml"].values[row]
        assert seen[:count].tolist() == [v.exam.lv_edv_ml for v in arm.course.visits]
        assert np.isnan(seen[count:]).all()
        assert data["day"].values[row][count - 1] == at_end(arm).day
        assert (data["state"].values[row][count:] == -1).all()
        assert np.isfinite(data["step_lap_mmhg"].values[row]).sum() == len(arm.course.way)
    assert len(none.course.visits) < len(repair.course.visits)


def test_progress_is_told_as_a_share_of_all_years():
    told: list[float] = []
    compare(FLAIL, ("none", "repair"), 0.02, at=0.02, progress=told.append)
    assert told == sorted(told)
    assert told[0] < 0.1
    assert told[-1] == 1.0
    assert any(abs(share - 2.0 / 3.0) < 1e-6 for share in told)  # the lead and one arm of two
