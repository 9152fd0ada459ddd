"""The README's example and its picture are real."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    done = subprocess.run(
        [sys.executable, "-c", code[1]], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    first, second, *visits = done.stdout.splitlines()
    assert first.startswith("none: EF")
    assert second.startswith("severe: EF")
    assert visits[0] == "day 0: normal, breathless none"
    assert any("acute" in line for line in visits)
    assert any("compensated" in line for line in visits)
    assert (tmp_path / "beat.nc").stat().st_size > 10_000
    assert "<svg" in (tmp_path / "beat.svg").read_text(encoding="utf-8")[:2000]


def test_the_files_it_names_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_two_commands_stand_as_they_are_called() -> None:
    assert "    pip install . && mitral simulate examples/flail_leaflet.yaml\n" in README
    assert "    pip install '.[test]' && pytest\n" in README
    assert "Not a medical device" in README
