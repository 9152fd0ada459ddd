/** The mitral leaflets: a body and a free edge each, by what the cause makes of them and how far they are open. */
import type { Picture } from '../api/types'
import { add, band, bow, clamp, distance, even, left, mix, path, PX_PER_CM, unit, type Point } from './plane'
import { DOWN, placed, type Ventricles } from './ventricles'

type Kind = Picture['leaflets']

/** Angles in degrees from the ring, positive to the apex, and length of the body as a share of the ring. */
export interface Leaf {
  body: number
  edge: number
  length: number
}
interface Shape {
  anterior: Leaf
  posterior: Leaf
}

const EDGE = 13
const CLOSED: Record<Exclude<Kind, 'flail'>, Shape> = {
  normal: { anterior: { body: 9, edge: 78, length: 0.6 }, posterior: { body: 14, edge: 78, length: 0.39 } },
  prolapse: { anterior: { body: 6, edge: 70, length: 0.6 }, posterior: { body: -30, edge: 28, length: 0.46 } },
  tethered: { anterior: { body: 27, edge: 42, length: 0.6 }, posterior: { body: 38, edge: 56, length: 0.42 } },
  perforated: { anterior: { body: 9, edge: 78, length: 0.6 }, posterior: { body: 14, edge: 78, length: 0.39 } },
  stiff: { anterior: { body: 20, edge: 66, length: 0.54 }, posterior: { body: 30, edge: 60, length: 0.34 } },
}
const OPEN: Shape = {
  anterior: { body: 66, edge: 80, length: 0.6 },
  posterior: { body: 78, edge: 88, length: 0.4 },
}
const OPEN_STIFF: Shape = {
  anterior: { body: 24, edge: 82, length: 0.54 },
  posterior: { body: 44, edge: 70, length: 0.34 },
}
const BELLY = { normal: -3, flail: -3, prolapse: 13, tethered: -5, perforated: -3, stiff: -13 } as const
export const THICKNESS = { normal: 6.2, flail: 6.2, prolapse: 7, tethered: 6.2, perforated: 6.2, stiff: 9.5 } as const

/** Width of the gap: the vena contracta of a round hole of this area (cm²), at the heart's own scale. */
export const gapOf = (eroCm2: number): number => PX_PER_CM * 2 * Math.sqrt(Math.max(eroCm2, 0) / Math.PI)

