"""`mitral causes` and `mitral risk`: what makes the valve leak, and what makes that likely."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mitral.disease.causes import Cause
    from mitral.disease.risk import RiskFactor


@click.command(short_help="List causes of the leak, or tell all of one.")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, and only that.")
def causes(name: str | None, as_json: bool) -> None:
    """List the causes of a leaking mitral valve, or tell all of one.

    NAME is a cause or what people call it, e.g. prolapse, 'floppy valve', 'heart attack'.
    """
    from mitral.disease.causes import all_causes, find

    found = all_causes() if name is None else (find(name),)
    if as_json:
        from mitral.report.plain import to_json

        click.echo(to_json({"causes": _records(found)}))
        return
    from mitral.report import causes as page
    from mitral.report.console import paint

    draw = page.causes if name is None else lambda rows, console: page.cause(rows[0], console)
    click.echo(paint(lambda console: draw(found, console)), color=True, nl=False)


@click.command(short_help="List risk factors, what can be changed, and where they lead.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, and only that.")
def risk(as_json: bool) -> None:
    """List what makes a leaking mitral valve more likely, and by which cause.

    In a population, not for one person.
    """
    from mitral.disease.risk import all_risk_factors

    found = all_risk_factors()
    if as_json:
        from mitral.report.plain import to_json

        click.echo(to_json({"risk_factors": _records(found)}))
        return
    from mitral.report.causes import risk_factors
    from mitral.report.console import paint

    click.echo(paint(lambda console: risk_factors(found, console)), color=True, nl=False)


def _records(rows: Iterable[Cause | RiskFactor]) -> list[dict[str, Any]]:
    """Every field of each entry, and its references in full; of the anatomy what was seen."""
    from mitral.references import cite

    records: list[dict[str, Any]] = [
        asdict(row) | {"references": cite(row.sources).splitlines()} for row in rows
    ]
    for record in records:
        if "anatomy" in record:
            seen = record["anatomy"].items()
            record["anatomy"] = {name: value for name, value in seen if value}
    return records
