"""Times of calls that take turns, so that a slow phase of the machine meets all of them."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass
class Timing:
    """Process CPU time and wall time (ms) of each repeat, and what the last call returned."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    result: Any = None

    @property
    def cpu_ms(self) -> float:
        """Median CPU time (ms)."""
        return median(self.cpu)

    @property
    def cpu_min_ms(self) -> float:
        """Least CPU time (ms)."""
        return min(self.cpu)

    @property
    def columns(self) -> dict[str, float]:
        """Median and least CPU time and median wall time (ms), as columns of a table."""
        return {"CPU_ms": self.cpu_ms, "CPU_min": self.cpu_min_ms, "wall_ms": median(self.wall)}


def alternate(calls: Mapping[str, Callable[[], Any]], repeats: int) -> dict[str, Timing]:
    """Call each once unmeasured, then all in turn, `repeats` times."""
    timings = {name: Timing(result=call()) for name, call in calls.items()}
    gc.collect()
    for _ in range(repeats):
        for name, call in calls.items():
            wall, cpu = perf_counter(), process_time()
            timings[name].result = call()
            timings[name].cpu.append(1e3 * (process_time() - cpu))
            timings[name].wall.append(1e3 * (perf_counter() - wall))
    return timings
