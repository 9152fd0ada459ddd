/** Flows as areas: every arrow, and the jet, covers the same area for the same flow. */
import { add, area, band, clamp, cut, even, length, mix, smooth, unit, type Point } from './plane'
import type { Picture } from '../api/types'
import type { Valve } from './leaflets'
import { ACROSS, DOWN, placed, type Ventricles } from './ventricles'
import { inAtrium } from './vessels'

export const AREA_PER_FLOW = 12.15
const LENGTH = 9
const SAMPLES = 26
const LEAST_FLOW = 4

/** A band with a head: half widths from `start` to `end`, the head `wide` times the end, over its last `head`. */
function arrow(line: readonly Point[], start: number, end: number, wide: number, head: number): Point[] {
  const whole = even(line, SAMPLES)
  const full = length(whole)
  const neck = clamp(full - head, 1, full)
  const shaft = even(cut(whole, neck), SAMPLES)
  const sides = band(shaft, (share) => start + (end - start) * share)
  const tip = whole.at(-1) as Point
  const foot = shaft.at(-1) as Point
  const way = unit(shaft.at(-3) as Point, foot)
  const across: Point = [way[1], -way[0]]
  return [...sides.slice(0, SAMPLES), add(foot, across, end * wide), tip, add(foot, across, -end * wide), ...sides.slice(SAMPLES)]
}

/** Of shapes that grow with `width`, the one that covers this area. */
function covering(goal: number, shape: (width: number) => Point[], low: number, high: number): Point[] {
  let [a, b] = [low, high]
  for (let i = 0; i < 24; i++) {
    const middle = 0.5 * (a + b)
    if (area(shape(middle)) < goal) a = middle
    else b = middle
  }
  return shape(0.5 * (a + b))
}

const WIDEST = 80

/** An arrow along a line for a flow in mL/s: its length follows the root of the flow, its width the rest. */
export function flowArrow(line: readonly Point[], flow: number): Point[] {
  if (flow < LEAST_FLOW) return []
  const way = cut(line, LENGTH * Math.sqrt(flow))
  return covering(AREA_PER_FLOW * flow, (half) => arrow(way, 0.82 * half, half, 1.9, clamp(2.5 * half, 6, 46)), 0.2, WIDEST)
}

/** From the ventricle's outflow through the aortic valve and up the aorta. */
export function outflow(v: Ventricles, aorta: readonly Point[]): Point[] {
  return smooth([placed([-6, 92 + 0.3 * v.descent]), placed([-30, 44 + 0.6 * v.descent]), mix(v.inner[0] as Point, v.anterior, 0.55), ...aorta.slice(10, 40).filter((_, i) => i % 6 === 0)], 6)
}

/** From the atrium through the ring into the ventricle. */
export function inflow(v: Ventricles, laMl: number): Point[] {
  const ring = mix(v.anterior, v.lateral, 0.52)
  const above = mix(ring, inAtrium(laMl, v.descent)([352, 212]), 0.92)
  return smooth([above, mix(above, ring, 0.5), ring, add(ring, DOWN, 70), add(add(ring, DOWN, 150), ACROSS, -16)], 8)
}

/** Share of the way in at which the ring lies, and of the arrow that lies before it. */
const RING_AT = 0.36
const BEFORE_RING = 0.42

/** The way in from where the arrow of this flow starts, so that the ring lies near its middle. */
export function through(line: readonly Point[], flow: number): Point[] {
  const dense = even(line, 60)
  const before = (BEFORE_RING * LENGTH * Math.sqrt(Math.max(flow, 0))) / length(dense)
  return dense.slice(Math.round(59 * Math.max(RING_AT - before, 0)))
}

/** The way of the jet through the atrium. */
function route(kind: Picture['leaflets'], valve: Valve, laMl: number, descent: number): Point[] {
  const move = inAtrium(laMl, descent)
  const start = valve.orifice
  const out = add(start, valve.up, 10)
  if (kind === 'flail' || kind === 'prolapse') {
    const bent = add(add(start, valve.up, 13), valve.ring, -16)
    return smooth([start, bent, move([318, 254]), move([303, 226]), move([311, 200]), move([342, 188]), move([392, 194])], 8)
  }
  const goal = move(kind === 'perforated' ? [330, 206] : [352, 200])
  return smooth([start, out, mix(out, goal, 0.5), goal, move([362, 184])], 8)
}

export interface Jet {
  outline: Point[]
  /** its middle line, for streaks and the leader of the label */
  line: Point[]
  head: Point
  /** flow convergence on the ventricle's side: radii */
  arcs: number[]
  /** degrees, the way of the flow at the orifice */
  angle: number
}

export function jet(kind: Picture['leaflets'], valve: Valve, leak: number, laMl: number, descent: number): Jet | null {
  if (leak < LEAST_FLOW) return null
  const goal = AREA_PER_FLOW * leak
  const line = cut(route(kind, valve, laMl, descent), 0.84 * LENGTH * Math.sqrt(leak))
  const start = clamp(valve.gap / 2, 1.5, 9)
  const shape = (half: number): Point[] => arrow(line, Math.min(start, half), half, 1.28, clamp(1.15 * half, 5, 16))
  const outline = covering(goal, shape, 0.2, WIDEST)
  const [a, b] = [line[0] as Point, line[2] as Point]
  const radius = 3.2 * Math.sqrt(leak / 10)
  return {
    outline,
    line,
    head: line.at(-1) as Point,
    arcs: [radius, radius * 1.45, radius * 1.9],
    angle: (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI,
  }
}

/** A short arrow in a vein that tells the direction only: towards the heart, or away. */
export function veinArrow(vein: readonly Point[], flow: number): Point[] {
  if (Math.abs(flow) < LEAST_FLOW) return []
  const line = even(smooth(vein, 6), 40)
  const reach = clamp(12 + 2.2 * Math.sqrt(Math.abs(flow)), 14, 50)
  const half = clamp(1.6 + 0.11 * Math.sqrt(Math.abs(flow)), 2, 4)
  const inward = flow > 0 ? line.slice(2) : line.slice(0, 15).reverse()
  return arrow(cut(inward, reach), half, half, 2.3, 10)
}
