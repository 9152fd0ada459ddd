"""`mitral course`: years of a patient with a leak."""

from __future__ import annotations

import click

from mitral.cli.delivery import checked, delivered, told
from mitral.cli.given import changes_of, onset_of_leak, patient_of, person


@click.command(short_help="Follow a leak over years.")
@person
@click.option("--years", type=float, default=15.0, show_default=True, help="Length of the course.")
@onset_of_leak
@click.option("--af", is_flag=True, help="Let a large atrium bring on atrial fibrillation.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, and only that.")
@click.option("--out", metavar="c.nc", type=click.Path(), help="Save visits and every step.")
@click.option(
    "--figure",
    metavar="c.svg|.png|.pdf",
    type=click.Path(),
    help="Draw the course and the loops of chosen visits.",
)
def course(
    patient_file: str | None,
    cause: str | None,
    eroa: str | None,
    pairs: tuple[str, ...],
    years: float,
    onset: str | None,
    onset_year: float,
    af: bool,
    as_json: bool,
    out: str | None,
    figure: str | None,
) -> None:
    """Follow a patient for years: the leak comes, the heart adapts, and may fail.

    Without a patient file: the healthy adult (man, 48 years, 178 cm, 75 kg), in whom the leak of
    --cause comes. A patient whose heart has grown goes on from there. Exit code 0: computed,
    whatever the outcome; 2: wrong usage; 3: unusable input; 4: the heart did not settle in health.
    """
    from mitral.cli.waiting import waiting

    paths = checked(out, figure)
    changes = changes_of(pairs)
    patient = patient_of(patient_file, cause, eroa)
    with waiting(years, "years") as tell:
        from mitral import workflow

        life = workflow.follow(
            patient,
            years,
            onset=onset,
            onset_year=onset_year,
            fibrillation=af,
            changes=changes,
            progress=tell,
        )
        from mitral.report.course import picture
        from mitral.report.course_table import result as page

        text = delivered(life, paths, as_json, page, picture)
    told(text, paths, as_json)
