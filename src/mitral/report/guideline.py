"""Guideline statements as a page of text: which a state meets, which lack a datum, how many not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

import mitral
from mitral.report.table import printable
from mitral.treatment.guideline import MET, NOT_MET, UNDECIDABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from mitral.treatment.guideline import Judged

_TITLES = {
    MET: "MEETS THE CONDITION OF",
    UNDECIDABLE: "UNDECIDABLE WHETHER IT MEETS THE CONDITION OF",
    NOT_MET: "DOES NOT MEET THE CONDITION OF",
}
_STYLES = {MET: "bold green", UNDECIDABLE: "bold yellow", NOT_MET: "bold"}


def page(result: mitral.Guideline, console: Console, *, everything: bool = False) -> None:
    """Print the whole page; statements that are not met only as a number unless `everything`."""
    _person(result, console)
    for status, title in _TITLES.items():
        found = result.of(status)
        console.print()
        console.print(Text(f"{title} ({len(found)})", style=_STYLES[status]))
        if status != NOT_MET or everything:
            console.print(_table(found))
        elif found:
            console.print(_dim("not listed; --all lists them"))
    console.print()
    for line in _legend(result):
        console.print(_dim(line))
    console.print(mitral.NOTICE)


def _dim(text: str) -> Text:
    return Text(text, style="dim")


def _person(result: mitral.Guideline, console: Console) -> None:
    """Who this is, how the state is known, and the stage of the leak."""
    console.print(Text(printable(result.patient.name), style="bold"))
    console.print("state: as recorded" if result.recorded else "state: as simulated")
    stage = result.stage
    if stage is None:
        console.print("stage: cannot be told")
    elif stage.letter == "none":
        console.print(f"stage: none ({stage.document})")
    else:
        console.print(f"stage: {stage.letter}, {stage.label} ({stage.document})")
    console.print(_dim(" ".join(result.stage_reasons)))


def _table(found: Sequence[Judged]) -> Table:
    """Document and class beside the statement, with its reasons and what is missing."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(max_width=16)
    table.add_column(no_wrap=True)
    table.add_column()
    for one in found:
        statement = one.statement
        text = Text(statement.text)
        if one.reasons:
            text.append(f"\n{'; '.join(one.reasons)}", style="dim")
        if one.missing:
            text.append("\nmissing: ", style="bold").append(", ".join(one.missing))
        grade = " ".join(part for part in (statement.grade, statement.level) if part)
        table.add_row(statement.document.name, grade or "-", text)
    return table


def _legend(result: mitral.Guideline) -> list[str]:
    """How to read the page, and how far it can be trusted."""
    lines = [
        "Second column: class and level of evidence as the document gives them. How severe the "
        "leak is follows ASE 2017 throughout; a document may count a secondary leak as severe "
        "earlier."
    ]
    if result.of(UNDECIDABLE):
        lines.append(
            "What is missing can be given in the patient file, under circumstances or findings "
            "(`mitral new` explains the names)."
        )
    unchecked = sum(not one.statement.checked for one in result.statements)
    lines.append(
        f"{unchecked} of {len(result.statements)} statements were not compared with the document "
        "itself. A comparison of a state with documents, no advice."
    )
    return lines
