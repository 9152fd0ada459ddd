"""The text of a new patient file: every field with its unit, range and meaning."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from mitral.patient.fields import Field, fields
from mitral.patient.record import Circumstances, Findings, Patient

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 92
_HEAD = """\
# A patient for mitral. Change what you know; what is left out has the healthy value.
# Every name carries its unit. A line that starts with # is a comment.
#
#     mitral simulate THIS_FILE
#
# For research and education. Not a medical device. Put nothing here that identifies a person.
"""
_PARTS = {
    "name": "The case",
    "age_years": "The body",
    "cause": "The valve",
    "factors": "The heart, where it differs from the healthy heart of this body",
    "findings": "What was recorded",
    "circumstances": "What a simulation cannot know",
}
"""Headings, by the field that they stand above."""
_SECTIONS = {"findings": Findings, "circumstances": Circumstances}


def template() -> str:
    """A complete YAML patient file of the healthy adult; optional lines are commented out."""
    lines = [_HEAD]
    known = fields()
    for name, rule in Patient.model_fields.items():
        if name in _PARTS:
            lines += [f"# --- {_PARTS[name]} ---", ""]
        lines += _comment(known[name])
        if name in _SECTIONS:
            lines += [f"# {name}:", *_section(_SECTIONS[name].model_fields), ""]
        elif name in ("factors", "parameters"):
            lines += [f"# {name}:", f"#   {known[name].example}", ""]
        else:
            lines += [_value(known[name], rule.default), ""]
    return "\n".join(lines)


def _comment(field: Field) -> list[str]:
    """The meaning and the range of a field, as comment lines."""
    allowed = f" ({field.range})" if field.range else ""
    return [f"# {line}" for line in wrap(field.meaning + allowed, _WIDTH - 2)]


def _value(field: Field, default: object) -> str:
    """The line of a field with its healthy value, or as a comment with an example."""
    if default is None or default == "":
        return f"# {field.name}: {field.example}"
    if isinstance(default, bool):
        return f"{field.name}: {str(default).lower()}"
    if isinstance(default, float):
        return f"{field.name}: {default:g}"
    return f"{field.name}: {default}"


def _section(names: Iterable[str]) -> list[str]:
    """Fields of a section, commented out: name, example, meaning and range in three columns."""
    known = [fields()[name] for name in names]
    allowed = (f" ({field.range})" if field.range else "" for field in known)
    return [
        f"#   {f'{field.name}: {field.example}':<36}# {field.meaning}{text}"
        for field, text in zip(known, allowed, strict=True)
    ]
