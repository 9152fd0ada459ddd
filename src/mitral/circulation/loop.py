"""The closed loop: four chambers, four valves, the leak, lungs and body. Only this file knows it.

Each flow appears twice, once with each sign, so that conservation can be seen.
"""

from __future__ import annotations

from mitral.circulation.chamber import (
    LOWEST,
    is_ready,
    laws_at,
    look_up,
    make_ready,
    velocity_factor,
)
from mitral.circulation.pericardium import pericardial_pressure
from mitral.circulation.valve import (
    annulus_ratio,
    jet_pressure,
    load_ratio,
    opening_rate,
    stream_rate,
    stretched,
    tethered,
)
from mitral.circulation.vessel import elastic, venous
from mitral.kernel import kernel
from mitral.units import BLOOD_DENSITY, DYN_PER_CM2_PER_MMHG

LV, LA, RV, RA = range(4)


@kernel
def muscle_laws(p, laws):
    """Copy the muscle parameters of the four chambers into `laws` (4 records)."""
    for m, wall, v0, t, sp, cp, gain in (
        (laws[LV], p.wall_lv, p.v0_lv, p.t_lv, p.sp_lv, p.cp_lv, p.gain_v),
        (laws[LA], p.wall_la, p.v0_la, p.t_la, p.sp_la, p.cp_la, p.gain_a),
        (laws[RV], p.wall_rv, p.v0_rv, p.t_rv, p.sp_rv, p.cp_rv, p.gain_v),
        (laws[RA], p.wall_ra, p.v0_ra, p.t_ra, p.sp_ra, p.cp_ra, p.gain_a),
    ):
        m.wall, m.v0, m.t, m.sp, m.cp, m.gain = wall, v0, t, sp, cp, gain
        m.ls_ref, m.ls_zero, m.v_max = p.ls_ref, p.ls_zero, p.v_max
        m.first, m.last = 0, -1


@kernel
def prepare(p, c):
    """Set in `c` what stays through a whole solve: reciprocals, and the volume of all walls."""
    c.e_ao, c.e_sa = 1.0 / p.c_ao, 1.0 / p.c_sa
    c.e_pa, c.e_pc, c.e_pvn = 1.0 / p.c_pa, 1.0 / p.c_pc, 1.0 / p.c_pvn
    c.e_sv = 1.0 / (p.c_sv * p.p_sv_ref)
    c.g_sv, c.g_pa, c.g_pc = 1.0 / p.r_sv, 1.0 / p.r_pa, 1.0 / p.r_pc
    c.m_ao, c.m_pvn = 1.0 / p.l_ao, 1.0 / p.l_pvn
    c.m_mv, c.m_av = 1.0 / (BLOOD_DENSITY * p.l_mv), 1.0 / (BLOOD_DENSITY * p.l_av)
    c.m_tv, c.m_pv = 1.0 / (BLOOD_DENSITY * p.l_tv), 1.0 / (BLOOD_DENSITY * p.l_pv)
    c.m_mr = 1.0 / (BLOOD_DENSITY * p.l_jet)
    c.walls = p.wall_lv + p.wall_la + p.wall_rv + p.wall_ra
    c.per_v_peri = 1.0 / p.v_peri


@kernel
def start_beat(p, y, control):
    """Set what the state at the start of a beat decides for all of it: the size of the orifice."""
    control.edv = y.v_lv
    annulus = max(annulus_ratio(p), 1.0)
    follow = 1.0 + p.annulus_follows * (annulus - 1.0)
    control.a_mv = p.a_mv * follow
    grown = 1.0 + p.annulus_gain * p.annulus_follows * (annulus - 1.0)
    control.lesion = p.eroa * grown * load_ratio(control.edv, control.esv, p)


@kernel
def felt_by_atrium(p, control, y):
    """Volume (mL) that the wall of the left atrium feels: the annulus descends and makes room."""
    return y.v_la - p.descent * (control.edv - y.v_lv)


@kernel
def start_step(p, control, tables, laws, y):
    """Make the chambers' tables ready around the volumes of the moment."""
    felt = felt_by_atrium(p, control, y)
    if (
        is_ready(laws[LV], y.v_lv)
        and is_ready(laws[LA], felt)
        and is_ready(laws[RV], y.v_rv)
        and is_ready(laws[RA], y.v_ra)
    ):
        return
    make_ready(tables, laws, LV, y.v_lv)
    make_ready(tables, laws, LA, felt)
    make_ready(tables, laws, RV, y.v_rv)
    make_ready(tables, laws, RA, y.v_ra)


