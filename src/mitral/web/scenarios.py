"""Scenarios as text of an address, and what a scenario cannot ask of a course."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from pydantic import ValidationError

from mitral.errors import InputError
from mitral.patient.faults import build
from mitral.web.models import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mitral.patient.record import Patient

LONGEST = 8000
"""Characters of a token; a browser's address holds no more everywhere."""
_BROKEN = "The scenario in the address cannot be read; copy the whole address, or begin anew."


def encode(scenario: Scenario) -> str:
    """A scenario as base64url of its JSON, without what is as usual."""
    text = scenario.model_dump_json(exclude_defaults=True)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(token: str) -> Scenario:
    """The scenario of a token; an `InputError` if it is none. Names of persons are dropped."""
    if len(token) > LONGEST:
        raise InputError(_BROKEN)
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        scenario = Scenario.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{_BROKEN} ({where}: {first['msg']})") from error
    except (ValueError, binascii.Error) as error:
        raise InputError(_BROKEN) from error
    return nameless(scenario)


def nameless(scenario: Scenario) -> Scenario:
    """The same without anything that could name somebody."""
    return scenario.model_copy(update={"patient": anonymous(scenario.patient.model_dump())})


def anonymous(patient: Mapping[str, object]) -> Patient:
    """A patient without title, from plain values."""
    kept = {key: value for key, value in patient.items() if key not in ("name", "resembles")}
    return build({key: value for key, value in kept.items() if value is not None})


def refuse_treatments(scenario: Scenario) -> None:
    """A course begins untreated: what is given later is an arm of a comparison."""
    if scenario.treatments:
        raise InputError(
            f"treatments ({', '.join(scenario.treatments)}) cannot be in force before the leak "
            "comes; take them out, or follow them as an arm of a comparison"
        )
