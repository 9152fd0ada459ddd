"""When in systole the valve leaks, told from the orifice in its thirds and from the jet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mitral.grade.timing import when

if TYPE_CHECKING:
    from conftest import Examined

NAN = float("nan")


@pytest.mark.parametrize(
    ("thirds", "duration", "kind"),
    [
        ((0.47, 0.50, 0.50), 100, "holosystolic"),
        ((0.03, 0.34, 0.54), 100, "late"),
        ((0.08, 0.44, 0.54), 100, "late"),
        ((0.57, 0.22, 0.18), 100, "holosystolic"),
        ((0.57, 0.22, 0.10), 100, "early"),
        ((0.02, 0.30, 0.02), 100, "middle"),
        ((0.10, 0.40, 0.40), 100, "holosystolic"),
        ((0.40, 0.40, 0.10), 100, "holosystolic"),
        ((0.10, 0.40, 0.10), 100, "holosystolic"),
        ((0.0999, 0.40, 0.10), 100, "late"),
        ((0.10, 0.40, 0.0999), 100, "early"),
        ((0.0999, 0.40, 0.40), 100, "late"),
        ((0.40, 0.40, 0.40), 80, "holosystolic"),
        ((0.40, 0.40, 0.40), 79.9, "short"),
        ((0.03, 0.34, 0.54), 50, "late"),
        ((NAN, 0.34, 0.54), 100, "holosystolic"),
        ((NAN, 0.34, 0.54), 60, "short"),
        ((0.30, 0.34, 0.54), NAN, "holosystolic"),
        ((0.0, 0.0, 0.0), NAN, "unknown"),
        ((NAN, NAN, NAN), NAN, "unknown"),
    ],
)
def test_kind_of_timing(
    leaking: Examined, thirds: tuple[float, float, float], duration: float, kind: str
) -> None:
    exam = leaking(
        eroa_early_cm2=thirds[0],
        eroa_mid_cm2=thirds[1],
        eroa_late_cm2=thirds[2],
        mr_duration_percent_of_systole=duration,
    )
    found = when(exam)
    assert found.kind == kind
    assert found.partial == (kind not in ("holosystolic", "unknown"))
    assert found.holosystolic == (kind == "holosystolic")
    assert ("not holosystolic" in found.sentence) == found.partial
    assert ("not measurable" in found.sentence) == (kind == "unknown")
    assert "nan" not in found.sentence


def test_the_sentence_has_the_numbers(leaking: Examined) -> None:
    late = when(leaking(eroa_early_cm2=0.03, eroa_mid_cm2=0.34, eroa_late_cm2=0.54))
    assert "late-systolic" in late.sentence
    assert "0.03, 0.34 and 0.54 cm²" in late.sentence
    assert "60 % of systole" in when(leaking(mr_duration_percent_of_systole=60.0)).sentence
