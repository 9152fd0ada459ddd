"""`mitral explain` as a person types it."""

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main
from mitral.explain import Entry, find, library
from mitral.patient.readers.yaml import read
from mitral.report.explain import commands


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["explain", *arguments])
    return result.exit_code, result.output


def test_the_leak_is_explained_by_any_of_its_names() -> None:
    code, text = run("mitral insufficiency")
    assert code == 0
    for words in ("Also called", "mitral incompetence", "IN PLAIN WORDS", mitral.NOTICE[:40]):
        assert words in text


def test_plain_leaves_the_technical_out_and_the_other_way_round() -> None:
    plain, technical = run("clip", "--plain")[1], run("clip", "--technical")[1]
    assert "PLAIN WORDS" in plain
    assert "TECHNICAL WORDS" not in plain
    assert "TECHNICAL WORDS" in technical
    assert "PLAIN WORDS" not in technical


def test_a_shared_name_lists_what_has_it() -> None:
    code, text = run("atrial", "fibrillation")
    assert code == 0
    assert "cause-atrial_functional" in text
    assert "risk-atrial_fibrillation" in text


def test_everything_is_listed() -> None:
    text = run("--list")[1]
    for kind in ("CAUSES", "RISK FACTORS", "SYMPTOMS", "STAGES", "TREATMENTS"):
        assert kind in text


def test_json_is_json() -> None:
    entry = json.loads(run("prolapse", "--json")[1])["entries"][0]
    assert entry["id"] == "cause-prolapse"
    assert entry["references"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("prolaps",), 3, "did you mean 'prolapse'"),
        (("clip", "--list"), 2, "leave the words"),
        (("xylophone",), 3, "--list"),
        (("clip", "--sing"), 2, "No such option"),
        (("cough", "--heart", "cough.yaml"), 3, "no heart to run"),
        (("surgery", "--heart", "surgery.yaml"), 3, "give one"),
        (("clip", "--heart", "clip.txt"), 3, "must end in"),
    ],
)
def test_what_is_not_understood(arguments: tuple[str, ...], code: int, words: str) -> None:
    got, text = run(*arguments)
    assert got == code
    assert words in text


@pytest.mark.parametrize("one", library(), ids=lambda one: one.id)
def test_what_is_offered_to_type_is_understood(
    one: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command is read whole; its options stand in its help. Few are run: they take long."""
    monkeypatch.chdir(tmp_path)
    lines = commands(one)
    assert bool(lines) == (one.scenario is not None)
    for line in lines:
        program, name, *arguments = shlex.split(line)
        assert program == "mitral"
        command = main.commands[name]
        command.make_context(name, arguments)


def test_a_heart_is_written_and_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = commands(find("clip")[0])
    assert len(lines) == 2
    for line in lines:
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert result.exit_code == 0, result.output
    heart = read("heart.yaml")
    assert heart.cause == "flail_leaflet"
    assert heart.adapted
    assert heart.factors["v0_lv"] > 1.2
    again = CliRunner().invoke(main, shlex.split(lines[0])[1:])
    assert again.exit_code == 3
    assert "exists" in again.output
