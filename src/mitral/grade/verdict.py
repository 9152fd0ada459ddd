"""What one parameter says about the severity of a leak."""

from __future__ import annotations

import math
from dataclasses import dataclass

VERDICTS = ("normal", "mild", "moderate", "severe", "unknown")
"""unknown: not measurable, not given, or a finding that fits any severity; the rule says which."""


@dataclass(frozen=True)
class Verdict:
    """One parameter of the table, as found.

    `name`, `label`; `value` in `unit` (None: not measurable, or only in words); `verdict`, one of
    `VERDICTS`; `rule`, why, in words; `sign`: the name of the specific sign that this finding is
    in the document ('' if it is none).
    """

    name: str
    label: str
    value: float | str | None
    unit: str
    verdict: str
    rule: str
    sign: str = ""

    @property
    def specific(self) -> bool:
        """Whether the finding is a specific sign of its verdict."""
        return bool(self.sign)

    def as_dict(self) -> dict[str, float | str | bool | None]:
        """Ready for JSON: a number that is not finite becomes None."""
        value = self.value
        if isinstance(value, float) and not math.isfinite(value):
            value = None
        return {
            "name": self.name,
            "label": self.label,
            "value": value,
            "unit": self.unit,
            "verdict": self.verdict,
            "rule": self.rule,
            "specific": self.specific,
            "sign": self.sign,
        }
