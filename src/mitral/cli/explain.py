"""`mitral explain`: what the words mean, in plain and in technical language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mitral.explain import Entry

PATIENT_FILE = (".yaml", ".yml")


@click.command(short_help="Explain the leak, a cause, a symptom, a treatment.")
@click.argument("words", nargs=-1)
@click.option("--plain", "words_as", flag_value="plain", help="Only in plain words.")
@click.option("--technical", "words_as", flag_value="technical", help="Only in technical words.")
@click.option("--list", "as_list", is_flag=True, help="List all that can be explained.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, and only that.")
@click.option(
    "--heart",
    metavar="FILE.yaml",
    help="Write the heart that shows it as a patient file, grown if it has lived with the leak.",
)
def explain(
    words: tuple[str, ...],
    words_as: str | None,
    as_list: bool,
    as_json: bool,
    heart: str | None,
) -> None:
    """Explain WORDS: the leak, a cause, risk factor, symptom, stage, severity or treatment.

    Any name will do, e.g. 'mitral insufficiency', 'floppy valve', 'short of breath', clip. Without
    WORDS: the leak itself. What stands here is no advice.
    """
    from mitral import explain as known

    if as_list and (words or heart):
        raise click.UsageError("--list tells all; leave the words and --heart out")
    found = known.library() if as_list else known.find(" ".join(words) or "condition")
    if heart is not None:
        _write_heart(found, heart)
        return
    if as_json:
        from mitral.report.plain import to_json

        click.echo(to_json({"entries": [entry.as_dict() for entry in found]}))
        return
    from mitral.report import explain as page
    from mitral.report.console import paint

    if len(found) == 1:
        text = paint(lambda console: page.entry(found[0], console, words_as or page.BOTH))
    else:
        text = paint(lambda console: page.entries(found, console))
    click.echo(text, color=True, nl=False)


def _write_heart(found: Sequence[Entry], path: str) -> None:
    """The heart of one entry as a patient file; what is given or changed is told as a command."""
    from mitral.errors import InputError
    from mitral.files import check_output, shown, write_text
    from mitral.patient.faults import build
    from mitral.patient.writer import to_yaml
    from mitral.workflow import grown

    if len(found) > 1:
        raise InputError(
            f"several entries are called so ({', '.join(e.id for e in found)}); give one"
        )
    one = found[0]
    if one.scenario is None:
        raise InputError(f"{one.id} has no heart to run: {one.no_heart}")
    target = check_output(path, PATIENT_FILE)
    if target.exists():
        raise InputError(f"{shown(target)} exists; choose another name")
    patient = build({"name": one.title, **one.scenario.get("patient", {})})
    if one.years:
        patient = grown(patient, one.years)
    lived = f", after {one.years:g} years with the leak" if one.years else ""
    write_text(target, to_yaml(patient, (f"A made-up heart: {one.title}{lived}.",)))
    more = [f" --set {name}={to}" for name, to in one.scenario.get("changes", {}).items()]
    given = [f" --with {name}" for name in one.scenario.get("treatments", ())]
    verb = "treat" if given else "simulate"
    click.echo(f"wrote {shown(target)}; try: mitral {verb} {target}{''.join((*more, *given))}")
