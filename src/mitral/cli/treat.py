"""`mitral treatments` and `mitral treat`: what can be done, and what it does at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mitral.cli.given import FIGURES, changes_of, no_reflex, patient_of, person

if TYPE_CHECKING:
    from mitral.workflow.treat import BeforeAfter


@click.command(short_help="List treatments, or tell all of one.")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, and only that.")
def treatments(name: str | None, as_json: bool) -> None:
    """List the treatments that can be simulated, with dose, unit and range, or tell all of one.

    NAME is a treatment or what people call it, e.g. repair, mitraclip, 'water tablet'.
    """
    from mitral.treatment.catalogue import all_treatments, find

    found = all_treatments() if name is None else (find(name),)
    if as_json:
        from mitral.references import cite
        from mitral.report.plain import to_json

        rows = [one.as_dict() | {"references": cite(one.sources).splitlines()} for one in found]
        click.echo(to_json({"treatments": rows}))
        return
    from mitral.report import treatments as page
    from mitral.report.console import paint

    draw = page.treatments if name is None else lambda rows, console: page.one(rows[0], console)
    click.echo(paint(lambda console: draw(found, console)), color=True, nl=False)


@click.command(short_help="Treat a patient: findings before and after.")
@person
@click.option(
    "--with",
    "treatments",
    metavar="TREATMENT[:DOSE]",
    multiple=True,
    required=True,
    help="A treatment, e.g. repair, diuretic:400mL, teer:2clips, replacement:29mm,chords=cut, "
    "nitroprusside:map=71. May be repeated; `mitral treatments` lists them.",
)
@no_reflex
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, and only that.")
@click.option(
    "--figure",
    metavar="before_after.svg|.png|.pdf",
    type=click.Path(),
    help="Draw the loops before and after with a small table.",
)
def treat(
    patient_file: str | None,
    cause: str | None,
    eroa: str | None,
    pairs: tuple[str, ...],
    treatments: tuple[str, ...],
    no_reflex: bool,
    as_json: bool,
    figure: str | None,
) -> None:
    """Treat a patient and settle the beat again: the effect of the first minutes.

    A comparison within the model, no advice. Exit code 0: both beats settled; 2: wrong usage; 3:
    unusable input; 4: a beat did not settle.
    """
    from mitral.cli.waiting import waiting
    from mitral.files import check_output, shown

    figure_path = None if figure is None else check_output(figure, FIGURES)
    changes = changes_of(pairs)
    patient = patient_of(patient_file, cause, eroa)
    with waiting():
        from mitral import workflow

        result = workflow.treat(patient, treatments, changes=changes, reflex=not no_reflex)
        if figure_path is not None:
            from mitral.report.before_after_figure import picture

            picture(result, figure_path)
        text = _text(result, as_json)
    click.echo(text, color=True, nl=as_json)
    if figure_path is not None:
        click.echo(f"wrote {shown(figure_path)}", err=True)


def _text(result: BeforeAfter, as_json: bool) -> str:
    """The result as it goes to stdout."""
    if as_json:
        from mitral.report.plain import to_json

        return to_json(result.as_dict())
    from mitral.report.before_after import page
    from mitral.report.console import paint

    return paint(lambda console: page(result, console))
