"""The one-fibre model of a heart chamber: cavity pressure from muscle fibre stress.

    lambda = [(1 + 3 V/Vw)/(1 + 3 V0/Vw)]^(1/3)        fibre stretch
    p = sigma/3 ln(1 + Vw/V),   sigma = active f(ls) h(v) + passive

With the parameters fixed, pressure is  p = a·c·h(slip·dV/dt)·active(V) + passive(V),  three
functions of volume alone. They are tabulated cell by cell, as the volume first comes near.
Source: Arts 1991; Bovendeerd 2006.
"""

from __future__ import annotations

import math

import numpy as np

from mitral.kernel import exact_kernel, kernel
from mitral.units import MMHG_PER_KPA

_MANTISSA_BITS = 4
_SHIFT = 52 - _MANTISSA_BITS
_FIRST = int(np.float64(0.5).view(np.int64)) >> _SHIFT
CELL_COUNT = 12 << _MANTISSA_BITS
"""Cells of a table: 16 per octave of volume, from 0.5 to 2048 mL."""
REACH = 3
"""Cells (6 % of the volume each) kept ready on both sides of the present volume."""
CELL = np.dtype(
    [("low", np.float64)]
    + [(law + power, np.float64) for law in ("active", "passive", "slip") for power in "0123"]
)
"""One cell of a table: its low edge and the cubic coefficients of the three laws."""
LOWEST, HIGHEST = 0.51, 2000.0
"""mL; a cavity outside this range is treated as at its edge."""
LENGTHENING_LIMIT = 0.35
"""A stretched active fibre bears at most this share more than an isometric one."""

LAW = np.dtype(
    [(n, np.float64) for n in ("wall", "v0", "t", "sp", "cp", "gain", "ls_ref", "ls_zero", "v_max")]
    + [("first", np.int64), ("last", np.int64)]
)
"""The parameters of one chamber's muscle, and which cells of its table are filled."""


@kernel
def stretch(volume, wall, v0):
    """Fibre stretch lambda (1) at a cavity volume (mL): cube root of mid-wall volume ratio."""
    return np.cbrt((1.0 + 3.0 * volume / wall) / (1.0 + 3.0 * v0 / wall))


@kernel
def length_factor(length, gain, ls_zero):
    """Active stress at a sarcomere length (µm), share of full: f = tanh²(gain (ls - ls_zero))."""
    over = length - ls_zero
    soft = 0.5 * (over + math.sqrt(over * over + 4e-4))
    return math.tanh(gain * soft) ** 2


@kernel
def velocity_factor(x, hill):
    """Hill's force-velocity factor; x = shortening velocity / v_max (negative when lengthening).

    Shortening h = (1 - x)/(1 + c x); lengthening 1 + 0.35 z/(1 + z), z = -x (1 + c)/0.35, which has
    the same value and slope at x = 0 and never exceeds 1.35.
    """
    if x >= 0.0:
        return (1.0 - x) / (1.0 + hill * x)
    z = -x * (1.0 + hill) / LENGTHENING_LIMIT
    return 1.0 + LENGTHENING_LIMIT * z / (1.0 + z)


@kernel
def passive_stress(lam, sp, cp):
    """Passive fibre stress (kPa) at stretch `lam`: sigma = sp (exp(cp (lam - 1)) - 1)."""
    return sp * (math.exp(min(cp * (lam - 1.0), 60.0)) - 1.0)


@kernel
def laws_at(volume, m):
    """The three laws of a chamber at a cavity volume (mL) for muscle `m`.

    Returns active pressure (mmHg) at full activation and zero velocity, passive pressure (mmHg),
    and `slip` (1/mL·s): shortening velocity over v_max is slip · (-dV/dt).
    The last term of the passive pressure resists collapse below a tenth of the wall volume.
    """
    lam = stretch(volume, m.wall, m.v0)
    length = m.ls_ref * lam
    wall_ratio = MMHG_PER_KPA / 3.0 * math.log(1.0 + m.wall / volume)
    empty = max(0.1 * m.wall / volume - 1.0, 0.0)
    active = wall_ratio * m.t * length_factor(length, m.gain, m.ls_zero)
    passive = wall_ratio * passive_stress(lam, m.sp, m.cp) - 10.0 * empty * empty
    slip = length / ((m.wall + 3.0 * volume) * m.v_max)
    return active, passive, slip


