"""`python -m mitral` is the same as the command `mitral`."""

from __future__ import annotations

from mitral.cli.main import main

main(prog_name="mitral")
