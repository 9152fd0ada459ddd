"""`mitral new`: a patient file to start from."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Write a commented patient file to start from.")
@click.argument("path", metavar="PATIENT.yaml", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def new(path: Path, force: bool) -> None:
    """Write a commented patient file: every field with its unit, range and meaning.

    It describes the healthy adult; change what you know of your case.
    """
    from mitral.files import shown
    from mitral.patient.readers.yaml import write_template

    write_template(path, overwrite=force)
    click.echo(f"wrote {shown(path)}; try: mitral simulate {path}")
