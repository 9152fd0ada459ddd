"""`mitral serve`: the page, in the browser of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mitral.cli.given import page_folder

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Open the page in the browser.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to answer at; 0 takes a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer at.")
@click.option(
    "--allow-remote",
    is_flag=True,
    help="Allow a --host that other machines can reach. They may then all use this server.",
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@page_folder
def serve(port: int, host: str, allow_remote: bool, no_browser: bool, folder: Path | None) -> None:
    """Show a heart that leaks, as a page in the browser of this machine.

    Nothing leaves the machine and nothing is stored. Ctrl-C ends it. Exit code 3: the port is in
    use, or the host is not this machine's.
    """
    from mitral.errors import InputError
    from mitral.web import page, server

    if not (allow_remote or server.is_loopback(host)):
        raise InputError(
            f"--host {host} can be reached from other machines, and there is no log-in; add "
            "--allow-remote if that is meant, or leave --host out"
        )
    folder = folder or page.BUILT
    listening = server.bound(host, port)
    if page.INDEX not in page.files(folder):
        click.echo(f"warning: {' '.join(page.MISSING.split())}", err=True)

    def ready(address: str) -> None:
        click.echo(f"mitral is at {address} (Ctrl-C ends it)")
        if not no_browser:
            _open(address)

    server.serve(host, listening, ready, _compiling, folder)


def _compiling() -> None:
    from mitral.cli.waiting import COMPILING

    click.echo(f"{COMPILING} ...", err=True)


def _open(address: str) -> None:
    """Open the browser; some only return when they are closed."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
