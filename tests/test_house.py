"""The house: who may import whom, what is documented, how long, and where numbers come from."""

from __future__ import annotations

import ast
import importlib
import math
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

import mitral
from mitral.parameters import parameter
from mitral.parameters.personalise import SCALING_FILE

PACKAGE = Path(mitral.__file__).parent
ROOT = Path(__file__).parent.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION, LONGEST_MODULE, MEDIAN_MODULE = 60, 400, 150


def name_of(path: Path) -> str:
    """A module's file within the package, as a test's name."""
    return str(path.relative_to(PACKAGE))


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def public(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions and classes of a module, and the public methods of those classes."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = [n for n in tree.body if isinstance(n, kinds) and not n.name.startswith("_")]
    for node in list(found):
        if isinstance(node, ast.ClassDef):
            found += [n for n in node.body if isinstance(n, kinds) and not n.name.startswith("_")]
    return found


def in_order(names: list[str]) -> list[str]:
    """Names as ruff sorts them: constants, then classes, then the rest."""
    return sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


def test_imports_flow_one_way():
    """The contracts of pyproject.toml: layers, and who may not see whom."""
    pytest.importorskip("importlinter", reason="import-linter is in the extra 'lint'")
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command is not None
    run = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_public_name_is_documented_and_annotated(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kernels = path.parent.name in ("circulation", "solver")
    for node in public(tree):
        assert ast.get_docstring(node), f"{node.name} has no docstring"
        if isinstance(node, ast.ClassDef) or (kernels and decorated_as_kernel(node)):
            continue  # a kernel's types are the machine's affair; its docstring gives the units
        assert node.returns is not None, f"{node.name} does not say what it returns"
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        bare = [a.arg for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]
        assert not bare, f"{node.name}: {bare} are not annotated"


def decorated_as_kernel(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is compiled."""
    return any(isinstance(d, ast.Name) and d.id.endswith("kernel") for d in node.decorator_list)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_readable(path: Path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for function in functions(ast.parse(text)):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if function.name == "rate_of_change" or function.name == "settle":
            continue  # one equation a line: the loop and the search for rest are read in one piece
        assert lines <= LONGEST_FUNCTION, f"{function.name} has {lines} lines"


def test_the_median_module_is_short():
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES]
    assert statistics.median(length for length in lengths if length > 1) <= MEDIAN_MODULE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_assert_no_bare_exception_and_a_sorted_all(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert), f"line {node.lineno}: assert vanishes under -O"
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            assert caught not in ("", "Exception", "BaseException"), f"line {node.lineno}"
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names = ast.literal_eval(node.value)
            assert names == in_order(names)


def test_the_public_names_exist():
    assert mitral.__all__ == in_order(mitral.__all__)
    for name in mitral.__all__:
        assert getattr(mitral, name) is not None
    assert set(mitral.__all__) <= set(dir(mitral))
    with pytest.raises(AttributeError, match="leaflet"):
        _ = mitral.leaflet  # pyright: ignore[reportAttributeAccessIssue]


def test_importing_the_package_costs_nothing():
    """Heavy things are loaded when first used."""
    heavy = ("numba", "pydantic", "matplotlib", "xarray", "scipy", "numpy", "rich", "click")
    code = f"import sys, mitral; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.strip() == "[]"


def bibliography() -> set[str]:
    """The keys of references.bib."""
    text = (PACKAGE / "references.bib").read_text(encoding="utf-8")
    return set(re.findall(r"^@\w+\{([^,\s]+)\s*,", text, re.MULTILINE))


def test_every_parameter_is_defined_in_range_and_sourced():
    defined, rows = parameter.definitions(), parameter.entries("adult")
    assert rows.keys() == defined.keys()
    keys = bibliography()
    for name, row in rows.items():
        one = defined[name]
        assert one.low < one.high, name
        assert one.low <= row.value <= one.high, name
        assert math.isfinite(row.value), name
        assert one.meaning, name
        assert one.unit, name
        unknown = {s.strip() for s in row.source.split(";")} - keys - {"assumed"}
        assert not unknown, f"{name}: {unknown} are not in references.bib"


def test_the_scaling_of_bodies_is_sourced():
    keys = bibliography()
    lines = SCALING_FILE.read_text(encoding="utf-8").splitlines()
    header = lines[0].split(",")
    for line in lines[1:]:
        row = dict(zip(header, line.split(","), strict=False))
        unknown = {s.strip() for s in row["source"].split(";")} - keys - {"assumed"}
        assert not unknown, f"{row['name']}: {unknown} are not in references.bib"


def test_every_module_can_be_imported_by_itself():
    for path in MODULES:
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if parts[-1] != "__main__":
            importlib.import_module(".".join(part for part in parts if part != "__init__"))
