import { describe, expect, it } from 'vitest'
import type { Picture, WaveName, Waves } from '../api/types'
import { AREA_PER_FLOW, around, flowArrow, inflow, outflow, through, veinArrow } from './flows'
import { at, frame } from './frame'
import { jet } from './jet'
import { gapOf, valve } from './leaflets'
import { area, even, PX_PER_CM, type Point } from './plane'
import { DOWN, ventricles } from './ventricles'
import { aorta, leftAtrium, veins } from './vessels'

const KINDS: Picture['leaflets'][] = ['normal', 'prolapse', 'flail', 'tethered', 'perforated', 'stiff']
const DEVICES: Picture['device'][] = ['', 'clip', 'ring', 'mechanical', 'biological']
const WALL = 118

/** A beat with these values all the time; what is not named is zero. */
function picture(values: Partial<Record<WaveName, number>>, more: Partial<Picture> = {}): Picture {
  const names: WaveName[] = [
    'p_lv', 'p_la', 'p_ao', 'p_rv', 'p_ra', 'p_pa', 'p_pvn', 'v_lv', 'v_la', 'v_rv', 'v_ra',
    'q_mv', 'q_mr', 'q_av', 'q_pvn', 'q_tv', 'q_pv', 'z_mv', 'z_av', 'z_tv', 'z_pv', 'ero',
  ] // prettier-ignore
  const usual: Partial<Record<WaveName, number>> = { v_lv: 120, v_la: 60, v_rv: 120, v_ra: 70 }
  const waves = Object.fromEntries(names.map((name) => [name, Array<number>(201).fill(values[name] ?? usual[name] ?? 0)])) as Waves
  return {
    leaflets: 'normal',
    device: '',
    period_s: 0.9,
    waves,
    phases: [],
    marks: { mitral_closes: 0, aortic_opens: 0.1, aortic_closes: 0.4, mitral_opens: 0.5, atrial_onset: 0.8, end_diastole: 0, end_systole: 0.4, v_wave: 0.4, a_wave: 0.9 },
    heart: { wall_lv_ml: WALL, v0_lv_ml: 50, bsa_m2: 1.9 },
    la_pressure_mean_mmhg: 15,
    loop: { espvr: { v0_ml: 5, p0_mmhg: 0, slope_mmhg_ml: 2 }, edpvr: [], contraction_ml: 0, relaxation_ml: 0 },
    stroke: { forward_ml: 70, leak_ml: 60, total_ml: 130, forward_ef_percent: 40 },
    ...more,
  }
}

/** Height over the mitral ring, positive to the atrium. */
const above = (point: Point, from: Point): number => -((point[0] - from[0]) * DOWN[0] + (point[1] - from[1]) * DOWN[1])

function inside([x, y]: Point, outline: readonly Point[]): boolean {
  let odd = false
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [[ax, ay], [bx, by]] = [outline[i] as Point, outline[j] as Point]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd
  }
  return odd
}

describe('flows are areas', () => {
  const v = ventricles(90, WALL, 100)
  it.each([20, 60, 150, 250, 400])('the jet covers its flow, %i mL/s', (leak) => {
    for (const kind of KINDS) {
      const made = jet(kind, valve(kind, v, 0, 0.45), leak, 80, v.descent)
      expect(area(made?.outline ?? []) / (AREA_PER_FLOW * leak)).toBeCloseTo(1, 2)
    }
  })
  it.each([20, 100, 300, 600])('arrows cover theirs at the same scale, %i mL/s', (flow) => {
    for (const line of [outflow(v, aorta(v).line), through(inflow(v, 80), flow)]) {
      expect(area(flowArrow(line, flow)) / (AREA_PER_FLOW * flow)).toBeCloseTo(1, 2)
    }
  })
  it('flecks go along with the blood and stay in the jet', () => {
    const m = valve('flail', v, 0, 0.45)
    const [still, moved] = [0, 9].map((drift) => jet('flail', m, 200, 80, v.descent, drift))
    expect(moved?.flecks).not.toEqual(still?.flecks)
    expect(jet('flail', m, 200, 80, v.descent, 9)?.flecks).toEqual(moved?.flecks)
    const corners = (still?.flecks ?? []).flatMap((d) => [...d.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]): Point => [Number(x), Number(y)]))
    expect(corners.length).toBeGreaterThan(200)
    const outline = still?.outline ?? []
    expect(corners.filter((corner) => !inside(corner, outline)).length / corners.length).toBeLessThan(0.03)
  })
  it('past a clip two arrows share the flow', () => {
    const arrows = around(inflow(v, 80), valve('normal', v, 0.3, 0), 300)
    expect(arrows).toHaveLength(2)
    expect(arrows.reduce((sum, one) => sum + area(one), 0) / (AREA_PER_FLOW * 300)).toBeCloseTo(1, 2)
  })
  it('nothing is drawn where next to nothing flows', () => {
    expect(flowArrow(outflow(v, aorta(v).line), 1)).toEqual([])
    expect(jet('flail', valve('flail', v, 0, 0.4), 1, 80, v.descent)).toBeNull()
  })
  it('arrows in the veins turn round', () => {
    const [vein] = veins(80, 0)
    const tip = (flow: number): Point => {
      const outline = veinArrow(vein as Point[], flow)
      return outline[(outline.length - 1) / 2] as Point
    }
    const lung = even(vein as Point[], 2)[0] as Point
    const far = (point: Point) => Math.hypot(point[0] - lung[0], point[1] - lung[1])
    expect(far(tip(-120))).toBeLessThan(far(tip(120)))
  })
})

