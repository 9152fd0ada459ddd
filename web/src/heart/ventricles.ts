/** Both ventricles: the left cavity by its volume, its wall of constant volume, the right one around the septum. */
import { add, clamp, even, left, mix, normals, PX_PER_CM, smooth, soften, table, unit, type Point } from './plane'

const ORIGIN: Point = [332, 300]
const TILT = (28 * Math.PI) / 180
/** Across the base to the free wall, and from the base to the apex. */
export const ACROSS: Point = [Math.cos(TILT), -Math.sin(TILT)]
export const DOWN: Point = [Math.sin(TILT), Math.cos(TILT)]

/** A point of the ventricle's own frame in the drawing. */
export const placed = ([u, v]: Point): Point => add(add(ORIGIN, ACROSS, u), DOWN, v)

const FULL_ML = 146
const EMPTY_ML = 51
const FULL: readonly Point[] = [
  [-70, 0], [-79, 42], [-77, 92], [-64, 142], [-42, 190], [-16, 224], [5, 233],
  [25, 223], [50, 189], [72, 140], [83, 90], [82, 42], [72, 0],
] // prettier-ignore
const EMPTY: readonly Point[] = [
  [-62, 30], [-52, 64], [-49, 104], [-40, 144], [-24, 182], [-8, 206], [4, 212],
  [14, 205], [28, 180], [43, 141], [53, 103], [57, 64], [66, 30],
] // prettier-ignore
const PER = 7
const DESCENT = 30
/** Share of the contour, septal base to lateral base, and wall there over its mean. */
const PROFILE: readonly Point[] = [
  [0, 0.78], [0.1, 0.95], [0.3, 1], [0.5, 0.66], [0.7, 1.02], [0.84, 0.98], [0.93, 0.84], [1, 0.64],
] // prettier-ignore
const SEPTUM_ENDS = 0.405
/** Share of the septum, and how far the right free wall lies from it when full and when empty. */
const RV_GAPS: readonly (readonly [share: number, full: number, empty: number])[] = [
  [0, 100, 88], [0.14, 106, 82], [0.3, 98, 70], [0.45, 83, 55], [0.6, 59, 38], [0.72, 36, 23], [0.83, 16, 11], [0.92, 5, 4], [1, 0, 0],
] // prettier-ignore
const RV_FULL_ML = 153
const RV_EMPTY_ML = 59

/** How far between two keyframes a volume is, by its cube root. */
function between(volume: number, empty: number, full: number): number {
  const [v, e, f] = [volume, empty, full].map(Math.cbrt) as [number, number, number]
  return (v - e) / (f - e)
}

export interface Ventricles {
  /** the left cavity from its septal to its lateral base, and the outer face of its wall */
  inner: Point[]
  outer: Point[]
  /** the right cavity's free wall from the tricuspid ring to the apex, inner and outer face */
  rightInner: Point[]
  rightOuter: Point[]
  /** the septum as the right ventricle sees it, from the base to the apex */
  septum: Point[]
  /** how far the base has come down, and the keyframe share */
  descent: number
  filled: number
  /** ends of the mitral ring: by the aorta, and lateral */
  anterior: Point
  lateral: Point
  /** ends of the tricuspid ring */
  septal: Point
  right: Point
}

export function ventricles(lvMl: number, wallMl: number, rvMl: number): Ventricles {
  const w = clamp(between(Math.max(lvMl, 8), EMPTY_ML, FULL_ML), -0.55, 2.1)
  const shift = w > 1 ? DESCENT * (w - 1) : 0
  const ends = clamp(w, -0.2, 1.15)
  const keys = FULL.map((full, i) => {
    const end = i === 0 || i === FULL.length - 1
    const [u, v] = mix(EMPTY[i] as Point, full, end ? ends : w)
    return placed([u, end ? Math.max(v, 0) : v + shift])
  })
  const inner = smooth(keys, PER)
  const last = inner.length - 1
  const radius = (ml: number): number => Math.cbrt((3 * ml) / (4 * Math.PI))
  const thick = PX_PER_CM * (radius(lvMl + wallMl) - radius(lvMl))
  const out = normals(inner).map(([x, y]): Point => [-x, -y])
  const outer = inner.map((point, i) => add(point, out[i] as Point, thick * table(PROFILE, i / last)))

  const count = Math.round(SEPTUM_ENDS * last)
  const septum = outer.slice(0, count + 1)
  const r = clamp(between(Math.max(rvMl, 20), RV_EMPTY_ML, RV_FULL_ML), -0.8, 2.4)
  const free = RV_GAPS.map(([s, full, empty]) => {
    const i = Math.round(s * count)
    // leaning to the apex, so that the tricuspid ring sits lower than the mitral
    const level = mix(out[i] as Point, [-ACROSS[0], -ACROSS[1]], 0.45 * (1 - s))
    return add(septum[i] as Point, unit([0, 0], add(level, DOWN, 0.3 * (1 - s) ** 1.1)), Math.max(empty + r * (full - empty), 0))
  })
  const rightInner = soften(even(smooth(free, 5), 44), 14)
  const end = rightInner.length - 1
  const wall = (s: number): number => (13 - 3.5 * s) * Math.min(1, (1 - s) / 0.22)
  const away = normals(rightInner)
  const rightOuter = rightInner.map((point, i) => add(point, away[i] as Point, -wall(i / end)))
  const [start, lateral] = [inner[0] as Point, inner[last] as Point]
  return {
    inner,
    outer,
    rightInner,
    rightOuter,
    septum,
    descent: DESCENT * (1 - Math.min(w, 1)),
    filled: clamp(w, 0, 1),
    anterior: add(start, unit(start, lateral), 45),
    lateral,
    septal: septum[0] as Point,
    right: rightInner[0] as Point,
  }
}

/** A muscle that rises from the wall at a line's points `from` … `to` to its head: its outline without the foot. */
export function papillary(wall: readonly Point[], from: number, to: number, tip: Point, neck = 9): Point[] {
  const last = wall.length - 1
  const at = (share: number): Point => wall[Math.round(share * last)] as Point
  const foot = mix(at(from), at(to), 0.5)
  const way = unit(foot, tip)
  const side = left(way)
  const waist = mix(foot, tip, 0.6)
  const half = 0.66 * neck
  const turn = (at(from)[0] - at(to)[0]) * side[0] + (at(from)[1] - at(to)[1]) * side[1] > 0 ? 1 : -1
  return smooth([at(from), add(waist, side, turn * neck), add(tip, side, turn * half), add(tip, way, 0.8 * half), add(tip, side, -turn * half), add(waist, side, -turn * neck), at(to)], 5)
}
