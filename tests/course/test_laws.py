"""Constants of the slow laws: the file is complete, in range, sourced; errors say what to do."""

from __future__ import annotations

import csv
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

import pytest

from mitral.course import laws
from mitral.errors import InputError
from mitral.references import ASSUMED, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAMES = [field.name for field in fields(laws.Laws)]


def lines() -> list[dict[str, str]]:
    """The rows of the file, every one."""
    with laws.FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_file_has_every_constant_once_in_the_order_of_the_laws():
    assert [row["name"] for row in lines()] == NAMES


@pytest.mark.parametrize("row", lines(), ids=lambda row: row["name"])
def test_every_constant_lies_in_a_range_with_unit_meaning_and_source(row: dict[str, str]):
    assert float(row["low"]) < float(row["high"])
    assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
    assert row["group"]
    assert row["unit"]
    assert row["meaning"]
    assert row["source"] == ASSUMED or row["source"] in load()
    assert None not in row, "a comma too many"


def test_the_standard_constants_are_those_of_the_file():
    assert asdict(laws.standard()) == {row["name"]: float(row["value"]) for row in lines()}


def test_only_what_is_changed_changes():
    before, after = asdict(laws.standard()), asdict(laws.changed({"tau_size": 333.0}))
    assert after == before | {"tau_size": 333.0}


def test_an_unknown_constant_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="'tau_sise' is unknown; did you mean 'tau_size'"):
        laws.changed({"tau_sise": 100.0})


@pytest.mark.parametrize("value", [0.0, -1.0, 1e6, float("nan"), float("inf")])
def test_a_constant_out_of_range_is_refused_with_range_and_unit(value: float):
    row = laws.rows()["tau_size"]
    allowed = f"outside {float(row['low']):g} to {float(row['high']):g} d"
    with pytest.raises(InputError, match=f"tau_size is {value:g} d, {allowed}".replace("+", r"\+")):
        laws.changed({"tau_size": value})


@pytest.fixture
def other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[list[dict[str, str]]], None]]:
    """Reads the constants from other rows for the time of a test."""

    def use(rows: list[dict[str, str]]) -> None:
        path = tmp_path / "laws.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        monkeypatch.setattr(laws, "FILE", path)
        forget()

    def forget() -> None:
        laws.rows.cache_clear()
        laws.standard.cache_clear()

    yield use
    forget()


def test_a_file_without_a_constant_is_refused(other_file: Callable[..., None]):
    other_file([row for row in lines() if row["name"] != "brake_ra"])
    with pytest.raises(InputError, match=r"laws\.csv and Laws differ in brake_ra"):
        laws.standard()


def test_a_file_with_a_constant_that_no_law_knows_is_refused(other_file: Callable[..., None]):
    rows = lines()
    other_file([*rows, rows[0] | {"name": "tau_soul"}])
    with pytest.raises(InputError, match=r"laws\.csv and Laws differ in tau_soul"):
        laws.standard()


def test_a_file_with_a_value_out_of_its_range_is_refused(other_file: Callable[..., None]):
    rows = lines()
    other_file([rows[0] | {"value": "400"}, *rows[1:]])
    with pytest.raises(InputError, match="tau_blood is 400 d, outside"):
        laws.standard()
