"""Causes and risk factors as pages of text: all in a list, or one cause whole."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

import mitral
from mitral.disease.risk import CHANGEABLE
from mitral.parameters.parameter import definitions, entries
from mitral.references import ASSUMED, cite, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, RenderableType

    from mitral.disease.causes import Cause
    from mitral.disease.risk import RiskFactor

LEAFLETS = {
    "I": "leaflets move normally",
    "II": "a leaflet overshoots",
    "IIIa": "leaflets held back, opening and closing",
    "IIIb": "leaflets held back, closing",
}
"""Carpentier's types of leaflet motion in plain words."""
MODES = {
    "fixed": "open throughout systole",
    "late_systolic": "widest late in systole",
    "functional": "made by the size of the ventricle; widest early and late",
    "mixed": "open throughout systole; narrow in diastole",
    "perforation": "a hole, open in systole and diastole",
}
"""How an orifice behaves, by mode."""
_SHORT = {"late_systolic": "late systolic", "mixed": "fixed, narrow"}
_HEADINGS = {"yes": "can be changed", "partly": "can be changed in part", "no": "cannot be changed"}
_TO_VALVE, _TO_HEART = "What it does to the valve", "What it does to the heart"
_IN_YEARS = "What years with it add"
_VALVE = ("leak", "valves")
"""Groups of parameters that belong to the valve; the rest is the heart."""
_COLUMN, _FACTOR, _ADULT = 16, 6, 26
"""Widths of the columns of a cause's changes: name, factor, numbers of the reference adult."""
_LABEL, _OTHER_COLUMNS = 50, 39
"""Widest label in the list of causes, and what the other columns take."""


def causes(found: Iterable[Cause], console: Console) -> None:
    """All causes in a table: two lines each, name and label."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    width = max(min(console.width - _OTHER_COLUMNS, _LABEL), _COLUMN)
    table.add_column("cause", width=width)
    table.add_column("type", no_wrap=True)
    table.add_column("onset", no_wrap=True)
    table.add_column("orifice", no_wrap=True)
    table.add_column("cm²", justify="right", no_wrap=True)
    for one in found:
        label = "\n".join(wrap(one.label, width, initial_indent="  ", subsequent_indent="    "))
        name = Text(one.name, style="bold cyan").append(f"\n{label}", style="not bold default")
        area = f"{one.eroa_cm2:.2f}" if one.eroa_cm2 > 0.0 else "-"
        kinds, mode = ", ".join(one.carpentier), _SHORT.get(one.mode, one.mode)
        table.add_row(name, kinds, one.onset, mode, area)
    console.print(table)
    for line in (
        "type: Carpentier's, by leaflet motion; I normal, II too far, III held back.",
        "cm²: orifice (EROA) if none is given; - the size of the ventricle makes it.",
        "`mitral causes NAME` tells all of one.",
    ):
        console.print(Text(line, style="dim"))
    _notice(console)


def cause(one: Cause, console: Console) -> None:
    """One cause whole: what it is, what it does to valve and heart, its course and its sources."""
    console.print(Text(one.name, style="bold cyan").append(f"  {one.label}", style="bold default"))
    console.print(one.description)
    _heading("In short", console)
    console.print(_facts(one))
    changes = _changes(one)
    for title in (_TO_VALVE, _TO_HEART, _IN_YEARS):
        rows = [row for where, *row in changes if where == title]
        if rows or title == _TO_HEART:
            _heading(title, console)
            console.print(_table(rows) if rows else "Nothing but the leak itself.")
    _heading("Sources", console)
    _works(one.sources, console)
    console.print("The numbers of the model are assumed where the notes do not say more.")
    _heading("Notes", console)
    console.print(_sentence(one.note))
    _notice(console)


def risk_factors(found: Sequence[RiskFactor], console: Console) -> None:
    """All risk factors, by whether they can be changed, each with the causes that it leads to."""
    for kind in CHANGEABLE:
        _heading(_HEADINGS[kind], console, first=kind == CHANGEABLE[0])
        for row in found:
            if row.changeable == kind:
                console.print(Text(row.label[0].upper() + row.label[1:], style="bold cyan"))
                leads = Text("leads to: ").append(", ".join(row.leads_to), style="bold")
                leads.append(f"  [{'; '.join(map(_short, row.sources))}]", style="dim")
                for text in (row.description, leads):
                    console.print(Padding(text, (0, 0, 0, 4)))
    _heading("Sources", console)
    _works([key for row in found for key in row.sources], console)
    _notice(console)


def _facts(one: Cause) -> Table:
    """Type, onset, orifice, course and further names."""
    orifice = MODES[one.mode]
    if one.eroa_cm2 > 0.0:
        given = f"{one.eroa_cm2:g} cm² ({100.0 * one.eroa_cm2:g} mm²) if none is given"
        orifice = f"{given}; {orifice}"
    return _columns(
        ("Carpentier type", "; ".join(f"{kind}: {LEAFLETS[kind]}" for kind in one.carpentier)),
        ("onset", f"{one.onset}, {_arrival(one)}"),
        ("orifice", orifice),
        ("later", _later(one)),
        ("also called", ", ".join(name.replace("_", " ") for name in one.synonyms)),
    )


def _arrival(one: Cause) -> str:
    """How the lesion comes in a course."""
    years = one.course.years
    if years == 0.0:
        return "from one beat to the next" if one.onset == "acute" else "there from the beginning"
    span = f"{365.25 * years / 7.0:.0f} weeks" if years < 1.0 else f"{years:g} years"
    return f"in a course within {'1 year' if years == 1.0 else span}"


def _later(one: Cause) -> str:
    """How the lesion goes on in a course."""
    drift = one.course.progression_cm2_per_year
    if drift > 0.0:
        source = _short(one.course.progression_source)
        return f"the lesion grows by {drift:g} cm² ({100.0 * drift:g} mm²) a year [{source}]"
    if one.eroa_cm2 == 0.0:
        return "the leak follows the ventricle"
    return "the lesion stays; annulus and ventricle may widen it"


def _columns(*rows: tuple[str, RenderableType]) -> Table:
    """Label and text, the text with a hanging indent."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(width=_COLUMN, no_wrap=True, style="dim")
    table.add_column()
    for row in rows:
        table.add_row(*row)
    return table