@exact_kernel
def cell_index(volume):
    """The cell of a volume: the exponent and the first bits of the mantissa of the number."""
    return (np.float64(volume).view(np.int64) >> _SHIFT) - _FIRST


@exact_kernel
def cell_edge(index):
    """The volume (mL) at which a cell begins."""
    return np.int64((index + _FIRST) << _SHIFT).view(np.float64)


@kernel
def cubic(a, b, c, d, width):
    """Coefficients of the cubic with values a, b, c, d at 0, 1/4, 3/4 and 1 of a cell's width.

    By Newton's divided differences.
    """
    ab, bc, cd = 4.0 * (b - a), 2.0 * (c - b), 4.0 * (d - c)
    abc, bcd = (bc - ab) / 0.75, (cd - bc) / 0.75
    abcd = bcd - abc
    first = (ab - 0.25 * abc + 0.1875 * abcd) / width
    return a, first, (abc - abcd) / width**2, abcd / width**3


@kernel
def fill_cell(cell, index, m):
    """Interpolate the three laws over one cell: cubics through both ends and two points within."""
    low = cell_edge(index)
    width = cell_edge(index + 1) - low
    cell.low = low
    f0, f1 = laws_at(low, m), laws_at(low + 0.25 * width, m)
    f2, f3 = laws_at(low + 0.75 * width, m), laws_at(low + width, m)
    c = cubic(f0[0], f1[0], f2[0], f3[0], width)
    cell.active0, cell.active1, cell.active2, cell.active3 = c
    c = cubic(f0[1], f1[1], f2[1], f3[1], width)
    cell.passive0, cell.passive1, cell.passive2, cell.passive3 = c
    c = cubic(f0[2], f1[2], f2[2], f3[2], width)
    cell.slip0, cell.slip1, cell.slip2, cell.slip3 = c


@kernel
def within(volume):
    """A volume (mL) within the table; what is not a number becomes the lowest."""
    volume = volume if volume > LOWEST else LOWEST
    return volume if volume < HIGHEST else HIGHEST


@kernel
def is_ready(m, volume):
    """Whether all cells within reach of a volume (mL) are filled; `m` the chamber's law."""
    index = cell_index(within(volume))
    return m.first <= index - REACH and index + REACH <= m.last


@kernel
def make_ready(tables, laws, chamber, volume):
    """Fill the cells around a chamber's volume that are not filled yet; the filled stay one run."""
    m = laws[chamber]
    index = cell_index(within(volume))
    if m.last < m.first:
        m.first, m.last = index, index - 1
    while m.first > max(index - REACH, 0):
        m.first -= 1
        fill_cell(tables[chamber, m.first], m.first, m)
    while m.last < min(index + REACH, CELL_COUNT - 1):
        m.last += 1
        fill_cell(tables[chamber, m.last], m.last, m)


@kernel
def look_up(tables, chamber, volume):
    """`laws_at` from a chamber's row of `tables` (4, CELL_COUNT). A cell not ready gives NaN."""
    volume = within(volume)
    cell = tables[chamber, cell_index(volume)]
    x = volume - cell.low
    active = cell.active0 + x * (cell.active1 + x * (cell.active2 + x * cell.active3))
    passive = cell.passive0 + x * (cell.passive1 + x * (cell.passive2 + x * cell.passive3))
    slip = cell.slip0 + x * (cell.slip1 + x * (cell.slip2 + x * cell.slip3))
    return active, passive, slip
