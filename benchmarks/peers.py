"""Ours beside other programs, each from its own cold start with its own default steps.

Steady is the first beat whose strokes (max - min) of all four chambers differ by less than 0.1 %
from the beat before. Peers are told how many beats that takes them and do not have to look.
"""

from __future__ import annotations

import json
import logging
import subprocess
import tempfile
from functools import partial
from importlib import import_module, metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benchmarks.settle import PEOPLE
from benchmarks.table import Table
from benchmarks.timing import Timing, alternate
from mitral.solver.solve import solve
from mitral.workflow import parameters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SHARE = 1e-3
MOST = 100
SLOW_REPEATS = 3
INSTALL = "pip install --no-deps -r benchmarks/peers.txt"
INSTALL_MODULARCIRC = (
    "python -m venv PEER && PEER/bin/pip install ModularCirc 'numpy<2' 'pandas<3', "
    "then --modularcirc PEER/bin/python"
)


class Peer(NamedTuple):
    """A program, its `version`, steps a beat, beats to steady, and a call that runs so many."""

    version: str
    steps: int
    beats: int
    call: Callable[[], Any]


def beats_to_steady(strokes: Iterable[np.ndarray]) -> int:
    """The first beat whose strokes are within `SHARE` of those of the beat before."""
    before = None
    for beat, now in enumerate(strokes, 1):
        if before is not None and np.all(np.abs(now / before - 1.0) < SHARE):
            return beat
        before = now
    raise RuntimeError(f"not steady within {MOST} beats")


def haemflow() -> Peer:
    """haemflow-cl0: Korakianitis and Shi 2006 in Fortran. Its package is called `src`."""
    distribution = metadata.distribution("haemflow-cl0")
    file = next(f for f in distribution.files or () if str(f) == "src/cl0.py")
    spec = spec_from_file_location("haemflow_cl0", str(distribution.locate_file(file)))
    if spec is None or spec.loader is None:
        raise ImportError("haemflow-cl0 has no src/cl0.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    chambers = [
        f"{side} {kind} Volume" for side in ("Left", "Right") for kind in ("Ventricular", "Atrial")
    ]

    def last_beat(beats: int) -> dict[str, np.ndarray]:
        return module.solve_system(generic_params={"ncycle": beats})

    strokes = (np.array([np.ptp(last_beat(n)[c]) for c in chambers]) for n in range(1, MOST))
    beats = beats_to_steady(strokes)
    steps = module.load_defaults()["generic_params"]["nstep"]
    return Peer(distribution.version, steps, beats, partial(last_beat, beats))


def circulation() -> Peer:
    """circulation: Regazzoni 2020 in NumPy, forward Euler; without the files that it writes."""
    version = metadata.version("circulation")
    regazzoni = import_module("circulation.regazzoni2020").Regazzoni2020
    folder = Path(tempfile.mkdtemp(prefix="circulation-"))

    def run(beats: int) -> tuple[Any, dict[str, np.ndarray]]:
        logging.disable(logging.CRITICAL)
        model = regazzoni(outdir=folder)
        model.save_state = lambda: None
        history = model.solve(num_beats=beats)
        logging.disable(logging.NOTSET)
        return model, history

    for most in (5, 20, MOST):
        model, history = run(most)
        steps = len(model.times_n_beats(1e-3))
        volumes = np.column_stack([history[n] for n in ("V_LV", "V_LA", "V_RV", "V_RA")])
        ends = [slice(i * steps, (i + 1) * steps + 1) for i in range(most)]
        try:
            beats = beats_to_steady(np.ptp(volumes[end], axis=0) for end in ends)
        except RuntimeError:
            continue
        return Peer(version, steps, beats, partial(run, beats))
    raise RuntimeError(f"not steady within {MOST} beats")


def modularcirc(python: str | None, repeats: int) -> tuple[dict[str, Any], str]:
    """ModularCirc (Korakianitis mixed model, SciPy BDF) in its own environment; and its version."""
    if python is None:
        raise ImportError("no environment given")
    script = Path(__file__).with_name("modularcirc.py")
    version = "from importlib.metadata import version; print(version('ModularCirc'))"
    answers = [
        subprocess.run([python, *words], capture_output=True, text=True, check=True).stdout
        for words in (["-c", version], [str(script), str(SHARE), str(repeats)])
    ]
    return json.loads(answers[1].splitlines()[-1]), answers[0].strip()


def run(repeats: int, modularcirc_python: str | None) -> list[Table]:
    """One block per peer: ours and theirs taking turns, and the ratio of their medians."""
    table = Table(
        f"peers: to the first beat whose strokes differ by < {100 * SHARE:g} % from the one before",
        notes=[
            "ratios are to 'mitral, healthy' of the same block; mitral also asks that no chamber's "
            "own imbalance over the beat is greater",
            "circulation starts from values that are nearly its steady state",
        ],
    )
    ours = {
        f"mitral, {name}{', reflex' if reflex else ''}": partial(
            solve, parameters_of(patient), reflex=reflex, stroke_tolerance=SHARE
        )
        for name, patient in PEOPLE.items()
        for reflex in (False, True)
    }
    base = next(iter(ours))
    shown = {base: ours[base]}

    def add(name: str, version: str, timing: Timing, beats: int, steps: int, own: Timing) -> None:
        ratio = timing.cpu_ms / own.cpu_ms
        table.add(
            program=name,
            version=version,
            runs=len(timing.cpu),
            beats=beats,
            steps=steps,
            CPU_ms=timing.cpu_ms,
            CPU_min=timing.cpu_min_ms,
            CPU_ms_a_beat=timing.cpu_ms / beats,
            ratio=ratio,
            ratio_a_beat=ratio * own.result.beats / beats,
        )

    def block(timed: dict[str, Timing], peer: Peer, name: str) -> None:
        for own in (own for own in ours if own in timed):
            s = timed[own].result
            add(own, "", timed[own], s.beats, s.steps, timed[base])
        add(name, peer.version, timed[name], peer.beats, peer.steps, timed[base])

    for name, prepare, chosen, times in (
        ("haemflow-cl0", haemflow, ours, repeats),
        ("circulation", circulation, shown, SLOW_REPEATS),
    ):
        try:
            peer = prepare()
        except metadata.PackageNotFoundError:
            table.add(program=name, version="not installed")
            table.notes.append(f"{name}: {INSTALL}")
        except (ImportError, OSError, RuntimeError) as fault:
            table.add(program=name, version="does not run")
            table.notes.append(f"{name}: {fault}")
        else:
            block(alternate({**chosen, name: peer.call}, times), peer, name)
    try:
        found, version = modularcirc(modularcirc_python, 1)
    except (ImportError, OSError, subprocess.CalledProcessError) as fault:
        table.add(program="ModularCirc", version="not run")
        table.notes.append(f"ModularCirc: {fault}; {INSTALL_MODULARCIRC}")
    else:
        peer = Peer(version, found["steps"], found["beats"], lambda: None)
        theirs = Timing(cpu=found["cpu_ms"], wall=found["cpu_ms"])
        block({**alternate(shown, repeats), "ModularCirc": theirs}, peer, "ModularCirc")
    return [table]
