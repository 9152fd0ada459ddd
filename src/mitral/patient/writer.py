"""The text of a patient file from a patient."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mitral.patient.record import Patient

_WIDTH = 96


def to_yaml(patient: Patient, comments: Iterable[str]) -> str:
    """The patient as a file that `read` reads as the same patient, with comments above.

    Only what is not as usual stands in it; a title only if it is given.
    """
    lines = [
        f"# {line}"
        for comment in comments
        for line in wrap(comment, _WIDTH, break_long_words=False)
    ]
    values = patient.model_dump(exclude_defaults=True)
    # a file without a line would be refused as empty
    values = values or {"sex": patient.sex}
    body = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, default_flow_style=False)
    return "\n".join([*lines, "", body])
