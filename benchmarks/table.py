"""A table that reads well in a terminal and goes into a JSON file."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


def written(value: Any) -> str:
    """A cell: four significant digits for numbers, `-` for nothing."""
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@dataclass
class Table:
    """`title`, `rows` of cells by column (units in the names), and `notes` below."""

    title: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, **cells: Any) -> None:
        """One row. In the names of columns `_` stands for a blank and `percent` for %."""
        self.rows.append(
            {n.replace("_", " ").replace("percent", "%"): cell for n, cell in cells.items()}
        )

    def __str__(self) -> str:
        """Words to the left, numbers to the right, a rule above and below."""
        columns = list(dict.fromkeys(column for row in self.rows for column in row))
        lines = [""] * (len(self.rows) + 1)
        for column in columns:
            cells = [column, *(written(row.get(column)) for row in self.rows)]
            width = max(map(len, cells))
            words = any(isinstance(row.get(column), str) for row in self.rows)
            for i, cell in enumerate(cells):
                lines[i] += (cell.ljust(width) if words else cell.rjust(width)) + "  "
        lines = [line.rstrip() for line in lines]
        rule = "-" * max(map(len, lines))
        return "\n".join([self.title, rule, lines[0], rule, *lines[1:], rule, *self.notes, ""])

    def as_dict(self) -> dict[str, Any]:
        """The table as plain data."""
        return asdict(self)
