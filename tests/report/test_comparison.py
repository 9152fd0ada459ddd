"""The page and the picture of a comparison: right numbers, right words, no label on another."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from rich.console import Console

import mitral
from mitral.course.course import FAILED, Course
from mitral.errors import InputError
from mitral.report import style
from mitral.report.comparison import Line, change, page
from mitral.report.comparison_figure import LOOKS, picture
from mitral.treatment.arms import Arm, Comparison
from mitral.treatment.prescription import prescribe
from tests.courses import YEAR, by_hand, edv_on, wall_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TREATED = {0.0: "normal"}
"""A heart without a leak."""
LEAD = (0.0, 1.0 / 24.0, 30.0, YEAR)


def arm(text: str, at: float = 1.0, last: float = 4.0, name: str = "") -> Arm:
    """An arm by hand: before with the leak of `tests.courses`, after without if treated."""
    days = [at * YEAR + day for day in (0.0, 1.0 / 24.0, 5.0, 30.0)]
    days = (*days, *(YEAR * year for year in range(int(at) + 1, int(last) + 1)))
    left = by_hand(days)
    course = left
    if text != "none":
        mended = by_hand(days, TREATED)
        course = replace(mended, visits=(left.visits[0], *mended.visits[1:]))
    given = tuple(prescribe(part) for part in text.split("+"))
    return Arm(name or text, given, at, course, ())


def comparison(*arms: Arm, at: tuple[float, ...] = (1.0,)) -> Comparison:
    """Arms by hand after a year of the disease."""
    settings = {"onset": "sudden", "onset_year": 0.0, "at": list(at)}
    lead = by_hand((*LEAD, *(YEAR * year for year in range(2, int(max(at)) + 1))))
    who = mitral.Patient(name="By hand", cause="flail_leaflet")
    return Comparison(who, lead, arms, {"settings": settings})


def fails(one: Arm, day: float) -> Arm:
    """The arm if its circulation had failed on a day."""
    course = replace(
        one.course,
        visits=tuple(v for v in one.course.visits if v.day <= day),
        way=tuple(p for p in one.course.way if p.day <= day),
        outcome=FAILED,
        reason="by hand",
    )
    return replace(one, course=course)


def shown(made: Comparison, encoding: str = "utf-8", width: int = 80) -> str:
    """The page as it is written to a file of this encoding."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    page(made, Console(file=file, width=width, highlight=False, markup=False, emoji=False))
    file.flush()
    return file.buffer.getvalue().decode(encoding)  # pyright: ignore[reportAttributeAccessIssue]


def cells(text: str, label: str) -> str:
    """What stands behind a label and in the line below it, with single spaces."""
    lines = text.splitlines()
    i = next(i for i, line in enumerate(lines) if line.startswith(label))
    return " | ".join(" ".join(line.split()) for line in lines[i : i + 2])


# the page


def test_a_change_is_absolute_and_in_percent_of_before():
    """242 to 147 mL: 95 less, that is 39 %; percentages differ by points."""
    edv = Line("EDV", "mL", 0, lambda _: 0.0)
    assert change(242.0, 147.0, edv) == "-95 -39%"
    assert change(242.0, 242.4, edv) == "0"
    assert change(60.0, 50.5, replaced(edv, "%")) == "-10 points"
    assert change(0.0, 3.0, edv) == "+3"
    assert change(0.2, 3.0, edv) == "+3"
    assert change(math.nan, 3.0, edv) == ""


def replaced(line: Line, unit: str) -> Line:
    return line._replace(unit=unit)


def test_an_arm_stands_beside_before_with_its_changes():
    """EDV 160 mL in year 1 and 190 in year 4; without a leak 60 of 190 mL are 32 %."""
    text = shown(comparison(arm("none"), arm("repair")))
    assert cells(text, "EDV") == "EDV 160 190 190 | mL +30 +19% +30 +19%"
    assert cells(text, "EROA") == "EROA 0.25 0.25 0.00 | cm² 0 -0.25 -100%"
    assert cells(text, "EF") == "EF 62 53 32 | % -10 points -31 points"
    assert cells(text, "LA mean") == "LA mean 20 20 8 | mmHg 0 -12 -60%"
    assert cells(text, "Breathless").startswith("Breathless exertion exertion - |")
    assert cells(text, "State").startswith("State compens. compens. normal")
    assert "3 y after treatment at 1 y" in text


