/** Flows as areas: every arrow, and the jet, covers the same area for the same flow. */
import { add, area, band, clamp, cut, even, left, length, mix, smooth, soften, unit, type Point } from './plane'
import type { Valve } from './leaflets'
import { ACROSS, DOWN, placed, type Ventricles } from './ventricles'
import { inAtrium } from './vessels'

export const AREA_PER_FLOW = 12.15
export const LENGTH = 9
/** mL/s; less is not drawn */
export const LEAST_FLOW = 4
const SAMPLES = 22
const WIDEST = 80

/** A band with a head: half widths from `start` to `end`, the head `wide` over its last `head`. */
function arrow(line: readonly Point[], start: number, end: number, wide: number, head: number): Point[] {
  const whole = even(line, SAMPLES)
  const full = length(whole)
  const shaft = even(cut(whole, clamp(full - head, 1, full)), SAMPLES)
  const sides = band(shaft, (share) => start + (end - start) * share)
  const tip = whole.at(-1) as Point
  const foot = shaft.at(-1) as Point
  const across = left(unit(foot, tip))
  return [...sides.slice(0, SAMPLES), add(foot, across, wide), tip, add(foot, across, -wide), ...sides.slice(SAMPLES)]
}

/** Of shapes that grow with `width`, the one that covers this area. */
export function covering(goal: number, shape: (width: number) => Point[], low = 0.2): Point[] {
  let [a, b] = [low, WIDEST]
  let [least, most] = [area(shape(a)) - goal, area(shape(b)) - goal]
  let made = shape(a)
  // false position, halved where it hangs: areas grow almost evenly with the width
  for (let i = 0; i < 20; i++) {
    const middle = i % 3 === 2 ? 0.5 * (a + b) : a - (least * (b - a)) / (most - least || 1)
    made = shape(middle)
    const over = area(made) - goal
    if (Math.abs(over) < 0.001 * goal) break
    if (over < 0) [a, least] = [middle, over]
    else [b, most] = [middle, over]
  }
  return made
}

/** An arrow along a line for a flow in mL/s: its length follows the root of the flow, its width the rest. `widest` half head. */
export function flowArrow(line: readonly Point[], flow: number, widest = 40): Point[] {
  if (flow < LEAST_FLOW) return []
  const way = cut(line, LENGTH * Math.sqrt(flow))
  const head = clamp(1.7 * Math.sqrt(flow), 6, 34)
  return covering(AREA_PER_FLOW * flow, (half) => arrow(way, 0.8 * half, half, Math.max(Math.min(1.9 * half, widest), 1.2 * half), head))
}

/** From the ventricle's outflow through the aortic valve and up the aorta. */
export function outflow(v: Ventricles, aorta: readonly Point[]): Point[] {
  const start = [placed([-8, 96 + 0.3 * v.descent]), placed([-28, 48 + 0.6 * v.descent])]
  return soften(even([...smooth([...start, ...aorta.slice(2, 30)], 2)], 60), 30)
}

/** From the atrium through the ring into the ventricle. */
export function inflow(v: Ventricles, laMl: number): Point[] {
  const ring = mix(v.anterior, v.lateral, 0.52)
  const above = mix(ring, inAtrium(laMl, v.descent)([352, 212]), 0.92)
  return soften(even(smooth([above, mix(above, ring, 0.5), ring, add(ring, DOWN, 70), add(add(ring, DOWN, 150), ACROSS, -16)], 8), 40), 12)
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

/** Past a clip the blood goes in by two openings: two arrows that share the flow. */
export function around(line: readonly Point[], valve: Valve, flow: number): Point[][] {
  return [-22, 14].map((aside) => {
    const beside = even(line, 30).map((point) => add(point, valve.ring, aside))
    return flowArrow(through(beside, flow / 2), flow / 2)
  })
}

/** A short arrow in a vein that tells the direction only: towards the heart, or away. */
export function veinArrow(vein: readonly Point[], flow: number): Point[] {
  if (Math.abs(flow) < LEAST_FLOW) return []
  const line = even(smooth(vein, 6), 40)
  const reach = clamp(12 + 2.2 * Math.sqrt(Math.abs(flow)), 14, 46)
  const half = clamp(1.6 + 0.11 * Math.sqrt(Math.abs(flow)), 2, 4)
  const near = cut(line, reach)
  return arrow(flow > 0 ? near : near.reverse(), half, half, 2.3 * half, 10)
}
