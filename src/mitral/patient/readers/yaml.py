"""Reads a patient from a YAML file, and writes a commented template of one.

Only plain names and values: no anchors, no tags, no more than three levels. A number is what it
looks like (`060` is sixty, `1:30` is not a number), unlike in older YAML.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from mitral import files
from mitral.errors import InputError
from mitral.patient import faults

if TYPE_CHECKING:
    import os

    from mitral.patient.record import Patient

MAX_BYTES = 1_000_000
"""Largest patient file; a real one has about 3000 bytes."""
MAX_DEPTH = 4
"""Deepest nesting; a patient file has two levels."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def read(path: str | os.PathLike[str]) -> Patient:
    """The patient described in a YAML file; an `InputError` of one line for every fault."""
    name = f"patient file {files.shown(path)}"
    return read_bytes(_bytes(Path(path), name), name)


def read_bytes(data: bytes, name: str) -> Patient:
    """The patient described in the content of a file; `name` of the file in messages."""
    values, lines = parse(_decode(data, name), name)

    def place(location: faults.Location) -> str:
        while location and location not in lines:
            location = location[:-1]
        return f"{name}, line {lines[location]}: " if location else f"{name}: "

    return faults.build(values, place)


def write_template(path: str | os.PathLike[str], *, overwrite: bool = False) -> None:
    """Write a commented template of a healthy adult; an existing file only if `overwrite`."""
    from mitral.patient.template import template

    target = files.check_output(path, (".yaml", ".yml"))
    if target.exists() and not overwrite:
        raise InputError(f"{files.shown(path)} exists; choose another name or add --force")
    files.write_text(target, template())


def _bytes(path: Path, name: str) -> bytes:
    """The content; refuses what is too large before reading it."""
    try:
        if path.is_dir():
            raise InputError(f"{name} is a folder; give the name of a file in it")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(name, size)
        with path.open("rb") as file:
            # A pipe or a device tells no size: read no more than is allowed.
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(
            f"{name} does not exist; `mitral new {path.name or 'PATIENT.yaml'}` writes a template"
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a file name"
        raise InputError(f"{name} cannot be read: {why}") from error
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    return data


def _too_large(name: str, size: int) -> InputError:
    return InputError(
        f"{name} has {size / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:g} MB allowed; "
        "is it a patient file?"
    )


def _decode(data: bytes, name: str) -> str:
    """UTF-8 text without byte-order mark."""
    if not data.strip():
        raise InputError(f"{name} is empty; `mitral new` writes a template")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name}, line {line}: not text in UTF-8 (byte 0x{data[error.start]:02x}); "
            "save it as a plain UTF-8 text file"
        ) from error


def parse(text: str, name: str) -> tuple[dict[str, Any], dict[faults.Location, int]]:
    """Values by field name, and the line (from 1) on which each stands."""
    try:
        _refuse_tricks(text, name)
        top = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise InputError(f"{name}{_position(error)}: {_problem(error)}") from error
    except yaml.reader.ReaderError as error:
        raise InputError(
            f"{name}: the character U+{error.character:04X} is not allowed in a text file; "
            "is it a patient file?"
            if isinstance(error.character, int)
            else f"{name}: not a text file"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"{name}: not a text file in YAML") from error
    if top is None:
        raise InputError(f"{name} holds nothing but comments; `mitral new` writes a template")
    if not isinstance(top, yaml.MappingNode):
        raise InputError(
            f"{name} must hold lines of the form 'name: value', e.g. 'age_years: 48'; "
            "`mitral new` writes a template"
        )
    lines: dict[faults.Location, int] = {}
    return _mapping(top, name, (), lines), lines


_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep; a patient has two"


def _refuse_tricks(text: str, name: str) -> None:
    """Refuse what a patient file never needs and what can make a small file cost hours."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        trick = ""
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            trick = "anchors (&) and aliases (*) are not allowed; write the value"
        elif getattr(event, "tag", None):
            trick = "tags (!) are not allowed; write the plain value"
        elif depth > MAX_DEPTH:
            trick = _TOO_DEEP
        if trick:
            raise InputError(f"{name}, line {event.start_mark.line + 1}: {trick}")


def _position(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    return f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _problem(error: yaml.MarkedYAMLError) -> str:
    """The parser's complaint, and for the two usual slips what to do."""
    problem = faults.show(error.problem or "cannot be read")[1:-1]
    if "nesting depth" in problem:
        # newer parsers give up before the events are seen
        return _TOO_DEEP
    hint = ""
    if "\\t" in problem or "token" in problem:
        hint = "; indent with spaces, not tabs, and put texts with : or # in quotes"
    elif "mapping values" in problem:
        hint = "; write 'name: value', and put a text that contains ': ' in quotes"
    elif "could not find expected ':'" in problem:
        hint = "; write 'name: value'"
    return f"not valid YAML ({problem}){hint}"


def _mapping(
    node: yaml.MappingNode, name: str, outer: faults.Location, lines: dict[faults.Location, int]
) -> dict[str, Any]:
    """A mapping as a dictionary; refuses a name that stands twice."""
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise InputError(f"{name}, line {line}: a name must be a plain word, e.g. 'age_years'")
        location = (*outer, key.value)
        if location in lines:
            raise InputError(
                f"{name}, line {line}: {faults.show(key.value)[1:-1]} stands twice, first on line "
                f"{lines[location]}; take one of them out"
            )
        lines[location] = line
        if isinstance(value, yaml.MappingNode):
            found[key.value] = _mapping(value, name, location, lines)
        elif isinstance(value, yaml.ScalarNode):
            found[key.value] = _scalar(value)
        else:
            raise InputError(
                f"{name}, line {line}: {faults.show(key.value)[1:-1]} is a list; "
                "one value is wanted"
            )
    return found


def _scalar(node: yaml.ScalarNode) -> object:
    """The value of a plain word: nothing, true or false, a number, or a text."""
    text, tag = node.value, node.tag.removeprefix(_TAG)
    if tag == "null":
        return None
    if tag == "bool":
        return _TRUTH.get(text.lower(), text)
    if tag in ("int", "float"):
        try:
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
        except ValueError:
            return text
    return text