def test_what_was_found_soon_after_treatment_stands_in_its_own_block():
    early = shown(comparison(arm("none"), arm("repair"))).split("SOON AFTER TREATMENT")[1]
    assert cells(early, "LA mean 1 h") == "LA mean 1 h 20 20 8 | 5 d 20 20 8"
    assert cells(early, "Forward 1 h").startswith("Forward 1 h 60 60 60")


def test_several_times_become_a_line_each_with_the_common_end():
    arms = (arm("none", 1.0), arm("repair", 1.0), arm("repair", 3.0, name="repair, year 3"))
    text = shown(comparison(*arms, at=(1.0, 3.0)))
    assert "AT THE END" not in text
    assert text.count("repair (ring") == 1
    rows = {" ".join(row.split()[:2]): row.split() for row in text.splitlines() if row.split()}
    # before: 100 of 160 and of 180 mL; at the end EDV 190 mL in each
    assert rows["1 y"][2:4] == ["62", "32"]
    assert rows["3 y"][2:4] == ["56", "32"]
    assert [rows[name][5] for name in ("1 y", "3 y")] == ["190", "190"]
    assert rows["never -"][2] == "53"


def test_an_arm_that_fails_and_its_warnings_are_told():
    careful = replace(arm("repair"), warnings=("repair: too late (EF 20)",))
    text = shown(comparison(fails(arm("none"), 2.5 * YEAR), careful))
    words = " ".join(text.split())
    assert "none: in this model circulatory failure 1 y after treatment" in words
    assert "by hand" in words
    assert text.count("warning: repair: too late (EF 20)") == 1
    assert "warning" not in shown(comparison(arm("none"), arm("repair")))


@pytest.mark.parametrize("count", [1, 2, 5, 6, 8])
@pytest.mark.parametrize("width", [80, 100])
def test_the_page_is_plain_and_fits(count, width):
    arms = [arm("repair+diuretic:400mL", name=f"repair+diuretic:{i}00mL") for i in range(count)]
    text = shown(comparison(*arms), width=width)
    assert "\x1b" not in text
    assert max(len(row.rstrip()) for row in text.splitlines()) <= width
    for i in range(count):
        assert f"{i}00mL" in text
    assert "In this model" in text
    assert " ".join(text.split()).endswith(mitral.NOTICE)


def test_a_page_can_be_written_in_ascii_and_a_name_cannot_steer_the_terminal():
    assert "decomp." in shown(comparison(arm("none", 1.0, 8.0)), encoding="ascii")
    made = replace(comparison(arm("none")), patient=mitral.Patient(name="a\x1b[2Jb"))
    assert shown(made).startswith("a?[2Jb\n")


# the picture


def words(figure: Figure) -> list[Text]:
    """Every visible text."""
    FigureCanvasAgg(figure).draw()
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]


