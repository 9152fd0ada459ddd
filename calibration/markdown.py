"""Tables in Markdown, and the words for a requirement that is met or not."""

from __future__ import annotations

NO = "**NO**"
"""What stands in a table where a requirement is not met."""


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows]]
    return "\n".join(lines)


def met(value: float, low: float, high: float) -> str:
    """`yes` if a value lies from `low` to `high`, else `NO` and by how much it does not."""
    miss = max(low - value, value - high)
    return "yes" if miss <= 0.0 else f"{NO}, by {miss:.2g}"


def fulfilled(yes: bool) -> str:
    """`yes` or `NO`."""
    return "yes" if yes else NO


def missed(made: str) -> list[str]:
    """The rows of a table in which a requirement is not met, each with what its cells mean."""
    head, _, *lines = (
        [cell.strip() for cell in row[1:-1].split(" |")] for row in made.splitlines()
    )
    return [
        "; ".join(
            f"{name}: {cell}" if name else cell
            for name, cell in zip(head, row, strict=True)
            if cell
        )
        for row in lines
        if any(cell.startswith(NO) for cell in row)
    ]
