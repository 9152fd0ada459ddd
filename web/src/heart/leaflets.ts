/** The mitral leaflets: a body and a free edge each, by what the cause makes of them and how far they are open. */
import type { Picture } from '../api/types'
import { add, clamp, distance, left, mix, PX_PER_CM, unit, type Point } from './plane'
import { DOWN, placed, type Ventricles } from './ventricles'

type Kind = Picture['leaflets']

/** Angles in degrees from the ring, positive to the apex, and length of the body as a share of the ring. */
interface Leaf {
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

function leaflet(hinge: Point, along: Point, leaf: Leaf, width: number, belly: number): Leaflet {
  const way = (degrees: number): Point => add([along[0] * Math.cos(radians(degrees)), along[1] * Math.cos(radians(degrees))], DOWN, Math.sin(radians(degrees)))
  const bend = add(hinge, way(leaf.body), leaf.length * width)
  const tip = add(bend, way(leaf.edge), EDGE)
  const across = way(leaf.body - 90)
  return { hinge, bend, tip, belly: add(mix(hinge, bend, 0.52), across, belly) }
}

const part = (a: Leaf, b: Leaf, share: number): Leaf => ({
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
  const anterior = leaflet(v.anterior, ring, part(shut.anterior, wide.anterior, open), width, kind === 'prolapse' ? -0.2 * belly : belly)
  const posterior = leaflet(v.lateral, back, part(shut.posterior, wide.posterior, open), width, belly)
  const hole = kind === 'perforated' ? mix(anterior.hinge, anterior.bend, 0.5) : mix(anterior.bend, posterior.bend, 0.5)
  return { anterior, posterior, orifice: hole, gap, ring, width, up: [-DOWN[0], -DOWN[1]] }
}

const text = ([x, y]: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`

/** The path of a leaflet: from the hinge over the belly to the bend, and on to the tip. */
export function leafPath({ hinge, belly, bend, tip }: Leaflet): string {
  return `M${text(hinge)} Q${text(belly)} ${text(bend)} Q${text(mix(bend, tip, 0.35))} ${text(tip)}`
}

/** Heads of the papillary muscles, lateral and medial, in the ventricle's own frame. */
export function heads(filled: number): { lateral: Point; medial: Point } {
  return { lateral: mix([23, 118], [40, 104], filled), medial: mix([-19, 130], [-34, 122], filled) }
}

/** Chords from the heads to tips and bodies; they sag when nothing pulls. The torn ones of a flail leaflet are left out. */
export function chords(kind: Kind, { anterior, posterior }: Valve, v: Ventricles, open: number): string {
  const at = heads(v.filled)
  const [lateral, medial] = [placed(at.lateral), placed(at.medial)]
  const sag = kind === 'tethered' ? 0.5 : 4 + 10 * open
  const line = (from: Point, to: Point, side: number): string => {
    const middle = add(mix(from, to, 0.5), left(unit(from, to)), side * sag)
    return `M${text(from)} Q${text(middle)} ${text(to)}`
  }
  const body = (leaf: Leaflet): Point => mix(leaf.hinge, leaf.bend, 0.8)
  const torn = kind === 'flail'
  return [
    line(medial, anterior.tip, 1),
    line(add(medial, [4, 1]), mix(anterior.bend, anterior.tip, 0.5), 1),
    line(add(medial, [-3, 2]), body(anterior), 1),
    line(lateral, anterior.tip, -1),
    ...(torn ? [] : [line(lateral, posterior.tip, -1), line(add(lateral, [3, 1]), mix(posterior.bend, posterior.tip, 0.5), -1), line(medial, posterior.tip, 1)]),
    line(add(lateral, [5, 3]), mix(posterior.hinge, posterior.bend, torn ? 0.45 : 0.75), -1),
  ].join(' ')
}

/** The ends of torn chords: curls on the flail tip, and a stub on the muscle. */
export function torn({ posterior }: Valve, v: Ventricles): string {
  const { tip, bend } = posterior
  const head = placed(heads(v.filled).lateral)
  const curl = (dx: number, dy: number): string =>
    `M${text(tip)} c${(dx * 0.2).toFixed(1)},${(dy * 0.7).toFixed(1)} ${(dx * 0.9).toFixed(1)},${(dy * 1.1).toFixed(1)} ${dx.toFixed(1)},${(dy * 0.6).toFixed(1)}`
  return `${curl(9, -16)} ${curl(-8, -15)} M${text(mix(tip, bend, 0.4))} q2,-10 9,-13 M${text(add(head, [1, -2]))} q-3,-9 2,-13 M${text(add(head, [5, -1]))} q3,-6 0,-11`
}
