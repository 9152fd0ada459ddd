"""The closed loop: four chambers, four valves, the leak, lungs and body. Only this file knows it.

Each flow appears twice, once with each sign, so that conservation can be seen.
"""

from __future__ import annotations

from mitral.circulation.chamber import is_ready, look_up, make_ready, velocity_factor
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
def rate_of_change(p, control, a_ventricle, a_atrium, late, tables, y, now, rate):
    """Rate of every state (mL/s, cm/s², 1/s, mL/s²), and the pressures and flows of the moment.

    `p` parameters, `control` what is constant in this beat, `a_*` activation and `late` orifice
    timing at this instant, `tables` of the chambers, `y` state; writes `now` and `rate`.
    """
    # flows: all from states, so that the muscle's velocity is known before its pressure
    jet_dp = jet_pressure(y.u_mr)
    ero = control.lesion * late * stretched(jet_dp, p)
    ero += tethered(jet_dp, y.v_lv, control.esv, p)
    q_mr = ero * (1.0 - p.leak_shut * y.z_mv) * y.u_mr
    q_mv = control.a_mv * y.z_mv * y.u_mv
    q_av = p.a_av * y.z_av * y.u_av
    q_tv = p.a_tv * y.z_tv * y.u_tv
    q_pv = p.a_pv * y.z_pv * y.u_pv
    rate.v_lv = q_mv + q_mr - q_av
    rate.v_la = y.q_pvn - q_mv - q_mr
    rate.v_rv = q_tv - q_pv

    # chambers; the base of the left ventricle descends and opens room for the left atrium
    active, passive_lv, slip = look_up(tables, LV, y.v_lv)
    h = velocity_factor(-slip * rate.v_lv, p.hill)
    p_lv = a_ventricle * control.strength_lv * active * h + passive_lv

    active, passive, slip = look_up(tables, LA, felt_by_atrium(p, control, y))
    h = velocity_factor(-slip * (rate.v_la + p.descent * rate.v_lv), p.hill)
    p_la = a_atrium * active * h + passive

    active, passive, slip = look_up(tables, RV, y.v_rv)
    h = velocity_factor(-slip * rate.v_rv, p.hill)
    p_rv = a_ventricle * control.strength_rv * active * h + passive + p.septum * passive_lv

    active, passive, slip = look_up(tables, RA, y.v_ra)
    p_ra = a_atrium * active + passive

    heart = y.v_lv + y.v_la + y.v_rv + y.v_ra + p.wall_lv + p.wall_la + p.wall_rv + p.wall_ra
    p_peri = pericardial_pressure(heart, p.p_peri, p.v_peri)
    p_lv += p_peri
    p_la += p_peri
    p_rv += p_peri
    p_ra += p_peri

    # vessels
    p_ao = elastic(y.v_ao, p.vu_ao, p.c_ao)
    p_sa = elastic(y.v_sa, p.vu_sa, p.c_sa)
    p_sv = venous(y.v_sv, control.v_sv_ref, p.p_sv_ref, p.c_sv)
    p_pa = elastic(y.v_pa, p.vu_pa, p.c_pa)
    p_pc = elastic(y.v_pc, p.vu_pc, p.c_pc)
    p_pvn = elastic(y.v_pvn, p.vu_pvn, p.c_pvn)
    q_sys = (p_sa - p_sv) / control.r_sys
    q_sv = (p_sv - p_ra) / p.r_sv
    q_pa = (p_pa - p_pc) / p.r_pa
    q_pc = (p_pc - p_pvn) / p.r_pc
    rate.v_ao = q_av - y.q_ao
    rate.v_sa = y.q_ao - q_sys
    rate.v_sv = q_sys - q_sv
    rate.v_ra = q_sv - q_tv
    rate.v_pa = q_pv - q_pa
    rate.v_pc = q_pa - q_pc
    rate.v_pvn = q_pc - y.q_pvn
    rate.q_ao = (p_ao - p_sa - p.r_ao * y.q_ao) / p.l_ao
    rate.q_pvn = (p_pvn - p_la - p.r_pvn * y.q_pvn) / p.l_pvn

    # valves, and the jet
    rate.z_mv = opening_rate(y.z_mv, p_la - p_lv, p.ko_mv, p.kc_mv)
    rate.z_av = opening_rate(y.z_av, p_lv - p_ao, p.ko_av, p.kc_av)
    rate.z_tv = opening_rate(y.z_tv, p_ra - p_rv, p.ko_tv, p.kc_tv)
    rate.z_pv = opening_rate(y.z_pv, p_rv - p_pa, p.ko_pv, p.kc_pv)
    rate.u_mv = stream_rate(y.z_mv, y.u_mv, p_la - p_lv, p.l_mv)
    rate.u_av = stream_rate(y.z_av, y.u_av, p_lv - p_ao, p.l_av)
    rate.u_tv = stream_rate(y.z_tv, y.u_tv, p_ra - p_rv, p.l_tv)
    rate.u_pv = stream_rate(y.z_pv, y.u_pv, p_rv - p_pa, p.l_pv)
    drive = p_la - p_lv + jet_dp
    rate.u_mr = drive * DYN_PER_CM2_PER_MMHG / (BLOOD_DENSITY * p.l_jet)

    now.p_lv, now.p_la, now.p_rv, now.p_ra, now.p_peri = p_lv, p_la, p_rv, p_ra, p_peri
    now.p_ao, now.p_sa, now.p_sv = p_ao, p_sa, p_sv
    now.p_pa, now.p_pc, now.p_pvn = p_pa, p_pc, p_pvn
    now.q_mv, now.q_mr, now.q_av, now.q_tv, now.q_pv = q_mv, q_mr, q_av, q_tv, q_pv
    now.q_sys, now.q_sv, now.q_pa, now.q_pc = q_sys, q_sv, q_pa, q_pc
    now.ero = ero
