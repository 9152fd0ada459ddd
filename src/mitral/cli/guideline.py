"""`mitral guideline`: which guideline statements a patient meets."""

from __future__ import annotations

import click

from mitral.cli.given import changes_of, patient_of, person


@click.command(short_help="List the guideline statements that a patient meets.")
@person
@click.option("--recorded", is_flag=True, help="Judge what was recorded, not what is simulated.")
@click.option("--all", "everything", is_flag=True, help="List statements that are not met, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, and only that.")
def guideline(
    patient_file: str | None,
    cause: str | None,
    eroa: str | None,
    pairs: tuple[str, ...],
    recorded: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """List the guideline statements whose condition a patient meets, never advice.

    What a simulation cannot know (surgical risk, therapy, ...) is read from `circumstances` in the
    patient file; without it statements stay undecidable. Exit code 0: judged; 2: wrong usage; 3:
    unusable input; 4: the beat did not settle.
    """
    from mitral.cli.waiting import waiting

    changes = changes_of(pairs)
    patient = patient_of(patient_file, cause, eroa)
    with waiting():
        from mitral import workflow

        result = workflow.guideline(patient, changes=changes, recorded=recorded)
    if as_json:
        from mitral.report.plain import to_json

        click.echo(to_json(result.as_dict()))
        return
    from mitral.report.console import paint
    from mitral.report.guideline import page

    text = paint(lambda console: page(result, console, everything=everything))
    click.echo(text, color=True, nl=False)
