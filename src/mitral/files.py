"""Writing files so that nothing is ever half-written, and saying why when one cannot be written."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mitral.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAME_SHOWN = 160
"""Longest file name repeated in a message."""


def shown(path: str | os.PathLike[str]) -> str:
    """The path as it may stand in a one-line message: quoted, printable, not endless."""
    text = "".join(c if c.isprintable() else "?" for c in os.fspath(path))
    return f"'{text}'" if len(text) <= NAME_SHOWN else f"'{text[:NAME_SHOWN]}...'"


def check_output(path: str | os.PathLike[str], suffixes: Sequence[str]) -> Path:
    """The path, if a file that ends in one of `suffixes` can be written there; else an error.

    Asked before a long computation, so that its result is not lost to a typing mistake.
    """
    target = Path(path)
    if target.suffix.lower() not in suffixes:
        raise InputError(f"{shown(path)} must end in {' or '.join(suffixes)}")
    try:
        _check_place(target)
    except OSError as error:
        raise InputError(f"cannot write {shown(path)}: {error.strerror}") from error
    return target


def _check_place(target: Path) -> None:
    folder = target.parent
    if target.is_dir():
        raise InputError(f"{shown(target)} is a folder; give the name of a file in it")
    if target.exists() and not target.is_file():
        raise InputError(f"{shown(target)} is not an ordinary file; give another name")
    if not folder.exists():
        raise InputError(
            f"cannot write {shown(target)}: the folder {shown(folder)} does not exist; "
            "make it first"
        )
    if not folder.is_dir():
        raise InputError(f"cannot write {shown(target)}: {shown(folder)} is not a folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputError(
            f"cannot write {shown(target)}: no permission to write in {shown(folder)}; "
            "choose another folder"
        )


@contextmanager
def atomic(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Hands out a temporary name beside `path`; when the block ends well, it becomes `path`.

    Whatever goes wrong in between, an existing file keeps its content and nothing is left behind.
    The temporary name keeps the suffix, from which writers know the format. A link stays a link:
    the file that it points to is replaced.
    """
    target = check_output(path, (Path(path).suffix.lower(),))
    temporary = None
    try:
        real = target.resolve()
        temporary = real.with_name(f".{real.stem[:60]}.{secrets.token_hex(6)}{real.suffix}")
        yield temporary
        if real.exists():
            shutil.copymode(real, temporary)
        temporary.replace(real)
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"cannot write {shown(path)}: {why}") from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink()


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write `text` (UTF-8, lines ending in a newline on every system) at once or not at all."""
    with atomic(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def load_yaml(text: str) -> Any:
    """Plain data from YAML text, by the compiled reader where there is one (ten times faster)."""
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
