"""How a result leaves a command: as files, and as a page or JSON on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from mitral.cli.given import FIGURES, NETCDF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import Console

Paths = tuple["Path | None", "Path | None"]


class Result(Protocol):
    """What can be saved as NetCDF and told as plain values."""

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        ...

    def save(self, path: str | Path) -> None:
        """Write the NetCDF file."""
        ...


def checked(out: str | None, figure: str | None) -> Paths:
    """Where NetCDF and figure go, refused before anything is computed if they cannot."""
    from mitral.files import check_output

    return (
        None if out is None else check_output(out, NETCDF),
        None if figure is None else check_output(figure, FIGURES),
    )


R = TypeVar("R", bound=Result)


def delivered(
    result: R,
    paths: Paths,
    as_json: bool,
    page: Callable[[R, Console], None],
    picture: Callable[[R, Path], Any],
) -> str:
    """Write the files that are wanted; what goes to stdout: JSON, or the page."""
    out, figure = paths
    if out is not None:
        result.save(out)
    if figure is not None:
        picture(result, figure)
    if as_json:
        from mitral.report.plain import to_json

        return to_json(result.as_dict())
    from mitral.report.console import paint

    return paint(lambda console: page(result, console))


def told(text: str, paths: Paths, as_json: bool) -> None:
    """Print the text, and on stderr which files were written."""
    from mitral.files import shown

    click.echo(text, color=True, nl=as_json)
    for path in paths:
        if path is not None:
            click.echo(f"wrote {shown(path)}", err=True)
