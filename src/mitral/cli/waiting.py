"""What a person sees while the program works: a spinner on a terminal, else one plain line."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPILING = "Compiling the heart: once after installation, about 20 s; later runs start at once"
SETTLING = "Waiting for the heart to settle"


@contextmanager
def waiting() -> Iterator[None]:
    """Say on stderr what is being waited for; silent when it is quick and nobody watches."""
    if sys.stderr is not None and sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("Loading") as status:
            status.update(SETTLING if _compiled() else COMPILING)
            yield
    else:
        if not _compiled():
            click.echo(f"{COMPILING} ...", err=True)
        yield


def _compiled() -> bool:
    from mitral import kernel

    return kernel.is_compiled()