def _changes(one: Cause) -> list[tuple[str, str, str, str, str]]:
    """Each change: where it acts, parameter, factor, reference adult before and after, meaning."""
    rows, now = [], {name: entry.value for name, entry in entries().items()}
    for name, value in one.parameters.items():
        rows.append((_where(name), name, "", now[name], value))
    for name, factor in one.factors.items():
        rows.append((_where(name), name, f"x{factor:g}", now[name], now[name] * factor))
        now[name] *= factor
    for name, factor in one.established.items():
        rows.append((_IN_YEARS, name, f"x{factor:g}", now[name], now[name] * factor))
    return [
        (where, name, times, _from_to(name, *change), definitions()[name].meaning)
        for where, name, times, *change in rows
    ]


def _where(name: str) -> str:
    return _TO_VALVE if definitions()[name].group in _VALVE else _TO_HEART


def _from_to(name: str, before: float, after: float) -> str:
    """A parameter before and after, with the unit."""
    unit = definitions()[name].unit
    change = _number(before)
    change += f" to {_number(after)}" if after != before else " as in health"
    return change if unit == "1" else f"{change} {unit}"


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"


def _table(rows: Iterable[Sequence[str]]) -> Table:
    """Changes of parameters, one a row."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("", no_wrap=True, style="bold", width=_COLUMN)
    table.add_column("", justify="right", no_wrap=True, width=_FACTOR)
    table.add_column("reference adult", no_wrap=True, width=_ADULT)
    table.add_column("")
    for row in rows:
        table.add_row(*row)
    return table


def _short(source: str) -> str:
    """A source as people name it: 'Ling 1996'."""
    if source == ASSUMED:
        return source
    work = load()[source].fields
    return f"{(work.get('author') or work['editor']).split(',')[0]} {work['year']}"


def _works(keys: Iterable[str], console: Console) -> None:
    """The works in full, one after the other."""
    for work in cite(keys).splitlines():
        lines = wrap(work, console.width, subsequent_indent="    ", break_on_hyphens=False)
        console.print(Text("\n".join(lines)))


def _heading(title: str, console: Console, first: bool = False) -> None:
    console.print(Text(f"{'' if first else chr(10)}{title.upper()}", style="bold"))


def _sentence(note: str) -> str:
    """A note that begins and ends as a sentence does."""
    return f"{note[0].upper()}{note[1:].rstrip().rstrip('.')}."


def _notice(console: Console) -> None:
    console.print()
    console.print(mitral.NOTICE)
