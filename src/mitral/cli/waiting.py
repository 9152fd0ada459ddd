"""What a person sees while the program works: a spinner or bar on a terminal, else a line."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMPILING = "Compiling the heart: once after installation, about 20 s; later runs start at once"
SETTLING = "Simulating"


@contextmanager
def waiting(total: float | None = None, unit: str = "") -> Iterator[Callable[[float], None]]:
    """Say on stderr what is being waited for; silent when it is quick and nobody watches.

    Yields what is to be told how much of `total` (in `unit`) is done, which moves a bar.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        if not _compiled():
            click.echo(f"{COMPILING} ...", err=True)
        yield lambda _done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    bar = [BarColumn(), TextColumn("{task.completed:.1f} of {task.total:g} {task.fields[unit]}")]
    columns = (SpinnerColumn(), TextColumn("{task.description}"), *(bar if total else ()))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        words = SETTLING if _compiled() else COMPILING
        task = progress.add_task(words, total=total, unit=unit)
        yield lambda done: progress.update(task, completed=done)


def _compiled() -> bool:
    from mitral import kernel

    return kernel.is_compiled()
