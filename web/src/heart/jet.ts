/** The leak as a plume in the atrium, covered with flecks that go along with it, as colour Doppler shows turbulence. */
import type { Picture } from '../api/types'
import { AREA_PER_FLOW, covering, LEAST_FLOW, LENGTH } from './flows'
import type { Valve } from './leaflets'
import { add, band, clamp, cut, even, length, mix, normals, path, smooth, soften, unit, type Point } from './plane'
import { inAtrium } from './vessels'

const SAMPLES = 30
const PALETTE = 4
/** Flecks lie in rows across the jet, this far apart along it. */
const ROW = 5.5
/** Which colour a fleck has; none leaves the ground. */
const FLECKS = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, -1] as const

/** The way of the jet: away from a bad leaflet and along the wall beside the aorta, or straight up the middle. */
function route(kind: Picture['leaflets'], valve: Valve, leak: number, laMl: number, descent: number): Point[] {
  const move = inAtrium(laMl, descent)
  const start = valve.orifice
  const out = add(start, valve.up, 12)
  // half the mean width of the jet: so much it keeps from the wall
  const room = 0.95 * Math.sqrt(leak)
  const beside = (x: number, y: number): Point => {
    const [, at] = move([x, y])
    return [x + room, at]
  }
  const way =
    kind === 'flail' || kind === 'prolapse'
      ? [start, add(add(start, valve.up, 15), valve.ring, -14), beside(300, 248), beside(294, 224), add(move([308, 196]), [room * 0.7, room * 0.5]), add(move([350, 180]), [0, room * 0.8]), add(move([394, 190]), [0, room * 0.6])]
      : [start, out, mix(out, move(kind === 'perforated' ? [334, 202] : [356, 200]), 0.5), move(kind === 'perforated' ? [334, 202] : [356, 200]), move([372, 184])]
  return soften(even(smooth(way, 8), 60), 16)
}

/** Half the width along the jet, as a share of its greatest: narrow at the hole, a round head. */
function plume(share: number, start: number): number {
  const grown = clamp(share / 0.72, 0, 1)
  const body = start + (1 - start) * grown * (1.6 - 0.6 * grown)
  const cap = clamp((share - 0.74) / 0.26, 0, 1)
  return body * (1 - cap * cap) ** 0.6
}

export interface Jet {
  outline: Point[]
  line: Point[]
  /** the furthest point */
  head: Point
  /** the flecks by colour, and the streaks */
  flecks: string[]
  streaks: string
  /** flow convergence on the ventricle's side */
  arcs: string
}

/** `drift`: how far the blood of the jet has gone this beat, in the drawing. */
export function jet(kind: Picture['leaflets'], valve: Valve, leak: number, laMl: number, descent: number, drift = 0): Jet | null {
  if (leak < LEAST_FLOW) return null
  const line = even(cut(route(kind, valve, leak, laMl, descent), 0.84 * LENGTH * Math.sqrt(leak)), SAMPLES)
  const gap = clamp(valve.gap / 2, 1.2, 8)
  let widest = 1
  const shape = (half: number): Point[] => {
    widest = half
    const start = Math.min(gap / half, 1)
    return band(line, (share) => half * plume(share, start) * (1 + 0.05 * Math.sin(25 * share - 0.25 * drift) * clamp(4 * share, 0, 1)))
  }
  const outline = covering(AREA_PER_FLOW * leak, shape)
  const half = (share: number): number => widest * plume(share, Math.min(gap / widest, 1))
  const away = unit(valve.up, [0, 0])
  const radius = 3 * Math.sqrt(leak / 10)
  return {
    outline,
    line,
    head: line.at(-1) as Point,
    flecks: flecks(line, half, drift),
    streaks: streaks(line, half, drift),
    arcs: [1, 1.5, 2].map((by) => arc(valve.orifice, by * radius, away)).join(''),
  }
}

/** The same number between 0 and 1 for the same place: the flecks stay themselves while they drift. */
function chance(row: number, column: number, salt: number): number {
  const mixed = Math.sin(row * 127.1 + column * 311.7 + salt * 74.7) * 43758.5453
  return mixed - Math.floor(mixed)
}

/** Small uneven patches, in rows across the jet that move with the drift. */
function flecks(line: readonly Point[], half: (share: number) => number, drift: number): string[] {
  const made = Array.from({ length: PALETTE }, () => '')
  const whole = length(line)
  const sides = normals(line)
  const at = (along: number, across: number): Point => {
    const place = clamp(along / whole, 0, 1) * (line.length - 1)
    const i = Math.min(Math.floor(place), line.length - 2)
    return add(mix(line[i] as Point, line[i + 1] as Point, place - i), sides[i] as Point, across)
  }
  const first = Math.ceil(-drift / ROW)
  for (let row = first; row * ROW + drift < whole - 3; row++) {
    const wide = half(clamp((row * ROW + drift) / whole, 0, 1)) - 0.8
    const columns = Math.round((2 * wide) / ROW)
    for (let column = 0; column < columns; column++) {
      const kind = FLECKS[Math.floor(chance(row, column, 1) * FLECKS.length)] ?? -1
      if (kind < 0) continue
      const along = row * ROW + drift + (chance(row, column, 2) - 0.5) * 3.4
      const across = ((column + 0.5) / columns - 0.5) * 2 * wide
      const [long, broad] = [2 + 2.6 * chance(row, column, 3), (0.55 + 0.45 * chance(row, column, 4)) * (wide / columns)]
      const skew = (chance(row, column, 5) - 0.5) * 2
      made[kind] += path([at(along - long, across - 0.3 * broad), at(along + skew, across - broad), at(along + long, across + 0.2 * broad), at(along - skew, across + broad)], true)
    }
  }
  return made
}

/** Two bright lines beside the middle. */
function streaks(line: readonly Point[], half: (share: number) => number, drift: number): string {
  const sides = normals(line)
  const last = line.length - 1
  const shift = (drift / 40) % 1
  return [-0.4, 0.34]
    .map((by, i) => {
      const from = 0.12 + 0.22 * ((shift + 0.5 * i) % 1)
      const part = line.map((point, k) => add(point, sides[k] as Point, by * half(k / last))).slice(Math.round(from * last), Math.round((from + 0.42) * last))
      return path(part)
    })
    .join('')
}

/** Half a circle around the orifice on the ventricle's side. */
function arc(at: Point, radius: number, down: Point): string {
  const base = Math.atan2(down[1], down[0])
  return path(Array.from({ length: 9 }, (_, i): Point => {
    const angle = base + ((i - 4) / 4) * 1.15
    return add(at, [Math.cos(angle), Math.sin(angle)], radius)
  }))
}