def assert_legible(figure: Figure) -> None:
    """No label on another, none off the page."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = [(t.get_text(), Text.get_window_extent(t, renderer)) for t in words(figure)]
    found = [(text, box) for text, box in found if box.width > 1.0]
    assert len(found) > 40
    assert [(a, b) for (a, x), (b, y) in combinations(found, 2) if x.overlaps(y)] == []
    frame = figure.bbox
    corners = [(text, x, y) for text, box in found for x, y in box.corners()]
    assert [text for text, x, y in corners if not frame.contains(x, y)] == []


def panel(figure: Figure, name: str) -> Axes:
    """The panel with this name in its margin."""
    return next(axes for axes in figure.axes if any(text.get_text() == name for text in axes.texts))


def test_lines_go_through_the_steps_of_every_arm_and_grey_through_those_before():
    made = comparison(arm("none"), arm("repair"))
    figure = picture(made)
    for name, value in (("EDV", edv_on), ("LV mass", lambda day: 120.0 * wall_on(day))):
        curves = {
            line.get_color(): np.asarray(line.get_xydata())
            for line in panel(figure, name).lines
            if len(np.asarray(line.get_xydata())) > 3
        }
        assert set(curves) == {style.REFERENCE, LOOKS[0].colour, LOOKS[1].colour}
        for xy in curves.values():
            # years and the same numbers again: only rounding lies between
            assert xy[:, 1] == pytest.approx([value(year * YEAR) for year in xy[:, 0]], rel=1e-9)
        assert curves[style.REFERENCE][-1, 0] == pytest.approx(1.0)
        assert curves[LOOKS[1].colour][0, 0] == pytest.approx(1.0)
    upright = [np.asarray(line.get_xydata()) for line in panel(figure, "EF").lines]
    assert [xy[0, 0] for xy in upright if len(xy) == 2 and xy[0, 0] == xy[1, 0]] == [1.0]


def test_the_svg_names_every_arm_with_its_value_and_outcome(tmp_path):
    path = tmp_path / "c.svg"
    picture(comparison(fails(arm("none"), 2.5 * YEAR), arm("repair")), path)
    root = ElementTree.parse(path).getroot()  # noqa: S314 (our own file)
    found = {"".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {
        "By hand", "none: fails", "repair: 190", "repair: 8", "before", "before (grey)",
        "treated at 1 y", "circulatory failure at 2 y", "years from the start", mitral.NOTICE,
        "Left ventricle at the end", "EF", "LA pressure", "LV mass",
    } <= found  # fmt: skip
    assert any("in this model" in text for text in found)


@pytest.mark.parametrize("count", [1, 2, 5, 6, 8])
def test_many_arms_are_legible(count):
    arms = [arm("repair+diuretic:400mL", name=f"{i}: repair+diuretic") for i in range(count)]
    assert_legible(picture(comparison(*arms)))


@pytest.mark.parametrize("last", [2.0, 4.0, 30.0])
def test_short_long_and_failing_arms_are_legible(last):
    made = comparison(arm("none", 1.0, last), fails(arm("repair", 1.0, last), YEAR + 5.0))
    assert_legible(picture(made))


def test_sweeps_are_legible_and_mark_every_time():
    arms = [
        arm("none"),
        *(arm("repair", at, name=f"repair, year {at:g}") for at in (1.0, 2.0, 3.0)),
    ]
    figure = picture(comparison(*arms, at=(1.0, 2.0, 3.0)))
    assert_legible(figure)
    assert {"treated at 1 y", "2 y", "3 y"} <= {text.get_text() for text in words(figure)}


def test_a_simulated_comparison_is_legible_and_the_same_again(tmp_path):
    who = mitral.Patient(name="Flail", cause="flail_leaflet")
    made = mitral.compare(
        who, ("none", "vasodilator", "teer", "repair", "replacement"), 0.2, at=0.1
    )
    assert_legible(picture(made))
    for kind in ("png", "svg"):
        once, again = (tmp_path / f"{i}.{kind}" for i in "ab")
        for path in (once, again):
            picture(made, path)
        assert once.read_bytes() == again.read_bytes()


def test_arms_are_told_apart_without_colour():
    assert len({str(look.dash) for look in LOOKS}) == len(LOOKS) == len({c for c, _ in LOOKS})


def test_what_cannot_be_drawn_leaves_no_file(tmp_path):
    many = [arm("repair", name=f"repair {i}") for i in range(9)]
    with pytest.raises(InputError, match="9 arms cannot be told apart"):
        picture(comparison(*many), tmp_path / "c.svg")
    broken = arm("repair")
    broken.course.trajectory["edv_ml"][3] = math.nan
    with pytest.raises(InputError, match="cannot be drawn"):
        picture(comparison(broken), tmp_path / "c.svg")
    assert not list(tmp_path.iterdir())


def test_a_course_without_a_lead_can_be_drawn():
    made = comparison(arm("none"), arm("repair"))
    alone = Course(made.lead.visits[-1:], (), "", "", None)
    assert_legible(picture(replace(made, lead=alone)))
