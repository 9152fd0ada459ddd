"""`mitral explain`: what the words mean, in plain and in technical language."""

from __future__ import annotations

import click


@click.command(short_help="Explain the leak, a cause, a symptom, a treatment.")
@click.argument("words", nargs=-1)
@click.option("--plain", "words_as", flag_value="plain", help="Only in plain words.")
@click.option("--technical", "words_as", flag_value="technical", help="Only in technical words.")
@click.option("--list", "as_list", is_flag=True, help="List all that can be explained.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, and only that.")
def explain(words: tuple[str, ...], words_as: str | None, as_list: bool, as_json: bool) -> None:
    """Explain WORDS: the leak, a cause, risk factor, symptom, stage, severity or treatment.

    Any name will do, e.g. 'mitral insufficiency', 'floppy valve', 'short of breath', clip. Without
    WORDS: the leak itself. What stands here is no advice.
    """
    from mitral import explain as known

    if as_list and words:
        raise click.UsageError("--list tells all; leave the words out")
    found = known.library() if as_list else known.find(" ".join(words) or "condition")
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
