"""What a look at the valve tells after treatment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mitral.measure.anatomy import Anatomy
    from mitral.treatment.prescription import Prescription


def anatomy_after(now: Anatomy, given: Sequence[Prescription]) -> Anatomy:
    """The valve after treatments: an operated valve is another one, a clipped one stays narrow."""
    for one in given:
        left = one.treatment.anatomy
        if left is not None:
            still_narrow = now.stenotic and one.treatment.kind == "device"
            now = replace(left, female=now.female, stenotic=still_narrow)
    return now
