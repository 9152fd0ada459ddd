"""The parts of `docs/physiology.md`: constants of the laws of time, from the files that hold them.

No simulation: the page says what the program computes with, and `tests/reference/test_documents.py`
holds it to that.
"""

from __future__ import annotations

import ast
import inspect
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from calibration.fit import HERE
from calibration.markdown import table
from mitral import references
from mitral.circulation import lag
from mitral.course import fibrillation, laws, life
from mitral.course.slow import SCALE, Slow
from mitral.disease import adaptation, compromise
from mitral.disease.causes import all_causes
from mitral.disease.constants import rows
from mitral.grade.criteria import criteria
from mitral.parameters.parameter import definitions, entries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

PAGE = HERE / "pages" / "physiology.md"
_HEAD = ["constant", "value", "unit", "meaning", "source", "note"]
_REFLEX = (
    *("map_set", "map_width", "lap_set", "lap_dead", "lap_width"),
    *("g_hr", "h_hr", "g_ctr", "h_ctr", "g_r", "g_v", "h_v", "hr_max"),
)
_ORIFICE = ("load_es_weight", "load_ref", "annulus_gain", "annulus_follows")
_COMPROMISE = ("low_mean", "low_systolic", "low_index", "raised_filling")
_CITED = re.compile(r"([A-Z][A-Za-z'-]+(?: and [A-Z][a-z]+)?) ((?:19|20)\d\d)\b")


def _cell(text: str) -> str:
    """A text that cannot break out of its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def _constants(found: Iterable[tuple[str, ...]]) -> str:
    """A table of constants: name, value, unit, meaning, source, note."""
    return table(_HEAD, [[f"`{row[0]}`", *map(_cell, row[1:])] for row in found])


def slow(*groups: str) -> str:
    """The constants of some groups of `laws.csv`."""
    names = ("name", "value", "unit", "meaning", "source", "note")
    found = (row for row in laws.rows().values() if row["group"] in groups)
    return _constants(tuple(row[name] for name in names) for row in found)


def of_disease(name: str, only: Iterable[str] = (), but: Iterable[str] = ()) -> str:
    """The constants of `disease/<name>.csv`, only some or all but some of them."""
    chosen = [
        r for r in rows(name).values() if r.name in (only or rows(name)) and r.name not in but
    ]
    return _constants((r.name, f"{r.value:g}", r.unit, r.meaning, r.source, r.note) for r in chosen)


def of_adult(names: Iterable[str]) -> str:
    """Parameters of the adult set."""
    found = ((definitions()[name], entries()[name]) for name in names)
    return _constants(
        (d.name, f"{e.value:.4g}", d.unit, d.meaning, e.source, e.note) for d, e in found
    )


def documented(module: ModuleType, *names: str) -> str:
    """Numbers that are constants of a module, all or some, with what its source says of them."""
    lines = []
    for node, following in pairwise(ast.parse(inspect.getsource(module)).body):
        if not isinstance(node, ast.Assign):
            continue
        said = ast.literal_eval(following.value) if isinstance(following, ast.Expr) else ""
        target = node.targets[0]
        for one in target.elts if isinstance(target, ast.Tuple) else [target]:
            name = ast.unparse(one)
            value = getattr(module, name)
            if name in names or (not names and isinstance(value, (int, float))):
                lines.append([f"`{name.lstrip('_')}`", f"{value:.4g}", _cell(str(said))])
    return table(["constant", "value", "meaning"], lines)


def effectors() -> str:
    """Delay and lag of every effector of the reflex."""
    names = ("heart rate, vagal", "heart rate, sympathetic", "contractility", "resistance", "veins")
    lines = [
        [name, f"{delay:g}", f"{tau:g}"]
        for name, delay, tau in zip(names, lag.DELAY_S, lag.LAG_S, strict=True)
    ]
    return table(["effector", "delay D (s)", "lag tau (s)"], lines)


def cutoffs() -> str:
    """The limits of states and stages."""
    return _constants(
        (c.name, f"{c.value:g}", c.unit, c.meaning, c.document, "")
        for c in criteria().cutoffs.values()
        if c.name.startswith(("state_", "stage_"))
    )


def onsets() -> str:
    """How each cause comes, and how its lesion drifts afterwards."""
    lines = [
        [
            c.name,
            f"{c.eroa_cm2:g}",
            c.course.onset,
            f"{c.course.years:g}",
            f"{c.course.progression_cm2_per_year:g}",
            c.course.progression_source,
        ]
        for c in all_causes()
    ]
    return table(["cause", "lesion cm²", "onset", "years", "drift cm²/y", "source of drift"], lines)


def sizes() -> str:
    """The size of a change that matters in each slow quantity."""
    unlike = [f"{n} {v:g}" for n, v in zip(Slow._fields, SCALE, strict=True) if v != 1.0]
    return ", ".join(unlike) + ", all others 1"


def _works(parts: dict[str, str]) -> str:
    """The works that the page names, in its text or in its tables."""
    cited = {references.key_of(" ".join(one)) for one in _CITED.findall(PAGE.read_text("utf-8"))}
    text = " ".join(parts.values())
    cited |= {key for key in references.load() if re.search(rf"\b{key}\b", text)}
    return "\n".join(f"- {line}" for line in references.cite(sorted(cited)).splitlines())


def parts() -> dict[str, str]:
    """Every part of the page."""
    found = {
        "reflex": of_adult(_REFLEX),
        "effectors": effectors(),
        "vagal": documented(lag, "VAGAL_SHARE"),
        "blunting": documented(adaptation, "_BLUNTED", "_BLUNTED_ARTERIES"),
        "lung": of_disease("lung"),
        "exercise": of_disease("exercise"),
        "symptoms": of_disease("symptoms", but=_COMPROMISE),
        "compromise": of_disease("symptoms", only=_COMPROMISE),
        "failure": documented(compromise, "LEAST_MAP_MMHG", "LEAST_OUTPUT"),
        "homeostasis": slow("homeostasis"),
        "nerves": slow("nerves"),
        "ventricle": slow("ventricle"),
        "matrix": slow("matrix"),
        "atrium": slow("atrium"),
        "pericardium": slow("pericardium"),
        "lungs": slow("lungs"),
        "orifice": slow("orifice"),
        "orifice_fast": of_adult(_ORIFICE),
        "damage": slow("damage"),
        "onsets": onsets(),
        "fibrillation": documented(fibrillation),
        "cutoffs": cutoffs(),
        "scale": sizes(),
        "steps": documented(life),
    }
    return {**found, "works": _works(found)}