export interface Leaflet {
  hinge: Point
  bend: Point
  tip: Point
  /** where the body bulges to */
  belly: Point
}
export interface Valve {
  anterior: Leaflet
  posterior: Leaflet
  /** where the leak starts, and how wide the gap is there */
  orifice: Point
  gap: number
  /** across the ring, from the aortic to the lateral side */
  ring: Point
  width: number
  /** towards the atrium */
  up: Point
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** A leaflet from its hinge: `along` the ring, `down` into the ventricle, its body bulging by `belly`. */
export function leaflet(hinge: Point, along: Point, down: Point, leaf: Leaf, width: number, belly: number, edge = EDGE): Leaflet {
  const way = (degrees: number): Point => add([along[0] * Math.cos(radians(degrees)), along[1] * Math.cos(radians(degrees))], down, Math.sin(radians(degrees)))
  const bend = add(hinge, way(leaf.body), leaf.length * width)
  const tip = add(bend, way(leaf.edge), edge)
  return { hinge, bend, tip, belly: add(mix(hinge, bend, 0.52), way(leaf.body - 90), belly) }
}

/** Between two shapes of a leaflet. */
export const part = (a: Leaf, b: Leaf, share: number): Leaf => ({
  body: a.body + (b.body - a.body) * share,
  edge: a.edge + (b.edge - a.edge) * share,
  length: a.length + (b.length - a.length) * share,
})

function closed(kind: Kind, gap: number, width: number): Shape {
  if (kind === 'flail') {
    const lift = (Math.asin(clamp((gap - 10) / (0.46 * width), 0, 0.9)) * 180) / Math.PI + 4
    return {
      anterior: { body: 11, edge: 62, length: 0.58 },
      posterior: { body: -lift - 8, edge: -70, length: 0.44 },
    }
  }
  const shape = CLOSED[kind]
  if (kind === 'perforated') return shape
  const less = kind === 'prolapse' ? [0.5, 0] : kind === 'tethered' ? [0.35, 0.2] : [0.5, 0.5]
  const shorter = (leaf: Leaf, share: number): Leaf => ({ ...leaf, length: Math.max(leaf.length - (share * gap) / width, 0.14) })
  return { anterior: shorter(shape.anterior, less[0] as number), posterior: shorter(shape.posterior, less[1] as number) }
}

/** The valve of a moment; `open` from 0 to 1, `eroCm2` the hole. A device in the valve has its own drawing. */
export function valve(kind: Kind, v: Ventricles, open: number, eroCm2: number): Valve {
  const ring = unit(v.anterior, v.lateral)
  const width = distance(v.anterior, v.lateral)
  const gap = gapOf(eroCm2)
  const shut = closed(kind, Math.min(gap, 0.5 * width), width)
  const wide = kind === 'stiff' ? OPEN_STIFF : OPEN
  const belly = BELLY[kind] * (kind === 'stiff' ? 0.4 + 0.6 * open : 1 - open)
  const back: Point = [-ring[0], -ring[1]]
  const anterior = leaflet(v.anterior, ring, DOWN, part(shut.anterior, wide.anterior, open), width, kind === 'prolapse' ? -0.2 * belly : belly)
  const posterior = leaflet(v.lateral, back, DOWN, part(shut.posterior, wide.posterior, open), width, belly)
  const hole = kind === 'perforated' ? mix(anterior.hinge, anterior.bend, 0.5) : mix(anterior.bend, posterior.bend, 0.5)
  return { anterior, posterior, orifice: hole, gap, ring, width, up: [-DOWN[0], -DOWN[1]] }
}

/** A leaflet's middle line: over the belly, round the bend, to the tip. */
function course({ hinge, belly, bend, tip }: Leaflet): Point[] {
  const before = mix(belly, bend, 0.72)
  const after = mix(bend, tip, 0.5)
  return even([...bow(hinge, belly, before, 9), ...bow(before, bend, after, 6), tip], 18)
}

/** The outline of a leaflet: thin in its body, thicker at its free edge, with a round tip. */
export function leafShape(leaf: Leaflet, thick: number): Point[] {
  const line = course(leaf)
  const half = (share: number): number => thick * (0.36 + 0.2 * clamp((share - 0.5) / 0.4, 0, 1))
  const sides = band(line, half)
  const n = line.length
  const [end, way] = [line[n - 1] as Point, unit(line[n - 2] as Point, line[n - 1] as Point)]
  const h = half(1)
  const round = [0.5, 0, -0.5].map((turn) => add(add(end, left(way), 1.5 * turn * h), way, turn ? 0.66 * h : h))
  return [...sides.slice(0, n), ...round, ...sides.slice(n)]
}

/** Heads of the papillary muscles, lateral and medial, in the ventricle's own frame. */
export function heads(filled: number): { lateral: Point; medial: Point } {
  return { lateral: mix([23, 118], [40, 104], filled), medial: mix([-19, 130], [-34, 122], filled) }
}

/** A chord that sags to one side. */
export const chord = (from: Point, to: Point, sag: number): string =>
  path(bow(from, add(mix(from, to, 0.5), left(unit(from, to)), sag), to, 7))

/** Chords from the heads to tips and bodies; they sag when nothing pulls. The torn ones of a flail leaflet are left out. */
export function chords(kind: Kind, { anterior, posterior }: Valve, v: Ventricles, open: number): string {
  const at = heads(v.filled)
  const [lateral, medial] = [placed(at.lateral), placed(at.medial)]
  const sag = kind === 'tethered' ? 0.5 : 3 + 9 * open
  const line = (from: Point, to: Point, side: number): string => chord(from, to, side * sag)
  const body = (leaf: Leaflet, share: number): Point => mix(leaf.belly, leaf.bend, share)
  return [
    line(medial, anterior.tip, 1),
    line(add(medial, [3, 1]), mix(anterior.bend, anterior.tip, 0.5), 0.7),
    line(add(medial, [-3, 2]), body(anterior, 0.6), 1),
    line(lateral, mix(anterior.bend, anterior.tip, 0.8), -0.8),
    ...(kind === 'flail' ? [] : [line(lateral, posterior.tip, -1), line(add(lateral, [3, 1]), mix(posterior.bend, posterior.tip, 0.4), -0.7), line(add(medial, [4, 1]), posterior.tip, 0.6)]),
    line(add(lateral, [5, 3]), body(posterior, kind === 'flail' ? -0.2 : 0.5), -1),
  ].join('')
}

/** The ends of torn chords: curls on the flail tip, and stubs on the muscle. */
export function torn({ posterior, ring, up }: Valve, v: Ventricles): string {
  const { tip, bend } = posterior
  const head = placed(heads(v.filled).lateral)
  const curl = (from: Point, across: number, high: number): string =>
    path([...bow(from, add(add(from, up, 0.7 * high), ring, -0.2 * across), add(add(from, up, high), ring, 0.55 * across), 6), ...bow(add(add(from, up, high), ring, 0.55 * across), add(add(from, up, 1.15 * high), ring, across), add(add(from, up, 0.72 * high), ring, across * 1.1), 5).slice(1)])
  return [curl(tip, -10, 17), curl(tip, 9, 13), curl(mix(tip, bend, 0.4), 11, 9), curl(add(head, [1, -2]), -5, 13), curl(add(head, [4, -1]), 5, 10)].join('')
}
