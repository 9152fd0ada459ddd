"""Text for a terminal, or plain text when it is piped."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_WIDTH = 100
"""Columns beyond which lines become hard to follow."""


def paint(draw: Callable[[Console], None]) -> str:
    """What `draw` prints, as text: with colours if stdout is a terminal that wants them."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, MAX_WIDTH)
    with console.capture() as captured:
        draw(console)
    # Rich fills lines with spaces up to the width; copied text should not have them.
    return "\n".join(line.rstrip(" ") for line in captured.get().split("\n"))


def can_write(console: Console, text: str) -> bool:
    """Whether the encoding of the output has these characters."""
    try:
        text.encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
