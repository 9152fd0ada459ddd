"""A patient from plain values, with each fault told in one line that says how to mend it.

A line says what, how much, which unit, what is allowed, and what was probably meant.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from mitral.errors import InputError, out_of_range, unknown_name
from mitral.parameters import parameter
from mitral.patient.fields import Field, fields
from mitral.patient.record import Circumstances, Findings, Patient
from mitral.units import MMHG_PER_KPA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

Location = tuple[str, ...]
"""Names from the outside in, e.g. ('findings', 'lv_edv_ml')."""
Place = Callable[[Location], str]
"""Where a value was written, as the beginning of a message, e.g. "'a.yaml', line 3: "."""

_SECTIONS = {
    "findings": ("finding", Findings.model_fields),
    "circumstances": ("circumstance", Circumstances.model_fields),
}
"""The fields with fixed names of their own: what one is called, and the names."""
_MAPPINGS = (*_SECTIONS, "factors", "parameters")
"""The fields that hold names and values of their own."""
_MIX_UPS = {
    "cm²": ((0.01, "mm²"), (0.0001, "µm²")),
    "cm": ((100.0, "m"), (0.1, "mm"), (2.54, "in")),
    "kg": ((0.001, "g"), (0.4536, "lb")),
    "mL": ((1000.0, "L"), (0.001, "µL")),
    "L/min": ((0.001, "mL/min"),),
    "%": ((100.0, "as a fraction"),),
    "mmHg": ((MMHG_PER_KPA, "kPa"),),
    "bpm": ((60.0, "Hz"),),
}
"""For each unit, the units that are written in its place, and the factor that mends it."""
_LONGEST = 48


def show(value: object) -> str:
    """A value as it may stand in a one-line message: printable and short."""
    text = value if isinstance(value, str) else repr(value)
    text = f"{value:g}" if isinstance(value, float) else text
    text = "".join(c if c.isprintable() else "?" for c in text)
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
    return f"'{text}'" if isinstance(value, str) else text


def build(given: Mapping[str, Any], place: Place = lambda _: "") -> Patient:
    """The patient with these values, or one `InputError` that names the first fault.

    `given`: field name to value, as read from a file or a form; sections are mappings.
    """
    values = {k: v for k, v in given.items() if not (v is None and k in _MAPPINGS)}
    found = _own_faults(values)
    seen = {location for location, _ in found}
    patient = None
    try:
        patient = Patient.model_validate(values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            location = tuple(str(part) for part in detail["loc"])
            if not any(location[: len(s)] == s for s in seen):
                found.append((location, _line(location, detail)))
    if found:
        location, text = found[0]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise InputError(f"{place(location)}{text}{more}")
    if patient is None:
        raise InputError(f"{place(())}the patient cannot be read")
    return patient


def _own_faults(values: Mapping[str, Any]) -> list[tuple[Location, str]]:
    """Faults that the record would accept or tell less clearly, in the order of the file."""
    found: list[tuple[Location, str]] = []
    for name, value in values.items():
        if name not in Patient.model_fields:
            found.append(((name,), _unknown(name)))
        elif name not in _MAPPINGS:
            found += _scalar((name,), fields()[name], value)
        elif not isinstance(value, Mapping):
            found.append(((name,), f"{name} must be a list of 'name: value' lines below it"))
        elif name in _SECTIONS:
            for key, entry in value.items():
                found += _entry(name, str(key), entry)
        else:
            for key, entry in value.items():
                found += _parameter(name, str(key), entry)
    return found


def _unknown(name: str, known: Iterable[str] = (), kind: str = "field") -> str:
    return str(unknown_name(kind, show(name)[1:-1], known or Patient.model_fields))


def _entry(section: str, name: str, value: object) -> list[tuple[Location, str]]:
    """Faults of one entry of a section with fixed names."""
    kind, known = _SECTIONS[section]
    location = (section, name)
    if name not in known:
        return [(location, _unknown(name, known, kind))]
    return _scalar(location, fields()[name], value)


def _parameter(section: str, name: str, value: object) -> list[tuple[Location, str]]:
    """Faults of one entry of `factors` or `parameters`: its name, and whether it is a number."""
    location = (section, name)
    known = parameter.definitions()
    if name not in known:
        return [(location, _unknown(name, known, "parameter"))]
    unit = known[name].unit if section == "parameters" else "times"
    number, fault = _number(name, value, unit, known[name].low, known[name].high)
    if fault:
        return [(location, fault)]
    if section == "factors" and number <= 0:
        fault = f"the factor of {name} is {number:g}; it must be above 0 (1 is healthy)"
        return [(location, fault)]
    if section == "parameters":
        try:
            parameter.check(name, number)
        except InputError as error:
            return [(location, str(error))]
    return []


def _scalar(location: Location, field: Field, value: object) -> list[tuple[Location, str]]:
    """Faults of one number: not a number, not finite, or out of range."""
    if not field.numeric:
        return []
    optional = Patient.model_fields | Findings.model_fields | Circumstances.model_fields
    if value is None and optional[field.name].default is None:
        return []
    number, fault = _number(field.name, value, field.unit, field.low, field.high)
    if not fault and not field.low <= number <= field.high:
        fault = _outside(field, number)
    return [(location, fault)] if fault else []


def _number(name: str, value: object, unit: str, low: float, high: float) -> tuple[float, str]:
    """The value as a number, and what is wrong with it if it is none."""
    allowed = f"a number in {unit}" if unit not in ("", "1", "times") else "a number"
    if value is None:
        return math.nan, f"{name} has no value; give {allowed} or take the line out"
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            return math.nan, f"{name} is {show(value)}, not {allowed}{_guess(value, unit)}"
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        return math.nan, f"{name} is {show(value).lower()}, not {allowed}"
    else:
        number = _float(value)
    if not math.isfinite(number):
        limits = "above 0" if unit == "times" else f"between {low:g} and {high:g} {unit}"
        return math.nan, f"{name} is {number}, not a number {limits}".rstrip()
    return number, ""


def _float(value: float) -> float:
    """As `float`, but a whole number beyond its range is infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _guess(text: str, unit: str) -> str:
    """What was probably meant by a text in place of a number."""
    plain = text.strip().replace(",", ".")
    try:
        return f"; write {float(plain):g} (with a point)"
    except ValueError:
        pass
    digits = plain[: len(plain) - len(plain.lstrip("+-.0123456789"))]
    try:
        number = float(digits)
    except ValueError:
        return ""
    written = plain[len(digits) :].strip().replace("2", "²")
    for factor, other in ((1.0, unit), *_MIX_UPS.get(unit, ())):
        if written == other:
            return f"; write {number * factor:g} (without the unit)"
    return "; write it without the unit" if written[:1].isalpha() else ""


def _outside(field: Field, value: float) -> str:
    """A number out of range, with the unit in which it would be in range."""
    for factor, other in _MIX_UPS.get(field.unit, ()):
        if field.low <= value * factor <= field.high:
            meant = f"{value * factor:.4g} ({value:g} {other})"
            base = f"{field.name} is {value:g} {field.unit}, outside {field.range}"
            return f"{base}; did you mean {meant}?"
    return str(out_of_range(field.name, value, field.unit, field.low, field.high))


def _line(location: Location, detail: ErrorDetails) -> str:
    """One of the record's own faults in one line."""
    name = location[-1] if location else ""
    kind, value = detail["type"], detail["input"]
    if value is None:
        return f"{name} has no value; give one or take the line out"
    if kind == "value_error":
        return str(detail.get("ctx", {}).get("error", detail["msg"]))
    if kind == "literal_error":
        allowed = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
        return f"{name} is {show(value)}; it must be {allowed}"
    if kind.startswith("bool"):
        return f"{name} is {show(value)}; it must be true or false"
    if kind.startswith("string"):
        return f"{name} is {show(value)}, not a text; put it in quotes"
    return f"{name} is {show(value)}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
