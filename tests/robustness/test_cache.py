"""Compiled code is never older than its source, and a place to keep it is always found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import mitral
from mitral.kernel import source_fingerprint

ASK = """
import numpy as np
from mitral.circulation.loop import start_beat
from mitral.circulation.state import CONTROL, STATE
from mitral.kernel import CACHE, is_compiled
from mitral.parameters import parameter
p, y, c = parameter.load(), np.zeros(1, STATE), np.zeros(1, CONTROL)
p["eroa"], p["load_gain"], p["annulus_gain"] = 0.4, 0.0, 0.0
start_beat(p[0], y[0], c[0])
print(float(c["lesion"][0]), is_compiled(), CACHE)
"""
"""Calls a small kernel of one file that calls a law of another file."""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package that may be edited."""
    source = Path(mitral.__file__).parent
    return shutil.copytree(
        source, tmp_path / "src" / "mitral", ignore=shutil.ignore_patterns("__pycache__")
    )


def ask(package: Path, cache: Path) -> tuple[float, Path]:
    """The lesion's orifice as a fresh process computes it, and where it kept the compiled code."""
    environment = os.environ | {
        "PYTHONPATH": str(package.parent),
        "XDG_CACHE_HOME": str(cache),
        "TMPDIR": str(package.parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    value, compiled, folder = run.stdout.split()
    assert compiled == "True"
    return float(value), Path(folder)


def test_an_edited_callee_is_compiled_anew(package: Path, tmp_path: Path):
    """Numba watches only the caller's file; the fingerprint watches all of them."""
    cache = tmp_path / "cache"
    before, folder = ask(package, cache)
    assert before == pytest.approx(0.4)
    assert folder.is_relative_to(cache)
    assert ask(package, cache) == (before, folder)  # the second process finds the same code
    law = package / "circulation" / "valve.py"
    old = "return math.exp(LOAD_LIMIT"
    text = law.read_text(encoding="utf-8")
    assert text.count(old) == 1
    law.write_text(text.replace(old, "return 2.0 * math.exp(LOAD_LIMIT"), encoding="utf-8")
    after, elsewhere = ask(package, cache)
    assert after == pytest.approx(0.8)
    assert elsewhere != folder


def test_without_a_writable_cache_a_temporary_one_serves(package: Path, tmp_path: Path):
    """Nothing can be made below a plain file, not even by an administrator."""
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder", encoding="utf-8")
    value, folder = ask(package, blocked)
    assert value == pytest.approx(0.4)
    assert folder.is_relative_to(tmp_path)
    assert not folder.is_relative_to(blocked)


@pytest.mark.parametrize(
    "name",
    [
        "circulation/valve.py",
        "circulation/loop.py",
        "solver/anderson.py",
        "kernel.py",
        "units.py",
        "parameters/definitions.csv",
    ],
)
def test_whatever_machine_code_depends_on_changes_the_fingerprint(package: Path, name: str):
    before = source_fingerprint(package)
    with (package / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert source_fingerprint(package) != before


def test_a_door_does_not_change_the_fingerprint(package: Path):
    before = source_fingerprint(package)
    with (package / "cli" / "main.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert source_fingerprint(package) == before
