"""Results as plain JSON: no NaN, no negative zero, no types of NumPy."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

import numpy as np


def to_json(value: object) -> str:
    """`value` as indented JSON text; what is not a finite number becomes null."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)


def plain(value: object) -> object:
    """The same content in dictionaries, lists, texts, numbers, booleans and None."""
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, float):
        # Adding zero turns -0.0 into 0.0.
        return value + 0.0 if math.isfinite(value) else None
    return value
