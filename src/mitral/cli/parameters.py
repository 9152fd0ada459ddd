"""`mitral parameters`: what can be changed, from where the values come, and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from mitral.parameters.parameter import Definition, Entry


@click.command(short_help="List parameters: value, unit, range, meaning.")
@click.argument("names", metavar="[NAME ...]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def parameters(names: tuple[str, ...], as_json: bool) -> None:
    """List parameters: value, unit, allowed range, meaning and source.

    NAME is a parameter or a group (e.g. leak, valves, reflex); without one, all are listed. The
    values are those of the reference adult: man, 48 years, 178 cm, 75 kg, healthy.
    """
    from mitral.parameters import parameter

    rows = [(d, parameter.entries()[d.name]) for d in _chosen(names)]
    if as_json:
        from mitral.report.plain import to_json

        click.echo(to_json([_record(*row) for row in rows]))
    else:
        from mitral.report.console import paint

        click.echo(paint(lambda console: _table(rows, console)), color=True, nl=False)


def _chosen(names: tuple[str, ...]) -> list[Definition]:
    """The definitions with these names or of these groups, in the order of the set."""
    from mitral.errors import unknown_name
    from mitral.parameters import parameter

    known = parameter.definitions()
    groups = {definition.group for definition in known.values()}
    for name in names:
        if name not in known and name not in groups:
            raise unknown_name("parameter", name, known.keys() | groups)
    return [d for d in known.values() if not names or d.name in names or d.group in names]


def _record(definition: Definition, entry: Entry) -> dict[str, object]:
    """One parameter with every column."""
    return {
        "name": definition.name,
        "group": definition.group,
        "value": entry.value,
        "unit": definition.unit,
        "low": definition.low,
        "high": definition.high,
        "meaning": definition.meaning,
        "source": entry.source,
        "note": entry.note,
    }


def _table(rows: Iterable[tuple[Definition, Entry]], console: Console) -> None:
    """Two lines a parameter: the numbers, then the meaning and the source."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text("Name, value and unit in the healthy reference adult, allowed range;"))
    console.print(Text("below it the meaning and the [source: note]."))
    group = ""
    for definition, entry in rows:
        if definition.group != group:
            group = definition.group
            console.print(Text(f"\n{group.upper()}", style="bold"))
        unit = "" if definition.unit == "1" else definition.unit
        line = Text(f"{definition.name:<18}", style="bold cyan")
        line.append(f"{entry.value:>10g} {unit:<14}", style="not bold default")
        line.append(f"{definition.low:g} to {definition.high:g}", style="not bold default")
        console.print(line)
        source = f"{entry.source}: {entry.note}" if entry.note else entry.source
        meaning = Text(definition.meaning).append(f"  [{source}]", style="dim")
        console.print(Padding(meaning, (0, 0, 0, 4)))
