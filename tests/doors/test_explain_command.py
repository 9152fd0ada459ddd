"""`mitral explain` as a person types it."""

import json

import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["explain", *arguments])
    return result.exit_code, result.output


def test_the_leak_is_explained_by_any_of_its_names() -> None:
    code, text = run("mitral insufficiency")
    assert code == 0
    for words in ("Also called", "mitral incompetence", "In plain words", mitral.NOTICE[:40]):
        assert words in text


def test_plain_leaves_the_technical_out_and_the_other_way_round() -> None:
    plain, technical = run("clip", "--plain")[1], run("clip", "--technical")[1]
    assert "plain words" in plain
    assert "technical words" not in plain
    assert "technical words" in technical
    assert "plain words" not in technical


def test_a_shared_name_lists_what_has_it() -> None:
    code, text = run("atrial", "fibrillation")
    assert code == 0
    assert "cause-atrial_functional" in text
    assert "risk-atrial_fibrillation" in text


def test_everything_is_listed() -> None:
    text = run("--list")[1]
    for kind in ("Causes", "Risk factors", "Symptoms", "Stages", "Treatments"):
        assert kind in text


def test_json_is_json() -> None:
    entry = json.loads(run("prolapse", "--json")[1])["entries"][0]
    assert entry["id"] == "cause-prolapse"
    assert entry["references"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("prolaps",), 3, "did you mean 'prolapse'"),
        (("clip", "--list"), 2, "leave the words out"),
    ],
)
def test_what_is_not_understood(arguments: tuple[str, ...], code: int, words: str) -> None:
    got, text = run(*arguments)
    assert got == code
    assert words in text
