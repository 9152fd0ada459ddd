"""The page of text: right rows, right ranges, readable without colour and in 80 columns."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import mitral
from mitral.measure.exam import Exam
from mitral.parameters.personalise import body_surface_area
from mitral.report import normal, table
from mitral.report.normal import NormalRange, normal_ranges
from mitral.report.table import number, result, rows

UNITS = {
    "_ml": "mL",
    "_percent": "%",
    "_percent_of_systole": "% systole",
    "_cm2": "cm²",
    "_mm": "mm",
    "_cm": "cm",
    "_cm_s": "cm/s",
    "_mmhg": "mmHg",
    "_mmhg_s": "mmHg/s",
    "_mmhg_ml": "mmHg/mL",
    "_bpm": "bpm",
    "_l_min": "L/min",
    "_l_min_m2": "L/min/m²",
    "_ml_m2": "mL/m²",
    "_g": "g",
    "_g_m2": "g/m²",
    "_ms": "ms",
    "_j": "J",
    "_ratio": "",
    "_reversal": "",
    "_dyn_s_cm5": "dyn·s/cm⁵",
    "_kdyn_cm2": "kdyn/cm²",
    "_ml_min_100g": "mL/min/100g",
}


def page(beat: mitral.SettledBeat, encoding: str = "utf-8", width: int = 80) -> str:
    """The page as it is written to a file of this encoding."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    console = Console(file=file, width=width, highlight=False, markup=False, emoji=False)
    result(beat, console)
    file.flush()
    return file.buffer.getvalue().decode(encoding)  # pyright: ignore[reportAttributeAccessIssue]


def line(text: str, label: str) -> str:
    return next(row for row in text.splitlines() if label in row)


def test_every_row_is_a_finding_with_the_unit_of_its_name() -> None:
    known = {field.name for field in fields(Exam)}
    names = [row.name for row in rows()]
    assert set(names) <= known
    assert len(names) == len(set(names))
    for row in rows():
        suffix = max((end for end in UNITS if row.name.endswith(end)), key=len)
        assert row.unit == UNITS[suffix], row.name


def test_whatever_may_be_recorded_has_its_row() -> None:
    assert set(mitral.Findings.model_fields) <= {row.name for row in rows()}


def test_the_rows_of_a_section_stand_together() -> None:
    sections = [row.section for row in rows()]
    changes = [s for i, s in enumerate(sections) if i == 0 or sections[i - 1] != s]
    assert changes == [
        "Leak",
        "Left ventricle",
        "Pressures",
        "Left atrium and lungs",
        "Doppler",
        "Load and energy",
    ]


def test_every_normal_range_has_a_source_and_belongs_to_a_row() -> None:
    path = Path(normal.__file__).parent / "normal_ranges.csv"
    with path.open(encoding="utf-8") as file:
        ranges = list(csv.DictReader(file))
    assert {row["name"] for row in ranges} <= {row.name for row in rows()}
    for row in ranges:
        assert row["low"] or row["high"]
        assert all(row[key] for key in ("source", "citation", "basis", "published_id", "checked"))
        if row["low"] and row["high"]:
            assert float(row["low"]) < float(row["high"])


def test_ranges_follow_sex_age_and_size() -> None:
    man = normal_ranges(mitral.Patient())
    woman = normal_ranges(mitral.Patient(sex="female", height_cm=165, weight_kg=62))
    assert (man["lv_edv_ml"].low, man["lv_edv_ml"].high) == (102, 230)
    assert (woman["lv_edv_ml"].low, woman["lv_edv_ml"].high) == (82, 166)
    assert man["lv_esv_ml"].high == pytest.approx(42 * body_surface_area(178, 75))
    assert man["mitral_e_a_ratio"].high == 1.78
    assert normal_ranges(mitral.Patient(age_years=60.9))["mitral_e_a_ratio"].high == 1.78
    assert normal_ranges(mitral.Patient(age_years=61))["mitral_e_a_ratio"].high == 1.32
    assert "mitral_e_a_ratio" not in normal_ranges(mitral.Patient(age_years=18))


def test_out_of_range_is_judged_as_printed() -> None:
    limits = NormalRange(2.0, 12.0, "x")
    assert [limits.side(v, 0) for v in (1.4, 1.6, 12.4, 12.6)] == [-1, 0, 0, 1]
    assert limits.text(0) == "2-12"
    assert NormalRange(-math.inf, 34.0, "x").text(0) == "< 34"


@given(value=st.floats(), digits=st.integers(0, 3))
def test_no_number_is_printed_as_negative_zero_or_nan(value: float, digits: int) -> None:
    text = number(value, digits)
    assert not (text.startswith("-0") and float(text) == 0.0)
    assert text == "-" or math.isfinite(float(text))


def test_values_are_printed_as_a_person_writes_them() -> None:
    assert [number(v, 0) for v in (-0.0, -0.4, 66.2, math.nan, True, False, None)] == [
        "0",
        "0",
        "66",
        "-",
        "yes",
        "no",
        "-",
    ]


def test_a_page_without_a_terminal_is_plain_and_fits_80_columns(
    leaking_beat: mitral.SettledBeat,
) -> None:
    text = page(leaking_beat)
    assert "\x1b" not in text
    assert not any("\u2500" <= c <= "\u259f" for c in text)
    assert max(map(len, text.splitlines())) <= 80
    assert " -0 " not in text
    assert "nan" not in text.split()


def test_marks_say_which_side_without_colour(leaking_beat: mitral.SettledBeat) -> None:
    text = page(leaking_beat)
    assert line(text, "Left atrium v wave").startswith("▲")
    assert line(text, "Heart rate").startswith(" ")
    plain = page(leaking_beat, encoding="ascii")
    assert line(plain, "Left atrium v wave").startswith("H")
    assert "H above, L below" in plain


def test_what_was_recorded_stands_beside_the_result(
    leaking_beat: mitral.SettledBeat, healthy_beat: mitral.SettledBeat
) -> None:
    text = page(leaking_beat)
    assert line(text, "End-diastolic volume").split()[-1] == "171"
    assert line(text, "Left atrium v wave").split()[-1] == "37"
    assert "recorded" in text
    assert "recorded" not in page(healthy_beat)


def test_grade_reasons_and_verdicts_are_all_there(leaking_beat: mitral.SettledBeat) -> None:
    text = page(leaking_beat)
    words = " ".join(text.split())
    grade = leaking_beat.grade
    assert f"MITRAL REGURGITATION: {grade.severity.upper()}" in text
    assert f"[{grade.severity}]" in text
    assert grade.summary in words
    for reason in grade.reasons:
        assert reason in words
    for verdict in grade.verdicts:
        assert verdict.label.split()[0] in words
    assert words.endswith(mitral.NOTICE)


def test_the_bar_shows_where_the_stroke_goes(
    leaking_beat: mitral.SettledBeat, healthy_beat: mitral.SettledBeat
) -> None:
    bar = line(page(leaking_beat), " mL forward, ")
    share = bar.count(".") / table.BAR_WIDTH
    fraction = leaking_beat.exam.regurgitant_fraction_percent / 100.0
    assert share == pytest.approx(fraction, abs=0.5 / table.BAR_WIDTH + 1e-9)
    assert "." not in line(page(healthy_beat), " mL forward, ").split(" ")[0]


def test_a_name_cannot_steer_the_terminal() -> None:
    beat = mitral.simulate(mitral.Patient(name="a\x1b[2J[bold]b", resembles="\x07"))
    text = page(beat)
    assert text.startswith("a?[2J[bold]b\n")
    assert "\x07" not in text