@kernel
def flows_through_valves(p, c, late, y, now):
    """Flows (mL/s) through the four valves and the lesion: area times orifice velocity.

    All from states, so that the muscle's velocity is known before its pressure.
    """
    jet_dp = jet_pressure(y.u_mr)
    now.ero = c.lesion * late * stretched(jet_dp, p) + tethered(jet_dp, y.v_lv, c.esv, p)
    now.q_mr = now.ero * (1.0 - p.leak_shut * y.z_mv) * y.u_mr
    now.q_mv = c.a_mv * y.z_mv * y.u_mv
    now.q_av = p.a_av * y.z_av * y.u_av
    now.q_tv = p.a_tv * y.z_tv * y.u_tv
    now.q_pv = p.a_pv * y.z_pv * y.u_pv


@kernel
def chamber_pressures(p, c, a_ventricle, a_atrium, tables, y, rate, now):
    """Pressures (mmHg) of the four chambers: muscle, septum, pericardium.

    The base of the left ventricle descends and opens room for the left atrium.
    """
    active, passive_lv, slip = look_up(tables, LV, y.v_lv)
    h = velocity_factor(-slip * rate.v_lv, p.hill)
    p_lv = a_ventricle * c.strength_lv * active * h + passive_lv

    active, passive, slip = look_up(tables, LA, felt_by_atrium(p, c, y))
    h = velocity_factor(-slip * (rate.v_la + p.descent * rate.v_lv), p.hill)
    p_la = a_atrium * active * h + passive

    active, passive, slip = look_up(tables, RV, y.v_rv)
    h = velocity_factor(-slip * rate.v_rv, p.hill)
    p_rv = a_ventricle * c.strength_rv * active * h + passive + p.septum * passive_lv

    active, passive, slip = look_up(tables, RA, y.v_ra)
    p_ra = a_atrium * active + passive

    heart = c.walls + y.v_lv + y.v_la + y.v_rv + y.v_ra
    p_peri = pericardial_pressure(heart * c.per_v_peri, p.p_peri)
    now.p_lv, now.p_la, now.p_rv, now.p_ra = (
        p_lv + p_peri,
        p_la + p_peri,
        p_rv + p_peri,
        p_ra + p_peri,
    )
    now.p_peri = p_peri


@kernel
def vessel_pressures(p, c, balloon, y, now):
    """Pressures (mmHg) of the vessels and the flows (mL/s) that they drive; a `balloon` in mL."""
    now.p_ao = elastic(y.v_ao + balloon, p.vu_ao, c.e_ao)
    now.p_sa = elastic(y.v_sa, p.vu_sa, c.e_sa)
    now.p_sv = venous(y.v_sv, c.v_sv_ref, p.p_sv_ref, c.e_sv)
    now.p_pa = elastic(y.v_pa, p.vu_pa, c.e_pa)
    now.p_pc = elastic(y.v_pc, p.vu_pc, c.e_pc)
    now.p_pvn = elastic(y.v_pvn, p.vu_pvn, c.e_pvn)
    now.q_sys = c.g_sys * (now.p_sa - now.p_sv)
    now.q_sv = c.g_sv * (now.p_sv - now.p_ra)
    now.q_pa = c.g_pa * (now.p_pa - now.p_pc)
    now.q_pc = c.g_pc * (now.p_pc - now.p_pvn)


@kernel
def stream_rates(p, c, y, now, rate):
    """Rates of everything that has inertia: blood in vessels, streams in valves, the jet."""
    to_lv, to_ao = now.p_la - now.p_lv, now.p_lv - now.p_ao
    to_rv, to_pa = now.p_ra - now.p_rv, now.p_rv - now.p_pa
    rate.q_ao = c.m_ao * (now.p_ao - now.p_sa - p.r_ao * y.q_ao)
    rate.q_pvn = c.m_pvn * (now.p_pvn - now.p_la - p.r_pvn * y.q_pvn)
    rate.z_mv = opening_rate(y.z_mv, to_lv, p.ko_mv, p.kc_mv)
    rate.z_av = opening_rate(y.z_av, to_ao, p.ko_av, p.kc_av)
    rate.z_tv = opening_rate(y.z_tv, to_rv, p.ko_tv, p.kc_tv)
    rate.z_pv = opening_rate(y.z_pv, to_pa, p.ko_pv, p.kc_pv)
    rate.u_mv = stream_rate(y.z_mv, y.u_mv, to_lv, c.m_mv)
    rate.u_av = stream_rate(y.z_av, y.u_av, to_ao, c.m_av)
    rate.u_tv = stream_rate(y.z_tv, y.u_tv, to_rv, c.m_tv)
    rate.u_pv = stream_rate(y.z_pv, y.u_pv, to_pa, c.m_pv)
    rate.u_mr = c.m_mr * DYN_PER_CM2_PER_MMHG * (to_lv + jet_pressure(y.u_mr))


