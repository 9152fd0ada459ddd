"""`mitral export-page`: the page with hearts inside, as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mitral.cli.given import page_folder

if TYPE_CHECKING:
    from pathlib import Path


@click.command("export-page", short_help="Write the page with hearts inside, as one file.")
@click.argument("out", metavar="OUT.html", type=click.Path())
@click.argument("patient_files", metavar="[PATIENT.yaml ...]", nargs=-1, type=click.Path())
@click.option(
    "--years",
    type=click.FloatRange(0, 40, min_open=True),
    default=15.0,
    show_default=True,
    help="Length of the courses that are kept.",
)
@page_folder
def export_page(
    out: str, patient_files: tuple[str, ...], years: float, folder: Path | None
) -> None:
    """Write the page with hearts inside, as one file that opens from disk without a network.

    Every heart is kept with any hole, and with its years if it leaks; lessons and library are in
    it, too. Without PATIENT.yaml: ten hearts, from a torn chord to a healthy one. Names, titles
    and recorded findings of a patient file are left out. Exit code 3: unusable input; 4: the heart
    of a patient did not settle.
    """
    from mitral.cli.waiting import waiting
    from mitral.files import check_output, shown, write_text
    from mitral.patient.readers.yaml import read

    target = check_output(out, (".html",))
    patients = [read(path) for path in patient_files]
    with waiting(100, "%") as tell:
        from mitral.web import kept, one_file, page

        one_file.check(folder or page.BUILT)
        hearts = kept.numbered(patients) if patients else kept.usual()
        held = kept.kept(hearts, years, lambda share: tell(100.0 * share))
        text = one_file.html(held, folder or page.BUILT)
    write_text(target, text)
    click.echo(f"wrote {shown(target)} ({len(text) / 1e6:.1f} MB, {len(hearts)} hearts)", err=True)
