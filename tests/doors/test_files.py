"""Output files: complete or untouched, and refused before the work when they cannot be written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mitral import InputError
from mitral.files import atomic, check_output, shown, write_text


class BrokenError(Exception):
    """Something that goes wrong in the middle of writing."""


def test_a_complete_file_takes_the_name_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "beat.nc"
    target.write_text("old")
    with atomic(target) as temporary:
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".nc"
        temporary.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("fault", [BrokenError, KeyboardInterrupt])
def test_a_broken_off_write_leaves_the_old_file_and_no_trace(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    target = tmp_path / "beat.nc"
    target.write_text("old")

    def write() -> None:
        with atomic(target) as temporary:
            temporary.write_text("half")
            raise fault

    with pytest.raises(fault):
        write()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    target = tmp_path / "beat.nc"
    with pytest.raises(InputError, match=r"cannot write .*: No space left"), atomic(target):
        Path("/dev/full").write_text("x", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_a_link_and_the_mode_is_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_text(link, "new\n")
    assert link.is_symlink()
    assert real.read_bytes() == b"new\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        write_text(tmp_path / "a.yaml", "x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.yaml").stat().st_mode) == 0o644


def test_unusable_places_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder.nc").mkdir()
    (tmp_path / "file").write_text("")
    for path, words in (
        (tmp_path / "beat.txt", "must end in .nc"),
        (tmp_path / "beat", "must end in .nc"),
        (tmp_path / "none" / "beat.nc", "none' does not exist; make it first"),
        (tmp_path / "file" / "beat.nc", "is not a folder"),
        (tmp_path / "folder.nc", "is a folder"),
        (tmp_path / f"{'x' * 400}.nc", "cannot write"),
    ):
        with pytest.raises(InputError, match=words) as caught:
            check_output(path, (".nc",))
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="no permission"):
        check_output(tmp_path / "beat.nc", (".nc",))


def test_a_folder_that_refuses_files_is_told() -> None:
    # Even the administrator cannot make a file here.
    with pytest.raises(InputError, match=r"cannot write '/proc/beat\.yaml'"):
        write_text("/proc/beat.yaml", "x")


def test_a_path_in_a_message_is_short_and_printable() -> None:
    assert shown("a\nb\x1b") == "'a?b?'"
    assert len(shown("x" * 5000)) < 200
