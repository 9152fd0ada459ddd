"""Entries of the health library as pages of text: one whole, or several in a list."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

import mitral
from mitral.explain import KINDS, archetypes, library
from mitral.explain.library import safety
from mitral.references import ASSUMED, cite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from mitral.explain import Entry

BOTH, PLAIN, TECHNICAL = "both", "plain", "technical"
HEART_FILE = "heart.yaml"
"""The file that a heart is written to where options of a command cannot describe it."""
_SINGLE = {
    "cause": "cause",
    "risk": "risk factor",
    "symptom": "symptom",
    "state": "state of the heart",
    "stage": "stage",
    "severity": "severity",
    "treatment": "treatment",
}
_WIDTH, _ID = 84, 31
"""Widest line of a text, and width of the column of ids."""
_BY_OPTION = {"cause": "--cause", "eroa_cm2": "--eroa"}
"""What of a patient a command takes without a file."""


def entry(one: Entry, console: Console, words: str = BOTH) -> None:
    """One entry: what it is, what else it is called, in plain and in technical words."""
    kind = _SINGLE.get(one.kind, "")
    console.print(Text(_capital(one.title), style="bold cyan").append(f"  {kind}", style="dim"))
    if one.also_called:
        also = f"Also called {', '.join(one.also_called)}."
        _paragraph(also, console, "dim")
    if words != TECHNICAL:
        _heading("In plain words", console)
        _paragraph(one.plain, console)
    if words != PLAIN:
        _heading("In technical words", console)
        _paragraph(one.technical, console)
    _heading("See it beat", console)
    for line in commands(one):
        console.print(Text(f"    {line}", style="bold"), soft_wrap=True)
    if one.scenario is None:
        _paragraph(f"No heart to run: {one.no_heart}.", console)
    _heading("Related", console)
    _list([other for other in library() if other.id in one.related], console)
    if words != PLAIN:
        _heading("Sources", console)
        _works(one.sources, console)
    console.print()
    _paragraph(safety(), console, "dim")
    console.print(mitral.NOTICE)


def commands(one: Entry) -> list[str]:
    """The command lines that show the heart of an entry; none if there is no heart."""
    if one.scenario is None:
        return []
    given = [f" --with {name}" for name in one.scenario.get("treatments", ())]
    changed = [f" --set {name}={to}" for name, to in one.scenario.get("changes", {}).items()]
    patient: dict[str, Any] = one.scenario.get("patient", {})
    options = "".join(f" {_BY_OPTION[key]} {patient[key]}" for key in patient if key in _BY_OPTION)
    verb, more = ("treat" if given else "simulate"), "".join((*changed, *given))
    if patient.keys() <= _BY_OPTION.keys() and not (one.years and (given or changed)):
        if one.years:
            return [f"mitral course{options} --years {one.years:g}"]
        return [f"mitral {verb}{options}{more}"]
    written = f"mitral explain {one.id} --heart {HEART_FILE}"
    return [written, f"mitral {verb} {HEART_FILE}{more}"]


def entries(found: Sequence[Entry], console: Console) -> None:
    """Entries in a list, by kind: what to ask for, and what it is."""
    for kind, heading in KINDS.items():
        rows = [one for one in found if one.kind == kind]
        if rows:
            console.print(Text(heading.upper(), style="bold"))
            _list(rows, console)
            console.print()
    console.print(
        "`mitral explain WORDS` tells one of them; any other name for it will do as well."
    )
    console.print(mitral.NOTICE)


def library_view() -> dict[str, Any]:
    """The whole library as plain values: for the page."""
    return {
        "kinds": KINDS,
        "entries": [one.as_dict() for one in library()],
        "archetypes": archetypes(),
        "safety": safety(),
    }


def _list(rows: Iterable[Entry], console: Console) -> None:
    """Ids and titles, the titles with a hanging indent."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(width=_ID, no_wrap=True, style="cyan")
    table.add_column()
    for one in rows:
        table.add_row(one.id, one.title)
    console.print(table)


def _works(keys: Sequence[str], console: Console) -> None:
    """The works in full; what is assumed is said to be."""
    for work in cite(keys).splitlines():
        lines = wrap(work, console.width, subsequent_indent="    ", break_on_hyphens=False)
        console.print(Text("\n".join(lines)))
    if ASSUMED in keys:
        part = "Part" if len(keys) > 1 else "All"
        console.print(f"{part} of this is assumed: no publication gives it.")


def _paragraph(text: str, console: Console, style: str = "") -> None:
    width = min(_WIDTH, console.width)
    console.print(Padding(Text(text, style=style), 0, expand=False), width=width)


def _heading(title: str, console: Console) -> None:
    console.print(Text(f"\n{title.upper()}", style="bold"))


def _capital(title: str) -> str:
    return title[0].upper() + title[1:]
