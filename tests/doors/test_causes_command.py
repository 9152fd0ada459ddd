"""`mitral causes` and `mitral risk`: the list, one cause whole, JSON, names that are none."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main
from mitral.disease.causes import CARPENTIER, MODES, all_causes, find
from mitral.disease.risk import CHANGEABLE, all_risk_factors
from mitral.parameters.parameter import definitions
from mitral.references import ASSUMED, key_of, load
from mitral.report import causes as page

NAMES = [cause.name for cause in all_causes()]


def text(*arguments: str, width: int = 80) -> str:
    """What the command prints at this many columns."""
    done = CliRunner().invoke(main, [*arguments], env={"COLUMNS": str(width)})
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    return done.stdout


def plain(found: str) -> str:
    """Without line breaks and indents."""
    return " ".join(found.split())


def test_the_list_has_a_line_of_numbers_for_each_cause() -> None:
    listed = text("causes")
    assert max(map(len, listed.splitlines())) <= 80
    for cause in all_causes():
        area = f"{cause.eroa_cm2:.2f}" if cause.eroa_cm2 else "-"
        line = rf"^{cause.name} +{', '.join(cause.carpentier)} +{cause.onset} .* {area}$"
        assert re.search(line, listed, re.MULTILINE), cause.name
        assert cause.label in plain(listed)
    assert "\x1b" not in listed


@pytest.mark.parametrize("arguments", [["causes"], ["risk"], ["causes", "flail"]])
def test_the_notice_stands_under_every_page(arguments: list[str]) -> None:
    assert plain(text(*arguments)).endswith(mitral.NOTICE)


@pytest.mark.parametrize("name", NAMES)
def test_one_cause_is_told_whole(name: str) -> None:
    cause, shown = find(name), text("causes", name)
    told = plain(shown)
    assert max(map(len, shown.splitlines())) <= 80
    assert "…" not in shown
    for word in (cause.label, cause.description, cause.note[1:].rstrip(".")):
        assert word in told
    for synonym in cause.synonyms:
        assert synonym.replace("_", " ") in told
    for changed in (*cause.parameters, *cause.heart(established=True)):
        assert re.search(rf"^{changed} ", shown, re.MULTILINE)
    for key in set(cause.sources) - {ASSUMED}:
        assert load()[key_of(key)].fields["title"] in told


def test_a_change_is_told_with_factor_unit_and_meaning() -> None:
    shown = text("causes", "dcm")
    # 112 mL of wall times 1.4
    assert re.search(r"^wall_lv +x1\.4 +112 to 157 mL +left ventricular wall", shown, re.MULTILINE)
    assert re.search(r"^tether +0 to 2\.9 cm² +orifice per 100 mL", shown, re.MULTILINE)
    assert shown.index("WHAT IT DOES TO THE HEART") < shown.index("WHAT YEARS WITH IT ADD")
    assert shown.index("ctr_lv") < shown.index("WHAT YEARS WITH IT ADD") < shown.index("v0_la")
    # the years go on from the insult: 0.625 of health, of which 0.8 are left
    later = text("causes", "heart attack")
    assert re.search(r"^ctr_lv +x0\.625 +1 to 0\.625 ", later, re.MULTILINE)
    assert re.search(r"^ctr_lv +x0\.8 +0\.625 to 0\.5 ", later, re.MULTILINE)


def test_the_course_is_told_in_time_and_square_millimetres() -> None:
    assert "0.05 cm² (5 mm²) a year [Enriquez-Sarano 1999]" in plain(text("causes", "prolapse"))
    assert "chronic, in a course within 8 years" in plain(text("causes", "prolapse"))
    assert "acute, from one beat to the next" in plain(text("causes", "flail"))
    assert "acute, in a course within 5 weeks" in plain(text("causes", "carditis"))
    assert "Nothing but the leak itself." in text("causes", "flail")
    assert "the leak follows the ventricle" in plain(text("causes", "ischemic"))


@pytest.mark.parametrize("width", [40, 200])
def test_a_narrow_or_wide_terminal_gets_a_page(width: int) -> None:
    for arguments in (["causes"], ["causes", "dcm"], ["risk"]):
        lines = text(*arguments, width=width).splitlines()
        assert max(map(len, lines)) <= min(width, 100)


def test_there_are_words_for_every_type_mode_and_kind() -> None:
    assert set(page.LEAFLETS) == set(CARPENTIER)
    assert set(page.MODES) == set(MODES)
    assert {d.group for d in definitions().values()} > {"leak", "valves"}


def test_json_lists_every_cause_and_nothing_else(run) -> None:
    done = run("causes", "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    data = json.loads(done.stdout)
    assert list(data) == ["causes"]
    assert [row["name"] for row in data["causes"]] == NAMES
    for row, cause in zip(data["causes"], all_causes(), strict=True):
        assert row["eroa_cm2"] == cause.eroa_cm2
        assert row["factors"] == cause.factors
        assert row["established"] == cause.established
        assert set(row["course"]) == {
            "onset",
            "years",
            "progression_cm2_per_year",
            "progression_source",
        }
        assert len(row["references"]) == len(set(cause.sources) - {ASSUMED})
        # whether a leak is acute is told by `onset`, not by the look at the valve
        assert "acute" not in row["anatomy"]
        assert row["anatomy"]["lesion"] == cause.anatomy.lesion


def test_json_of_one_cause_is_a_list_of_one() -> None:
    data = json.loads(text("causes", "floppy valve", "--json"))
    assert list(data) == ["causes"]
    assert [row["name"] for row in data["causes"]] == ["prolapse"]


def test_json_of_risk_factors() -> None:
    data = json.loads(text("risk", "--json"))
    assert list(data) == ["risk_factors"]
    assert [row["name"] for row in data["risk_factors"]] == [r.name for r in all_risk_factors()]
    for row in data["risk_factors"]:
        assert row["changeable"] in CHANGEABLE
        assert set(row["leads_to"]) <= set(NAMES)
        assert {"label", "description", "sources", "references"} <= set(row)


def test_risk_factors_are_sorted_by_what_can_be_changed() -> None:
    shown = text("risk")
    assert max(map(len, shown.splitlines())) <= 80
    change, partly, fixed = (
        shown.index(f"{title}\n")
        for title in ("CAN BE CHANGED", "CAN BE CHANGED IN PART", "CANNOT BE CHANGED")
    )
    assert change < shown.index("Injected drugs") < partly
    assert partly < shown.index("Atrial fibrillation") < fixed < shown.index("Marfan syndrome")
    told = plain(shown)
    assert "leads to: rheumatic_carditis, rheumatic [Karthikeyan 2018]" in told
    for row in all_risk_factors():
        assert row.description in told


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("prolaps", "did you mean 'prolapse'?"),
        ("rhumatic", "did you mean 'rheumatic'?"),
        ("qqq", "known: atrial_functional"),
        ("mitral insufficiency", "is the leak itself, not a cause of it; causes are trace"),
        ("", "known: atrial_functional"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_unknown_cause_is_one_line_and_exit_code_3(
    name: str, words: str, options: list[str]
) -> None:
    done = CliRunner().invoke(main, ["causes", name, *options])
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


@pytest.mark.parametrize(
    "arguments", [["causes", "a", "b"], ["causes", "--all"], ["risk", "age"], ["risk", "--yes"]]
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_the_condition_is_explained_to_who_simulates_it() -> None:
    done = CliRunner().invoke(main, ["simulate", "--cause", "mitral incompetence"])
    assert done.exit_code == 3
    assert "is the leak itself" in done.stderr
