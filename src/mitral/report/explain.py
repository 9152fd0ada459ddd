"""Entries of the health library as pages of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

import mitral
from mitral.explain import KINDS, archetypes, library
from mitral.explain.library import safety
from mitral.references import cite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from mitral.explain import Entry

_WIDTH = 84
BOTH, PLAIN, TECHNICAL = "both", "plain", "technical"


def entry(one: Entry, console: Console, words: str = BOTH) -> None:
    """One entry: what it is, what else it is called, in plain and in technical words."""
    console.print(Text(one.title, style="bold"))
    console.print(Text(KINDS[one.kind].lower(), style="dim"))
    if one.also_called:
        console.print()
        _lines(console, "Also called", ", ".join(one.also_called))
    if words != TECHNICAL:
        console.print()
        _lines(console, "In plain words", one.plain)
    if words != PLAIN:
        console.print()
        _lines(console, "In technical words", one.technical)
    console.print()
    _lines(console, "See the heart", command(one) or one.no_heart)
    _lines(console, "Related", ", ".join(one.related))
    if words != PLAIN:
        _lines(console, "Sources", cite(one.sources))
    console.print()
    console.print(Text(safety(), style="dim"))
    console.print(mitral.NOTICE)


def command(one: Entry) -> str:
    """The command line that shows the heart of an entry; '' if there is none."""
    if one.scenario is None:
        return ""
    patient: dict[str, Any] = one.scenario.get("patient", {})
    given, changes = one.scenario.get("treatments", []), one.scenario.get("changes", {})
    verb = "treat" if given else "course" if one.years else "simulate"
    parts = [f"mitral {verb}"]
    parts += [f"--cause {patient['cause']}"] if "cause" in patient else []
    parts += [f"--eroa {patient['eroa_cm2']}"] if "eroa_cm2" in patient else []
    parts += [f"--set {name}={value}" for name, value in changes.items()]
    parts += [f"--with {name}" for name in given]
    parts += [f"--years {one.years:g}"] if verb == "course" else []
    return " ".join(parts)


def entries(found: Sequence[Entry], console: Console) -> None:
    """Entries in a list, by kind: what to ask for, and what it is."""
    width = min(max(len(one.id) for one in found) + 2, 34)
    for kind, heading in KINDS.items():
        rows = [one for one in found if one.kind == kind]
        if not rows:
            continue
        console.print(Text(heading, style="bold"))
        for one in rows:
            console.print(Text(f"  {one.id:<{width}}{one.title}"), soft_wrap=True)
        console.print()
    console.print("`mitral explain WORDS` tells one of them; other names for it do as well.")


def library_view() -> dict[str, Any]:
    """The whole library as plain values: for the page."""
    return {
        "kinds": KINDS,
        "entries": [one.as_dict() for one in library()],
        "archetypes": archetypes(),
        "safety": safety(),
    }


def _lines(console: Console, heading: str, text: str) -> None:
    console.print(Text(heading, style="bold"))
    width = min(_WIDTH, console.width)
    for line in text.splitlines() or [""]:
        console.print(Padding(Text(line), (0, 0, 0, 2)), width=width)
