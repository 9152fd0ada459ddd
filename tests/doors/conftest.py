"""What the tests of the doors share: running the real command, and one real settled beat."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import mitral

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `mitral` with these arguments in a process of its own."""

    def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mitral", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
        )

    return command


@pytest.fixture(scope="session")
def leaking_beat() -> mitral.SettledBeat:
    """A settled beat of a man with a severe leak, of whom something was recorded."""
    return mitral.simulate(
        mitral.Patient(
            name="A leak",
            eroa_cm2=0.4,
            findings=mitral.Findings(lv_edv_ml=171.0, la_v_wave_mmhg=37.0),
        )
    )


@pytest.fixture(scope="session")
def healthy_beat() -> mitral.SettledBeat:
    """A settled beat of the healthy adult."""
    return mitral.simulate()
