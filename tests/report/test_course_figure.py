"""The picture of a course: honest axis, right numbers, no label on another, the same bytes."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.image import imread
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import mitral
from mitral.course.course import FAILED
from mitral.errors import InputError
from mitral.report import style
from mitral.report.course import draw, picture
from mitral.report.states import LOOKS, chosen, runs
from mitral.report.time_axis import MONTH, STRIP, TimeAxis, when
from mitral.workflow import follow
from tests.courses import DAYS, STATES, YEAR, by_hand, visit_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

    from mitral.course.course import Course

GRADUAL = {0.0: "normal", 4.0 * YEAR: "compensated", 8.0 * YEAR: "decompensated"}
UNITS = {"h": 1.0 / 24.0, "d": 1.0, "wk": 7.0, "mo": MONTH, "y": YEAR}


def words(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every visible text with the pixels that it covers."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    found = []
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip():
            box = Text.get_window_extent(text, canvas.get_renderer())
            if box.width > 1.0:
                found.append((text.get_text(), box))
    return found


def assert_legible(figure: Figure) -> None:
    """No label on another, none off the page."""
    found = words(figure)
    assert len(found) > 40
    assert [(a, b) for (a, x), (b, y) in combinations(found, 2) if x.overlaps(y)] == []
    page = figure.bbox
    off = [t for t, box in found if not (page.containsx(box.x0) and page.containsx(box.x1))]
    off += [t for t, box in found if not (page.containsy(box.y0) and page.containsy(box.y1))]
    assert off == []


def texts(figure: Figure) -> set[str]:
    return {text for text, _ in words(figure)}


def panel(figure: Figure, name: str) -> Axes:
    """The panel with this name in its margin."""
    return next(axes for axes in figure.axes if any(text.get_text() == name for text in axes.texts))


def loops_of(figure: Figure) -> list[np.ndarray]:
    """Volumes and pressures of every closed line with many points: the loops."""
    lines = [line for axes in figure.axes for line in axes.lines]
    found = [np.asarray(line.get_xydata()) for line in lines]
    return [xy for xy in found if len(xy) > 100 and np.ptp(xy[:, 0]) > 20 < np.ptp(xy[:, 1])]


def ended(course: Course, day: float) -> Course:
    """The same course if the circulation had failed on a day."""
    return replace(
        course,
        visits=tuple(v for v in course.visits if v.day <= day),
        way=tuple(p for p in course.way if p.day <= day),
        outcome=FAILED,
        reason="by hand",
    )


def test_the_bent_axis_is_the_cube_root_of_the_time_since_onset():
    """A thousandth of the way stands at a tenth, an eighth at a half."""
    axis = TimeAxis(100.0, 1100.0, True)
    places = [axis.x(day) for day in (0.0, 100.0, 101.0, 225.0, 1100.0)]
    assert places == pytest.approx([0.0, 0.0, 0.1, 0.5, 1.0])
    assert TimeAxis(0.0, 1000.0, False).x(125.0) == pytest.approx(0.125)


def test_what_was_before_a_sudden_onset_stands_in_its_strip_and_does_not_slope():
    axis = TimeAxis(10.0, 18.0, True)
    x, y = axis.line(np.array([0.0, 5.0, 10.0, 11.0, 18.0]), np.array([1.0, 2.0, 7.0, 8.0, 9.0]))
    assert x.tolist() == pytest.approx([-STRIP, 0.0, 0.0, 0.5, 1.0])
    assert y.tolist() == [2.0, 2.0, 7.0, 8.0, 9.0]


@given(
    start=st.floats(0.0, 36000.0),
    span=st.floats(0.01, 36525.0),
    bent=st.booleans(),
)
def test_every_tick_says_where_it_stands_and_leaves_the_others_room(start, span, bent):
    axis = TimeAxis(start if bent else 0.0, (start if bent else 0.0) + span, bent)
    places, labels = axis.ticks()
    unit = {"days": "d", "months": "mo", "years": "y"}.get(axis.name[0], "")
    for x, label in zip(places, labels, strict=True):
        if label == "before":
            assert x < 0.0
            continue
        value, _, own = label.partition(" ")
        day = float(value) * UNITS[own or unit]
        # the end is written to a tenth of a year or a whole hour, day or month: half of that off
        slack = 0.51 * (0.1 * YEAR if own == "y" else UNITS[own] if own else 0.0)
        low, high = (axis.x(axis.start + max(day + d, 0.0)) for d in (-slack, slack))
        assert low - 1e-9 <= x <= high + 1e-9
    assert len(places) >= 2
    assert all(b - a > 0.04 for a, b in pairwise(sorted(places)))
    small = axis.small_ticks()
    assert small == sorted(small)


@pytest.mark.parametrize(
    ("day", "text"),
    [(1 / 24, "1 h"), (1, "1 d"), (30, "30 d"), (91.3, "3 mo"), (365.25, "1 y"), (913.1, "2.5 y")],
)
def test_times_are_said_in_their_largest_unit(day, text):
    assert when(day) == text


def test_a_band_changes_where_a_visit_first_showed_it_and_at_once_after_the_onset():
    axis = TimeAxis.of(by_hand())
    placed = axis.visits(by_hand().visits)
    found = runs(placed, lambda visit: visit.state.name, axis.left)
    assert [run.name for run in found] == list(LOOKS)
    starts = [-STRIP, 0.0, axis.x(YEAR), axis.x(6.0 * YEAR)]
    assert [run.start for run in found] == pytest.approx(starts)
    assert [run.stop for run in found] == pytest.approx([*starts[1:], 1.0])


def test_one_visit_stands_for_each_state_and_the_end_for_itself_if_it_differs():
    """Of the compensated years 1 to 5 the third; EDV grows by 10 mL a year."""
    assert [v.day / YEAR for v in chosen(by_hand().visits)] == [0.0, 1 / 24 / YEAR, 3.0, 10.0]
    steady = {0.0: "normal", 0.01: "acute"}
    acute = chosen(by_hand(DAYS[:6], steady).visits)
    assert [v.day for v in acute] == [0.0, 1 / 24], "150 and 152 mL are the same loop"
    acute = chosen([*acute, visit_on(2.0 * YEAR, steady)])
    assert [v.day for v in acute] == [0.0, 1 / 24, 2.0 * YEAR], "170 mL is another"


def test_the_svg_holds_every_label_the_numbers_at_the_end_and_the_notice(tmp_path):
    path = tmp_path / "course.svg"
    draw(by_hand(), title="Ten years", subtitle="a test", provenance="set adult", path=path)
    root = ElementTree.parse(path).getroot()  # noqa: S314 (our own file)
    found = {"".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {
        "Ten years", "a test", "set adult", mitral.NOTICE,
        "1 h", "acute from", "1 y", "compensated from", "6 y", "decompensated from", "followed for",
        "State", "normal", "acute", "compensated", "decomp.", "Stage", "A", "no stage",
        "Orifice", "0.25 cm²", "LV volume", "EDV 250", "ESV 150", "Fractions", "EF 40", "leak 40",
        "Each beat", "total 100", "forward 60", "leak", "Pressure", "PA 30", "LA 20",
        "LA volume", "80 mL", "80", "LV mass", "120", "240", "240 g", "Lung water", "7.0 mL/kg",
        "oedema", "air spaces flood", "Breathless", "Tired", "Compromise", "on exertion", "none",
        "too low", "since onset", "uneven scale", "before", "1 mo", "10 y",
        "Left ventricle", "The stroke", "normal, before", "acute, 1 h", "compensated, 3 y",
        "decompensated, 10 y", "EF 40 %, LA 20", "EF 67 %, LA 20", "3 y", "60",
    } <= found  # fmt: skip


def test_lines_go_through_the_visits():
    """The dots of a quantity lie on a line of their colour in all twelve curves."""
    compared = 0
    for axes in draw(by_hand(), title="x").axes:
        curves = [(line, np.asarray(line.get_xydata())) for line in axes.lines]
        for dots, visits in curves:
            if dots.get_marker() != "o" or len(visits) < 5:
                continue
            x, y = visits[1:].T
            off = [
                np.abs(np.interp(x, *xy.T) - y).max()
                for line, xy in curves
                if line is not dots and line.get_color() == dots.get_color() and len(xy) > 10
            ]
            # both are the same numbers, taken through a cube root
            assert min(off) == pytest.approx(0.0, abs=1e-9)
            compared += 1
    assert compared == 12


def test_what_is_hatched_between_forward_and_total_is_the_leak():
    """40 mL from the first step after the onset to the end."""
    axes = panel(draw(by_hand(), title="x"), "Each beat")
    hatched = [
        np.asarray(path.vertices)
        for area in axes.collections
        if isinstance(area, PolyCollection) and area.get_hatch() == style.LEAK_HATCH
        for path in area.get_paths()
    ]
    assert len(hatched) == 1
    inside = hatched[0][hatched[0][:, 0] > 0.1]
    assert set(np.round(inside[:, 1], 9)) == {60.0, 100.0}


def test_each_chosen_visit_has_its_loop_and_its_split_stroke():
    figure = draw(by_hand(), title="x")
    found = loops_of(figure)
    assert len(found) == 4
    assert sorted(round(float(np.ptp(xy[:, 0]))) for xy in found) == [60, 100, 100, 100]
    patches = [patch for axes in figure.axes for patch in axes.patches]
    bars = [bar for bar in patches if isinstance(bar, Rectangle) and bar.get_hatch()]
    assert [bar.get_width() for bar in bars] == pytest.approx([40.0] * 3)
    # ESV on the first hour of 150 mL and a little, then on years 3 and 10
    assert [bar.get_x() for bar in bars] == pytest.approx([50.0, 80.0, 150.0], abs=0.1)


def test_states_are_told_apart_without_colour():
    assert len({str(look.dash) for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.marker for look in LOOKS.values()}) == len(LOOKS)


def test_without_a_leak_nothing_is_hatched_and_the_numbers_are_no_negative_zeros():
    course = by_hand(states={0.0: "normal"}, onset="gradual")
    figure = draw(course, title="x")
    hatches = {p.get_hatch() for axes in figure.axes for p in [*axes.collections, *axes.patches]}
    assert style.LEAK_HATCH not in hatches
    found = texts(figure)
    assert {"leak 0", "0.00 cm²", "normal, at start", "years", "total 60"} <= found
    assert not {text for text in found if "-0" in text}


def test_fibrillation_and_the_end_are_marked_and_named():
    figure = draw(by_hand(fibrillation_day=2.0 * YEAR), title="x")
    axis = TimeAxis.of(by_hand())
    lines = [line for line in panel(figure, "LV volume").lines if line.get_color() == style.INK]
    drawn = [np.asarray(line.get_xydata()) for line in lines]
    at = [xy[0, 0] for xy in drawn if len(xy) == 2]
    assert at == [pytest.approx(axis.x(2.0 * YEAR))]
    assert "atrial fibrillation" in texts(figure)
    assert FAILED in texts(draw(ended(by_hand(), 30.0), title="x"))


@pytest.mark.parametrize("day", [0.0, 1 / 24, 1.0, 91.0, 4.0 * YEAR, 10.0 * YEAR])
@pytest.mark.parametrize("fibrillates", [False, True])
def test_a_course_that_fails_is_legible_whenever_it_ends(day, fibrillates):
    course = ended(by_hand(), day)
    if fibrillates:
        course = replace(course, fibrillation_day=0.97 * day)
    assert_legible(draw(course, title="x"))


@pytest.mark.parametrize("last", [2, 4, 6, 8, 11, 16])
@pytest.mark.parametrize("onset", ["sudden", "gradual"])
def test_short_and_long_courses_are_legible(last, onset):
    states = STATES if onset == "sudden" else GRADUAL
    assert_legible(draw(by_hand(DAYS[:last], states, onset), title="x"))


def test_a_hundred_years_are_legible():
    days = (*DAYS, *(YEAR * i for i in range(11, 101)))
    assert_legible(draw(by_hand(days), title="x"))


@pytest.fixture(scope="module")
def flail() -> Course:
    """Fifteen simulated years."""
    return follow(mitral.Patient(name="Flail", cause="flail_leaflet"), years=15.0)


def test_simulated_courses_are_legible(flail):
    assert_legible(picture(flail))
    assert_legible(picture(follow(mitral.Patient(cause="flail_leaflet"), years=0.25)))
    late = mitral.Patient(cause="prolapse", eroa_cm2=0.45)
    assert_legible(picture(follow(late, years=20.0, onset="gradual")))
    functional = mitral.Patient(cause="ventricular_functional")
    assert_legible(picture(follow(functional, years=3.0, onset="gradual")))
    torn = mitral.Patient(cause="papillary_rupture", eroa_cm2=0.7)
    assert_legible(picture(follow(torn, years=2.0, onset_year=1.0)))
    mild = mitral.Patient(cause="flail_leaflet", eroa_cm2=0.2)
    assert_legible(picture(follow(mild, years=20.0)))


def test_a_picture_says_whose_course_it_is(flail):
    found = texts(picture(flail))
    assert {"Flail", f"mitral {mitral.__version__}, parameter set adult", mitral.NOTICE} <= found
    assert any("sudden onset" in text and "48 years" in text for text in found)


def test_png_and_pdf_can_be_read_and_are_the_same_again(tmp_path):
    for kind in ("png", "pdf", "svg"):
        once, again = (tmp_path / f"{i}.{kind}" for i in "ab")
        for path in (once, again):
            draw(by_hand(), title="x", path=path)
        assert once.read_bytes() == again.read_bytes()
    pixels = imread(tmp_path / "a.png")
    assert pixels.shape[:2] == (1680, 2600)
    assert pixels[..., :3].std() > 0.05
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_drawn_or_written_leaves_no_file(tmp_path):
    with pytest.raises(InputError, match=r"svg, pdf, png, not 'gif'"):
        draw(by_hand(), title="x", path=tmp_path / "course.gif")
    broken = by_hand()
    broken.trajectory["edv_ml"][3] = math.nan
    with pytest.raises(InputError, match="cannot be drawn"):
        draw(broken, title="x", path=tmp_path / "course.svg")
    assert not list(tmp_path.iterdir())


def test_drawing_leaves_the_settings_of_matplotlib_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    draw(by_hand(), title="x")
    assert dict(matplotlib.rcParams) == before
