"""Every number has a source that exists: the bibliography, the published rows of the targets."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from mitral import references
from mitral.errors import InputError
from mitral.references import ASSUMED, Reference

ROOT = Path(__file__).parents[1]
CITED = re.compile(r"([A-Z][A-Za-z'-]+(?: and [A-Z][a-z]+)?) ((?:19|20)\d\d)\b")
ONE_NUMBER_SHARE = 0.10
"""A published number without a spread: how far a target may stand from it."""
UNITS = {
    "_l_min_m2": "L/min/m2",
    "_l_min": "L/min",
    "_mmhg": "mmHg",
    "_ml": "mL",
    "_ms": "ms",
    "_ratio": "1",
    "_percent": "%",
}


def published():
    text = (ROOT / "calibration/published.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["rows"]


def targets():
    found = []
    for name in ("targets.csv", "people.csv"):
        with (ROOT / "calibration" / name).open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        found += [
            pytest.param(row, id=f"{row.get('state') or row['person']}-{row['finding']}")
            for row in rows
        ]
    return found


def repeated():
    """Rows of other tables that repeat a published row by its id."""
    found = []
    tables = sorted((ROOT / "tests/reference").glob("*.csv"))
    for path in (*tables, ROOT / "src/mitral/report/normal_ranges.csv"):
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            name = row.get("published_id") or row["id"]
            who = row.get("person") or row.get("sex") or ""
            found.append(pytest.param(name, row, id=f"{path.stem}-{name}-{who}"))
    return found


def named(row):
    return [source.strip() for source in row["source"].split(";")]


@pytest.mark.parametrize("work", references.load().values(), ids=lambda work: work.key)
def test_an_entry_is_complete_and_says_what_was_checked(work: Reference):
    assert re.fullmatch(r"[a-z]+\d{4}[a-z]?", work.key)
    assert work.fields["year"] in work.key
    assert work.fields.get("author") or work.fields.get("editor")
    assert {"article": "journal", "book": "publisher", "misc": "howpublished"}[
        work.kind
    ] in work.fields
    note = work.fields["note"]
    assert note.startswith("checked: ")
    assert ("doi" in work.fields) == ("doi seen" in note)
    assert re.fullmatch(r"10\.\d{4,}/\S+", work.fields.get("doi", "10.1000/none"))


def test_no_name_means_two_works():
    works = references.load()
    aliases = [a for work in works.values() for a in work.fields.get("ids", "").split(",") if a]
    assert len({*works, *map(str.strip, aliases)}) == len(works) + len(aliases)


@pytest.mark.parametrize(("place", "source"), sorted(set(references.sources())))
def test_a_source_in_a_table_is_a_work_or_assumed(place, source):
    assert source == ASSUMED or references.key_of(source) in references.load(), place


def test_tables_name_works_by_key():
    for place, source in references.sources():
        if not place.startswith(("normal_ranges", "criteria")):
            assert source == ASSUMED or source in references.load(), place


def cited_in_text():
    for path in sorted((ROOT / "src").rglob("*.py")) + sorted((ROOT / "calibration").glob("*.py")):
        for passage in re.findall(r"Source: (.*)", path.read_text(encoding="utf-8")):
            yield from ((path.name, " ".join(found)) for found in CITED.findall(passage))
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        like = yaml.safe_load(path.read_text(encoding="utf-8")).get("resembles", "")
        yield from ((path.name, " ".join(found)) for found in CITED.findall(like))


@pytest.mark.parametrize(("file", "work"), sorted(set(cited_in_text())))
def test_a_work_named_in_a_docstring_or_an_example_is_in_the_bibliography(file, work):
    assert references.key_of(work) in references.load()


def test_a_citation_of_a_criterion_agrees_with_the_bibliography():
    path = ROOT / "src/mitral/grade/criteria.yaml"
    documents = yaml.safe_load(path.read_text(encoding="utf-8"))["documents"]
    for name, document in documents.items():
        if name != ASSUMED:
            work = references.load()[references.key_of(name)]
            assert document["doi"] == work.fields["doi"]
            assert (
                f"{work.fields['year']};{work.fields['volume']}:{work.fields['pages']}"
                in (document["citation"])
            )


def test_cite_lists_each_work_once_and_leaves_out_what_is_assumed():
    text = references.cite(["weissler1968", ASSUMED, "Weissler 1968", "Mynard 2012"])
    assert text.splitlines() == [
        "Mynard JP, Davidson MR, Penny DJ, et al. A simple, versatile valve model for use in "
        "lumped parameter and one-dimensional cardiovascular models. Int J Numer Methods "
        "Biomed Eng 2012;28:626-641. doi:10.1002/cnm.1466",
        "Weissler AM, Harris WS, Schoenfeld CD. Systolic time intervals in heart failure in man. "
        "Circulation 1968;37:149-159. doi:10.1161/01.CIR.37.2.149",
    ]
    assert references.cite([ASSUMED]) == ""


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("Walker and Ni 2011", "walker2011"),
        ("O'Gara 2008", "ogara2008"),
        ("ase2017", "zoghbi2017"),
        ("Cath textbooks", "baim2006"),
    ],
)
def test_a_work_is_found_under_the_names_in_use(source, key):
    assert references.key_of(source) == key


def test_a_source_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="did you mean 'mynard2012'"):
        references.key_of("mynard2021")


@pytest.mark.parametrize(
    "text",
    [
        "@article{a1999,\n  title = {T},\n}\n",
        "@article{a1999,\n  title = {T {B}},\n  year = {1999},\n}\n",
        "@article{a1999,\n  title = {T},\n  year = {1999},\n}\n" * 2,
        "@article{a1999,\n  title = {T},\n  year = {1999},\n",
    ],
)
def test_a_bibliography_that_is_not_well_formed_is_refused(text):
    with pytest.raises(InputError, match="bibliography"):
        references.parse(text)


def test_a_published_row_is_complete_and_is_used():
    used = {source for row in targets() for source in named(row.values[0])}
    used |= {row.values[0] for row in repeated()}
    rows = published()
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["id"] in used
        assert row["citation"] in references.load()
        assert row["unit"]
        assert row["quantity"]
        assert row["checked"]
        assert ("mean" in row) != ("range" in row)


@pytest.mark.parametrize("row", targets())
def test_the_source_of_a_target_is_a_published_row_or_assumed(row):
    assert set(named(row)) <= {entry["id"] for entry in published()} | {ASSUMED}


def span(row):
    """Lowest and highest target that the published row allows."""
    if "range" in row:
        return tuple(row["range"])
    width = 2 * row["sd"] if "sd" in row else ONE_NUMBER_SHARE * abs(row["mean"])
    return row["mean"] - width, row["mean"] + width


@pytest.mark.parametrize("row", targets())
def test_a_target_lies_within_what_was_published(row):
    rows = {entry["id"]: entry for entry in published()}
    entry = rows.get(row["source"])
    unit = next((unit for end, unit in UNITS.items() if row["finding"].endswith(end)), "")
    against = row.get("against") or ""
    if against.endswith("difference") and unit == "%":
        unit = "points"
    if entry is None or against.endswith("ratio"):
        return
    scale = 100 if (unit, entry["unit"]) == ("%", "1") else 1
    if scale == 1 and entry["unit"] != unit:
        return
    low, high = span(entry)
    assert low * scale <= float(row["target"]) <= high * scale


@pytest.mark.parametrize(("name", "row"), repeated())
def test_a_table_that_repeats_a_published_row_has_its_numbers(name, row):
    entry = {entry["id"]: entry for entry in published()}.get(name)
    if entry is None:
        assert "published_id" in row, f"{name} is missing in calibration/published.yaml"
    elif "mean" in row:
        assert (float(row["mean"]), float(row["sd"])) == (entry["mean"], entry["sd"])
    elif row["low"]:
        assert (float(row["low"]), float(row["high"])) == pytest.approx(span(entry))
    else:
        assert float(row["high"]) == entry["mean"]
