"""The one decorator that compiles a function, and where the compiled code is cached.

Numba's cache watches only the file of the cached function, not the files of the functions it
calls: an edited valve law would silently keep its old machine code. So the cache lies in a
directory named by a hash of every source of the package and of the compiler's version.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import llvmlite
import numba
from numba.core import config

if TYPE_CHECKING:
    from collections.abc import Callable

FASTMATH = {"contract", "arcp", "nsz", "reassoc"}
"""Allows fused and reordered arithmetic, but keeps NaN and infinity what they are."""

_OPTIONS = {"cache": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""Nobody asks for C pointers to these functions, and their wrappers take a tenth of compiling."""

_ROOMS = ("circulation", "solver")
"""The folders whose functions are compiled."""


def source_fingerprint(package: Path) -> str:
    """SHA-256 over the sources that are compiled and the versions that compile them."""
    digest = hashlib.sha256(f"{sys.version} {numba.__version__} {llvmlite.__version__}".encode())
    for path in sorted(p for room in _ROOMS for p in (package / room).glob("*.py")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    for path in ("kernel.py", "units.py", "parameters/definitions.csv"):
        digest.update((package / path).read_bytes())
    return digest.hexdigest()[:16]


def cache_directory() -> Path:
    """Where compiled code is kept: the user's cache, or a temporary folder if that is read-only."""
    name = source_fingerprint(Path(__file__).parent)
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for root in (base / "mitral", Path(tempfile.gettempdir()) / f"mitral-{os.getuid()}"):
        folder = root / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="mitral-"))


CACHE = cache_directory()
config.CACHE_DIR = str(CACHE)  # pyright: ignore[reportAttributeAccessIssue]


def is_compiled() -> bool:
    """Whether an earlier process has already compiled this very source."""
    return any(CACHE.rglob("*.nbc"))


def kernel(function: Callable[..., Any]) -> Any:
    """Compile `function` to machine code at its first call, and cache it."""
    return numba.njit(fastmath=FASTMATH, **_OPTIONS)(function)


def exact_kernel(function: Callable[..., Any]) -> Any:
    """As `kernel`, without reordered arithmetic: for guards and for bit arithmetic.

    A function without its own setting would inherit `fastmath` from its first caller.
    """
    return numba.njit(fastmath=False, **_OPTIONS)(function)