@kernel
def rate_of_change(p, c, a_ventricle, a_atrium, late, balloon, tables, y, now, rate):
    """Rate of every state (mL/s, cm/s², 1/s, mL/s²), and the pressures and flows of the moment.

    `p` parameters, `c` (control) what is constant in this beat, `a_*` activation, `late` orifice
    timing and `balloon` (mL) at this instant, `tables` of the chambers, `y` state; writes `now` and
    `rate`.
    """
    flows_through_valves(p, c, late, y, now)
    rate.v_lv = now.q_mv + now.q_mr - now.q_av
    rate.v_la = y.q_pvn - now.q_mv - now.q_mr
    rate.v_rv = now.q_tv - now.q_pv
    chamber_pressures(p, c, a_ventricle, a_atrium, tables, y, rate, now)
    vessel_pressures(p, c, balloon, y, now)
    rate.v_ao = now.q_av - y.q_ao
    rate.v_sa = y.q_ao - now.q_sys
    rate.v_sv = now.q_sys - now.q_sv
    rate.v_ra = now.q_sv - now.q_tv
    rate.v_pa = now.q_pv - now.q_pa
    rate.v_pc = now.q_pa - now.q_pc
    rate.v_pvn = now.q_pc - y.q_pvn
    stream_rates(p, c, y, now, rate)


@kernel
def chamber_volume(m, pressure, most):
    """Cavity volume (mL) at which resting muscle `m` bears a pressure (mmHg), by bisection.

    Not more than at fibre stretch `most`: a slack wall bears little however full it is.
    """
    low = LOWEST
    high = ((1.0 + 3.0 * m.v0 / m.wall) * most**3 - 1.0) * m.wall / 3.0
    for _ in range(30):
        middle = 0.5 * (low + high)
        if laws_at(middle, m)[1] < pressure:
            low = middle
        else:
            high = middle
    return low


@kernel
def cold_start(p, laws, y):
    """Fill `y` with a plausible state to start any patient from: at rest, no flow.

    The chambers hold what diastolic pressures put into them, as far as the pericardium has room;
    the veins take the blood that is left. Returns an end-systolic volume (mL).
    """
    y.v_lv, y.v_la = chamber_volume(laws[LV], 9.0, 1.3), chamber_volume(laws[LA], 6.0, 1.2)
    y.v_rv, y.v_ra = chamber_volume(laws[RV], 3.0, 1.14), chamber_volume(laws[RA], 3.0, 1.02)
    walls = p.wall_lv + p.wall_la + p.wall_rv + p.wall_ra
    blood = y.v_lv + y.v_la + y.v_rv + y.v_ra
    fits = min(1.0, max((1.1 * p.v_peri - walls) / blood, 0.2))
    y.v_lv, y.v_la, y.v_rv, y.v_ra = fits * y.v_lv, fits * y.v_la, fits * y.v_rv, fits * y.v_ra
    y.v_ao, y.v_sa = p.vu_ao + 85.0 * p.c_ao, p.vu_sa + 85.0 * p.c_sa
    y.v_pa, y.v_pc = p.vu_pa + 14.0 * p.c_pa, p.vu_pc + 11.0 * p.c_pc
    y.v_pvn = p.vu_pvn + 9.0 * p.c_pvn
    vessels = y.v_ao + y.v_sa + y.v_pa + y.v_pc + y.v_pvn
    y.v_sv = max(p.tbv - vessels - fits * blood, 100.0)
    y.u_mv, y.u_av, y.u_tv, y.u_pv, y.u_mr = 0.0, 0.0, 0.0, 0.0, 0.0
    y.z_mv, y.z_av, y.z_tv, y.z_pv = 0.0, 0.0, 0.0, 0.0
    y.q_ao, y.q_pvn = 0.0, 0.0
    return 0.4 * y.v_lv