describe('chambers', () => {
  it('more blood is more room, and a thinner wall', () => {
    const made = [30, 60, 90, 120, 150, 200, 260, 330].map((ml) => ventricles(ml, WALL, 110))
    const rooms = made.map((v) => area(v.inner))
    const walls = made.map((v) => Math.hypot((v.outer[40]?.[0] ?? 0) - (v.inner[40]?.[0] ?? 0), (v.outer[40]?.[1] ?? 0) - (v.inner[40]?.[1] ?? 0)))
    expect(rooms).toEqual([...rooms].sort((a, b) => a - b))
    expect(walls).toEqual([...walls].sort((a, b) => b - a))
  })
  it('the wall is there all round, however full', () => {
    for (const ml of [20, 60, 120, 250, 400, 500]) {
      const v = ventricles(ml, WALL, 110)
      expect(Math.min(...v.inner.map(([x, y], i) => Math.hypot((v.outer[i]?.[0] ?? 0) - x, (v.outer[i]?.[1] ?? 0) - y)))).toBeGreaterThan(2)
    }
  })
  it('the free wall of the right ventricle has no kink, however empty', () => {
    for (const ml of [40, 60, 80, 120, 180]) {
      const line = ventricles(60, WALL, ml).rightInner
      const turns = line.slice(2, -8).map((point, i) => {
        const [before, after] = [line[i + 1] as Point, line[i + 3] as Point]
        const [a, b] = [Math.atan2(point[1] - before[1], point[0] - before[0]), Math.atan2(after[1] - point[1], after[0] - point[0])]
        return Math.abs(((b - a + 3 * Math.PI) % (2 * Math.PI)) - Math.PI)
      })
      expect(Math.max(...turns), `${ml} mL`).toBeLessThan(0.3)
    }
  })
  it('the atria and the right ventricle follow their volumes', () => {
    const v = ventricles(120, WALL, 110)
    const la = [30, 60, 90, 140].map((ml) => area(leftAtrium(ml, v)))
    const rv = [60, 100, 150].map((ml) => {
      const one = ventricles(120, WALL, ml)
      return area([...one.septum, ...[...one.rightInner].reverse()])
    })
    expect(la).toEqual([...la].sort((a, b) => a - b))
    expect(rv).toEqual([...rv].sort((a, b) => a - b))
  })
})

