"""Every error that a user can cause: what, how much, which unit, what is allowed, what to do.

Exit codes of the command: 0 fine, 2 usage, 3 input, 4 did not settle.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class MitralError(Exception):
    """A fault that the user can mend; its text is one line that says how."""

    exit_code = 3


class InputError(MitralError):
    """A value, name or file that cannot be used as given."""


class NotSettledError(MitralError):
    """The beat did not become periodic; `beat` holds the last one for inspection."""

    exit_code = 4

    def __init__(self, message: str, beat: object = None) -> None:
        super().__init__(message)
        self.beat = beat


def unknown_name(kind: str, name: str, known: Iterable[str]) -> InputError:
    """An `InputError` for a name that does not exist, offering the nearest that does."""
    names = sorted(known)
    near = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(names)}"
    return InputError(f"{kind} '{name}' is unknown; {hint}")


def out_of_range(name: str, value: float, unit: str, low: float, high: float) -> InputError:
    """An `InputError` for a number outside its range, with a guess at a wrong unit scale."""
    hint = ""
    for factor, what in ((0.01, "100 times too large"), (0.1, "10 times too large")):
        if low <= value * factor <= high and value > high:
            hint = f"; did you mean {value * factor:g}"
            hint += f" ({value:g} mm²)?" if unit == "cm²" and factor == 0.01 else f" ({what})?"
            break
    return InputError(f"{name} is {value:g} {unit}, outside {low:g} to {high:g} {unit}{hint}")
