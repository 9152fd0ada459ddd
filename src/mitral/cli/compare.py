"""`mitral compare`: the same patient with each treatment, now and years later."""

from __future__ import annotations

import click

from mitral.cli.delivery import checked, delivered, told
from mitral.cli.given import changes_of, onset_of_leak, patient_of, person

_ALL = 100.0


@click.command(short_help="Compare treatments over years in the same heart.")
@person
@click.option(
    "--with",
    "arms",
    metavar="TREATMENT[:DOSE][+...]",
    multiple=True,
    required=True,
    help="An arm, e.g. none, teer:2clips, 'repair+diuretic:400mL'. Repeat it for each arm; "
    "`mitral treatments` lists them.",
)
@click.option("--years", type=float, default=5.0, show_default=True, help="After treatment.")
@click.option(
    "--at",
    "at",
    metavar="YEAR",
    type=float,
    multiple=True,
    help="Year of treatment; left out: a year after the leak is complete, at once in a grown "
    "heart. Repeat it to see what waiting costs.",
)
@onset_of_leak
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, and only that.")
@click.option("--out", metavar="arms.nc", type=click.Path(), help="Save arms, visits, every step.")
@click.option(
    "--figure",
    metavar="c.svg|.png|.pdf",
    type=click.Path(),
    help="Draw all arms over the years and their loops at the end.",
)
def compare(
    patient_file: str | None,
    cause: str | None,
    eroa: str | None,
    pairs: tuple[str, ...],
    arms: tuple[str, ...],
    years: float,
    at: tuple[float, ...],
    onset: str | None,
    onset_year: float,
    as_json: bool,
    out: str | None,
    figure: str | None,
) -> None:
    """Follow the same patient with each treatment and compare what is found at the end.

    A comparison within the model, no advice. Exit code 0: computed, whatever the outcome of an arm;
    2: wrong usage; 3: unusable input, treatment before the disease; 4: the heart did not settle.
    """
    from mitral.cli.waiting import waiting

    paths = checked(out, figure)
    changes = changes_of(pairs)
    patient = patient_of(patient_file, cause, eroa)
    with waiting(_ALL, "%") as tell:
        from mitral import workflow

        result = workflow.compare(
            patient,
            arms,
            years,
            at=at or None,
            onset=onset,
            onset_year=onset_year,
            changes=changes,
            progress=lambda share: tell(_ALL * share),
        )
        from mitral.report.comparison import page
        from mitral.report.comparison_figure import picture

        text = delivered(result, paths, as_json, page, picture)
    told(text, paths, as_json)
