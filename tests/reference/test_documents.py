"""The pages in `docs` are what their templates and the program's own files make of them."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

import numpy as np
import pytest

from calibration import physiology
from calibration.course_tables import la_compliance
from calibration.markdown import NO, met, missed, table
from calibration.validation import DOCS, fill_in
from mitral.course import laws
from mitral.disease.constants import TABLES, rows
from tests.states import man, times

PAGES = Path(__file__).parents[2] / "calibration" / "pages"
NAMES = sorted(path.name for path in PAGES.glob("*.md"))
PLACE = re.compile(r"\{[a-z_0-9]+\}")


def written(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sections() -> list[str]:
    """The laws of the page: from one heading of second order to the next heading."""
    return re.findall(r"^## (.*?)(?=^#|\Z)", written("physiology.md"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_its_template_with_every_place_filled_in(name: str):
    page, at = written(name), 0
    assert not PLACE.findall(page)
    *before, last = PLACE.split((PAGES / name).read_text(encoding="utf-8"))
    for text in before:
        found = page.find(text, at)
        assert found >= 0, f"write docs/{name} again: it lacks {text[:80]!r}"
        at = found + len(text)
    assert page[at:].endswith(last), f"write docs/{name} again"


def test_the_page_of_the_slow_laws_is_up_to_date():
    again = "python -m calibration physiology"
    assert written("physiology.md") == fill_in("physiology.md", physiology.parts()), again


@pytest.mark.parametrize("name", [*laws.rows(), *(name for kind in TABLES for name in rows(kind))])
def test_every_constant_of_time_is_in_a_table_of_the_page(name: str):
    assert f"| `{name}` |" in written("physiology.md")


@pytest.mark.parametrize("name", laws.rows())
def test_every_constant_of_the_slow_laws_stands_in_an_equation_of_the_page(name: str):
    equations = re.findall(r"^    (.*)$", written("physiology.md"), re.MULTILINE)
    assert re.search(rf"\b{name}\b", "\n".join(equations))


def test_every_law_names_its_source_and_what_it_leaves_out():
    # ten fast laws and events, nine slow ones: fewer would mean that the headings have changed
    assert len(sections()) >= 17
    for section in sections():
        assert "\nSource: " in section, section[:60]
        assert "\nLeaves out: " in section, section[:60]


def test_numbers_of_the_page_are_those_of_the_files():
    with laws.FILE.open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["name"] == "tau_size")
    assert f"| `tau_size` | {row['value']} | d | {row['meaning']} |" in written("physiology.md")


def test_a_miss_is_said_with_its_size():
    assert met(5.0, 4.0, 6.0) == met(4.0, 4.0, math.inf) == "yes"
    assert met(3.5, 4.0, 6.0) == f"{NO}, by 0.5"
    assert met(8.25, 4.0, 6.0) == f"{NO}, by 2.2"
    assert met(math.nan, 4.0, 6.0).startswith(NO)
    made = table(["a", "", "met"], [["1", "x", "yes"], ["2", "", f"{NO}, by 3"]])
    assert made.splitlines()[:3] == ["| a |  | met |", "| --- | --- | --- |", "| 1 | x | yes |"]
    assert missed(made) == [f"a: 2; met: {NO}, by 3"]


def test_compliance_of_the_atrium_grows_with_its_size_and_falls_with_pressure():
    p = man()
    large = times(p, {"v0_la": 2.0, "wall_la": 2.0})
    # stress depends on volume over wall volume alone; bisection to 1e-6 of a few mL over 0.5 mmHg
    assert la_compliance(large, 15.0) == pytest.approx(2.0 * la_compliance(p, 15.0), rel=1e-3)
    assert la_compliance(p, 25.0) < 0.7 * la_compliance(p, 15.0)


def test_compliance_of_the_atrium_by_hand():
    # dp/dV of p = s/3 ln(1 + Vw/V), s = sp (exp(cp (l - 1)) - 1), by the chain rule at V
    p = man()
    q, v = p[0], 50.0
    wall, v0 = float(q["wall_la"]), float(q["v0_la"])
    sp, cp = float(q["sp_la"]), float(q["cp_la"])
    stretch = ((1 + 3 * v / wall) / (1 + 3 * v0 / wall)) ** (1 / 3)
    rise = sp * math.exp(cp * (stretch - 1))
    stress, geometry = rise - sp, math.log1p(wall / v)
    slope = rise * cp * stretch / (wall + 3 * v) * geometry - stress * wall / (v * (v + wall))
    pressure, slope = 7.50062 / 3 * np.array([stress * geometry, slope])
    # the slope is a difference over 0.5 mmHg of an exponential curve: 1e-3 of its value
    assert la_compliance(p, float(pressure)) == pytest.approx(1.0 / slope, rel=3e-3)
