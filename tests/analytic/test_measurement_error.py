"""An examiner's errors: of the stated size, carried through to what is computed from readings."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.measure.error import errors, observe
from tests.states import acute, normal


def test_readings_scatter_by_their_standard_deviation():
    exam = acute().exam
    rng = np.random.default_rng(1)
    many = [observe(exam, rng) for _ in range(2000)]
    for name, (kind, sd) in errors().items():
        true = float(getattr(exam, name))
        got = np.array([getattr(e, name) for e in many])
        size = sd * (abs(true) if kind == "relative" else 1.0)
        # of 2000 readings the mean is known to sd/45 and the spread to 1.6 %: five times that
        assert np.mean(got) == pytest.approx(true, abs=5.0 * size / 45.0), name
        assert np.std(got) == pytest.approx(size, rel=0.08), name


def test_a_radius_read_too_large_spoils_orifice_and_volume_together():
    exam = acute().exam

    class Radius(np.random.Generator):
        """Errs by two standard deviations in the radius (0.5 mm) only."""

        def normal(self, loc: float = 0.0, scale: float = 1.0, size: None = None) -> float:  # pyright: ignore[reportIncompatibleMethodOverride]
            return 1.0 if scale == errors()["pisa_radius_mm"][1] else 0.0

    wrong = observe(exam, Radius(np.random.PCG64(0)))
    r = exam.pisa_radius_mm
    assert wrong.pisa_radius_mm == pytest.approx(r + 1.0)
    # area goes with the square of the radius
    assert wrong.eroa_pisa_cm2 / exam.eroa_pisa_cm2 == pytest.approx(((r + 1.0) / r) ** 2, rel=1e-6)
    assert wrong.lv_edv_ml == exam.lv_edv_ml


def test_no_leak_stays_no_leak():
    exam = observe(normal().exam, np.random.default_rng(3))
    assert exam.regurgitant_volume_ml == 0.0
    assert exam.eroa_cm2 == 0.0
    assert math.isnan(exam.mr_vti_cm)


def test_the_same_seed_gives_the_same_reading():
    import mitral

    beat = mitral.simulate(mitral.Patient(eroa_cm2=0.3))
    assert beat.observed(7) == beat.observed(7)
    assert beat.observed(7) != beat.observed(8)


def test_fibre_shortening_is_about_a_fifth_in_health():
    # sarcomeres from about 2.4 to 1.95 µm: ln(1.95/2.4) = -21 %
    assert -30.0 < normal().exam.fibre_strain_percent < -15.0
