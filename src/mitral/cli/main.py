"""The command `mitral`: its subcommands, and how every fault leaves it.

Exit codes: 0 fine, 2 usage, 3 input, 4 did not settle, 130 interrupted. A user's mistake is one
line on stderr that starts with `error:`. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn

import click

import mitral
from mitral.cli.causes import causes, risk
from mitral.cli.compare import compare
from mitral.cli.course import course
from mitral.cli.explain import explain
from mitral.cli.export_page import export_page
from mitral.cli.guideline import guideline
from mitral.cli.new import new
from mitral.cli.parameters import parameters
from mitral.cli.serve import serve
from mitral.cli.simulate import simulate
from mitral.cli.transient import transient
from mitral.cli.treat import treat, treatments
from mitral.errors import MitralError

if TYPE_CHECKING:
    from collections.abc import Callable

INTERRUPTED = 130
CLOSED_PIPE = 1
ENVIRONMENT = 3
"""Exit code when the machine refuses something, e.g. a full disk."""


class Commands(click.Group):
    """A group of commands that ends with a line and an exit code, never with a traceback."""

    def main(self, *args: Any, **settings: Any) -> NoReturn:
        """Run the command line and leave the process."""
        settings["standalone_mode"] = False
        sys.exit(_exit_code(lambda: super(Commands, self).main(*args, **settings)))


def _exit_code(run: Callable[[], Any]) -> int:
    """Run, and turn whatever a user can cause into a line and an exit code."""
    # A terminal or file that has no "²" gets a "?" instead of a traceback.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except MitralError as error:
        return _fault(str(error), error.exit_code)
    except BrokenPipeError:
        return _closed_pipe()
    except OSError as error:
        return _fault(f"{error.strerror or error}", ENVIRONMENT)
    return code if isinstance(code, int) else 0


def _fault(text: str, code: int) -> int:
    click.echo(f"error: {' '.join(text.split())}", err=True)
    return code


def _closed_pipe() -> int:
    """The reader (`| head`) has gone: say nothing, and keep Python from saying it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLOSED_PIPE


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    click.echo(f"mitral {mitral.__version__}")
    context.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=mitral.NOTICE,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Simulate what a leaking mitral valve does to heart, lungs and circulation."""


main.add_command(serve)
main.add_command(export_page)
main.add_command(simulate)
main.add_command(course)
main.add_command(transient)
main.add_command(treat)
main.add_command(compare)
main.add_command(treatments)
main.add_command(guideline)
main.add_command(explain)
main.add_command(causes)
main.add_command(risk)
main.add_command(parameters)
main.add_command(new)
