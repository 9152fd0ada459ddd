"""Treatments as pages of text: all in a list, or one whole."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

import mitral
from mitral.course import laws
from mitral.parameters.parameter import definitions
from mitral.references import cite
from mitral.treatment.change import FORWARD_AREA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, RenderableType

    from mitral.treatment.catalogue import Change, Dose, Treatment

_COLUMN = 16
_WORDS = {
    "times_exp": "x exp({0:g} dose)",
    "times_exp_above": "x exp({0:g} (dose - {1:g})), from dose {1:g} on",
    "times": "x (1 {0:+g} dose)",
    "times_dose": "x dose",
    "factor": "x {0:g}",
    "saturate": "x (1 {0:+g} dose/(dose + {1:g}))",
    "add": "{0:+g} dose",
    "at_most_square": "at most {0:g} (dose/{1:g})²",
    "as_in_health": "as in health",
}
"""The laws of `mitral.treatment.change` with their coefficients put in."""


def treatments(found: Iterable[Treatment], console: Console) -> None:
    """All treatments in a table: name and label, kind, dose and range."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("treatment", "kind", "dose", "range", "usual"):
        table.add_column(name, no_wrap=name != "treatment")
    for one in found:
        name = Text(one.name, style="bold cyan").append(f"\n  {one.label}", "not bold default")
        doses = one.doses
        columns = ("\n".join(map(write, doses)) for write in (lambda d: d.name, _range, _usual))
        table.add_row(name, one.kind, *columns)
    console.print(table)
    for line in (
        "Written as repair, diuretic:400mL, teer:2clips, replacement:29mm,chords=cut;",
        "a dose by what it should reach: nitroprusside:map=71.",
        "`mitral treatments NAME` tells all of one.",
    ):
        console.print(Text(line, style="dim"))
    console.print()
    console.print(mitral.NOTICE)


def one(treatment: Treatment, console: Console) -> None:
    """One treatment whole: what it is, doses, what it changes, what it leaves out, sources."""
    title = Text(treatment.name, style="bold cyan")
    console.print(title.append(f"  {treatment.label}", style="bold default"))
    console.print(treatment.description)
    if treatment.doses:
        _heading("Doses", console)
        console.print(_columns(*((d.name, _dose(d)) for d in treatment.doses)))
    _heading("What it changes", console)
    rows = [(c.parameter, _change(c)) for c in treatment.changes]
    rows += [
        (f"reflex: {limb}", f"{100.0 * share:.0f} % held by the drug, which the reflex cannot undo")
        for limb, share in (("arterioles", treatment.held_r), ("veins", treatment.held_v))
        if share
    ]
    rows += [
        (name, f"x {factor:g}: {laws.rows()[name]['meaning']} (over days to years)")
        for name, factor in treatment.laws.items()
    ]
    console.print(_columns(*rows) if rows else "Nothing.")
    if treatment.cautions:
        _heading("Warns", console)
        for caution in treatment.cautions:
            side = f"< {caution.below:g}" if caution.below > 0.0 else f"> {caution.above:g}"
            console.print(f"{caution.of} {side}: {caution.text} [{caution.source}]")
    _heading("Leaves out", console)
    console.print(f"{treatment.leaves_out}.")
    _heading("Sources", console)
    for work in cite(treatment.sources).splitlines():
        lines = wrap(work, console.width, subsequent_indent="    ", break_on_hyphens=False)
        console.print(Text("\n".join(lines)))
    console.print("The numbers of the model are assumed where the note does not say more.")
    if treatment.note:
        console.print(f"Note: {treatment.note}.")
    console.print()
    console.print(mitral.NOTICE)


def _change(step: Change) -> str:
    if step.law == "set":
        constant, *slope = step.by
        text = f"{constant:g}" if not slope else f"{constant:g} + {slope[0]:g} dose"
        text = "the dose" if step.by == (0.0, 1.0) else text
        text = f"becomes {text}"
    else:
        text = _WORDS[step.law].format(*step.by)
    text = text.replace("dose", step.dose or "dose")
    known = definitions().get(step.parameter)
    area = "area of the open mitral valve, fixed from then on"
    meaning = area if step.parameter == FORWARD_AREA else known.meaning if known else ""
    return f"{text}: {meaning}"


def _range(dose: Dose) -> str:
    if dose.choices:
        return " or ".join(dose.choices)
    return f"{dose.low:g} to {dose.high:g} {'' if dose.unit == '1' else dose.unit}".rstrip()


def _usual(dose: Dose) -> str:
    if dose.choices:
        return next(word for word, value in dose.choices.items() if value == dose.usual)
    return "-" if dose.usual is None else f"{dose.usual:g}"


def _dose(dose: Dose) -> str:
    return f"{_range(dose)}, usually {_usual(dose)}: {dose.meaning}"


def _columns(*rows: tuple[str, RenderableType]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(width=_COLUMN + 4, no_wrap=True, style="dim")
    table.add_column()
    for row in rows:
        table.add_row(*row)
    return table


def _heading(title: str, console: Console) -> None:
    console.print(Text(f"\n{title.upper()}", style="bold"))