describe('leaflets', () => {
  const v = ventricles(90, WALL, 100)
  it('the gap is the vena contracta of the hole', () => {
    expect(gapOf(0.45)).toBeCloseTo(PX_PER_CM * 2 * Math.sqrt(0.45 / Math.PI), 6)
    expect(gapOf(0)).toBe(0)
  })
  it('sound leaflets meet below the ring when shut and part when open', () => {
    const shut = valve('normal', v, 0, 0)
    const apart = (one: typeof shut) => Math.hypot(one.anterior.tip[0] - one.posterior.tip[0], one.anterior.tip[1] - one.posterior.tip[1])
    expect(apart(shut)).toBeLessThan(6)
    expect(above(shut.anterior.tip, v.anterior)).toBeLessThan(0)
    expect(apart(valve('normal', v, 1, 0))).toBeGreaterThan(20)
  })
  it('a hole in the middle parts them by its width', () => {
    const leaking = valve('normal', v, 0, 0.3)
    const gap = Math.hypot(leaking.anterior.bend[0] - leaking.posterior.bend[0], leaking.anterior.bend[1] - leaking.posterior.bend[1])
    expect(Math.abs(gap - gapOf(0.3))).toBeLessThan(4)
  })
  it('a flail tip lies above the ring, a prolapsing body too, its tip below its body', () => {
    const flail = valve('flail', v, 0, 0.45).posterior
    expect(above(flail.tip, v.lateral)).toBeGreaterThan(10)
    const prolapse = valve('prolapse', v, 0, 0.4).posterior
    expect(above(prolapse.belly, v.lateral)).toBeGreaterThan(5)
    expect(above(prolapse.tip, v.lateral)).toBeLessThan(above(prolapse.bend, v.lateral))
  })
  it('tethered leaflets meet deeper than sound ones', () => {
    const deep = (kind: Picture['leaflets']) => above(valve(kind, v, 0, 0.2).anterior.bend, v.anterior)
    expect(deep('tethered')).toBeLessThan(deep('normal') - 8)
  })
})

describe('a frame', () => {
  it('has its jet within the atrium and beside the aorta, whatever leaks, and however large the chambers are', () => {
    for (const leaflets of KINDS)
      for (const v_la of [35, 60, 100, 160])
        for (const [v_lv, q_mr] of [[60, -160], [90, -240], [150, -120]] as const) {
          const v = ventricles(v_lv, WALL, 100)
          const made = jet(leaflets, valve(leaflets, v, 0, 0.45), -q_mr, v_la, v.descent)
          const room = leftAtrium(v_la, v)
          const line = made?.line ?? []
          // the start lies between the leaflets, which stand in the ventricle
          const upper = [...even(line, 20).slice(8), ...(made?.outline ?? []).filter((point) => above(point, v.lateral) > 30)]
          const out = upper.filter((point) => !inside(point, room))
          expect(out, `${leaflets}, LA ${v_la}, LV ${v_lv}`).toEqual([])
          const great = aorta(v).front
          const over = (made?.outline ?? []).filter((point) => [great.lumen, ...great.walls].some((part) => inside(point, part)))
          expect(over, `over the aorta: ${leaflets}, LA ${v_la}, LV ${v_lv}`).toEqual([])
        }
  })
  it('has numbers everywhere, for any volumes, leaflets and devices', () => {
    for (const leaflets of KINDS)
      for (const device of DEVICES)
        for (const [v_lv, v_la, v_rv, v_ra] of [[20, 10, 40, 15], [145, 63, 152, 80], [500, 600, 400, 300]] as const) {
          const made = frame(picture({ v_lv, v_la, v_rv, v_ra, q_mr: -200, q_av: 300, q_mv: 200, q_pvn: -80, ero: 0.5, z_mv: 0.4, z_av: 0.7, z_tv: 0.3 }, { leaflets, device }), 0.37)
          const words = JSON.stringify(made, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? 'NaN' : value))
          expect(words).not.toMatch(/NaN|Infinity/)
        }
  })
  it('repeats: the end of the beat is its start', () => {
    const one = picture({ v_lv: 130 })
    one.waves.v_lv = one.waves.v_lv.map((_, i) => 130 + 20 * Math.cos((2 * Math.PI * i) / 200))
    expect(at(one, 'v_lv', 1)).toBeCloseTo(at(one, 'v_lv', 0), 9)
    expect(frame(one, 1).cavity).toBe(frame(one, 0).cavity)
    expect(at(one, 'v_lv', 0.25)).toBeCloseTo(130, 6)
  })
  it('tells a leak from filling, and which way the veins flow', () => {
    const systole = frame(picture({ q_mr: -200, ero: 0.4, q_pvn: -50 }), 0.3)
    expect(systole.jet).not.toBeNull()
    expect(systole.reversed).toBe(true)
    const diastole = frame(picture({ q_mv: 300, z_mv: 1, q_pvn: 90 }), 0.6)
    expect(diastole.jet).toBeNull()
    expect(diastole.fill).not.toBe('')
    expect(diastole.reversed).toBe(false)
  })
})
