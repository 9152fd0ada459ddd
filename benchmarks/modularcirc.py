"""Run by the interpreter of ModularCirc's own environment; knows nothing of mitral.

`python modularcirc.py SHARE REPEATS` prints JSON: beats, CPU ms of each repeat, steps a beat.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from time import process_time

import numpy as np

CHAMBERS = ("v_lv", "v_la", "v_rv", "v_ra")
MOST = 30


def solved(beats: int) -> tuple[float, np.ndarray, int]:
    """CPU ms of building and solving so many beats, volumes (samples, 4), steps a beat."""
    models = "ModularCirc.Models.KorakianitisMixedModel"
    model, parameters = import_module(models), import_module(models + "_parameters")
    solver = import_module("ModularCirc.Solver")
    began = process_time()
    setup = {**parameters.TIME_SETUP_DICT, "ncycles": beats}
    built = model.KorakianitisMixedModel(
        setup, parameters.KorakianitisMixedModel_parameters(), suppress_printing=True
    )
    solve = solver.Solver(model=built)
    solve.setup(suppress_output=True, step_tol=0.0)
    solve.solve()
    spent = 1e3 * (process_time() - began)
    volumes = np.column_stack([built.all_sv_data[name].to_numpy() for name in CHAMBERS])
    return spent, volumes, built.time_object.n_c - 1


def main(share: float, repeats: int) -> None:
    """Find the beats that the criterion takes, then time just these."""
    _, volumes, steps = solved(MOST)
    strokes = [np.ptp(volumes[i * steps : (i + 1) * steps + 1], axis=0) for i in range(MOST)]
    beats = next(
        (i + 1 for i in range(1, MOST) if np.all(abs(strokes[i] / strokes[i - 1] - 1) < share)),
        None,
    )
    cpu = [solved(beats)[0] for _ in range(repeats)] if beats else []
    print(json.dumps({"beats": beats, "cpu_ms": cpu, "steps": steps}))


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
