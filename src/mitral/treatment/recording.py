"""A comparison as an xarray dataset: arms side by side, with units and CF attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.course.recording import course_to_xarray

if TYPE_CHECKING:
    from mitral.treatment.arms import Comparison

UNSEEN = -1
"""Stands for a flag where an arm had no further visit."""


def comparison_to_xarray(comparison: Comparison) -> Any:
    """Findings over `arm` and `visit`, every macro-step over `arm` and `step`, with units.

    The first visit of an arm is the one before treatment. Arms that end early are filled up with
    missing values.
    """
    import xarray

    arms = []
    for arm in comparison.arms:
        one = course_to_xarray(arm.course)
        arms.append(one.assign_coords({dim: np.arange(n) for dim, n in one.sizes.items()}))
    flags = [name for name, values in arms[0].items() if values.dtype == np.int8]
    fill = {name: np.int8(UNSEEN) for name in flags}
    missing = dict.fromkeys([*arms[0].data_vars, "day", "step_day"], np.nan)
    data = xarray.concat(
        arms,
        dim="arm",
        data_vars="all",
        coords="all",
        compat="no_conflicts",
        join="outer",
        combine_attrs="drop_conflicts",
        fill_value={**missing, **fill},
    )
    for name in flags:
        data[name].encoding["_FillValue"] = np.int8(UNSEEN)
    made = comparison.provenance
    data.attrs |= {
        "title": comparison.patient.name,
        "source": f"mitral {made.get('version')}, parameter set {made.get('parameter_set')}",
        "comment": str(made.get("notice", "")),
    }
    about = {
        "arm": ([arm.name for arm in comparison.arms], "treatments of the arm"),
        "at_year": ([arm.at_year for arm in comparison.arms], "time of treatment from the start"),
        "outcome": ([arm.course.outcome for arm in comparison.arms], "how the arm ended"),
    }
    data = data.assign_coords(
        {name: ("arm", values, {"long_name": words}) for name, (values, words) in about.items()}
    )
    data["at_year"].attrs["units"] = "a"
    return data
