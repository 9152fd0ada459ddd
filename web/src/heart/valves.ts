/** The other two valves that are seen: the aortic one in its root, the tricuspid one with its muscle. */
import { chord, leaflet, leafShape, part, type Leaf } from './leaflets'
import { add, bow, distance, left, mix, path, unit, type Point } from './plane'
import { papillary, type Ventricles } from './ventricles'

/** Cusps of the aortic valve as lines, from both sides of the root; `open` from 0 to 1. */
export function cusps(aorta: readonly Point[], open: number): string {
  const root = aorta[4] as Point
  const way = unit(root, aorta[10] as Point)
  const across = left(way)
  const half = 24
  return [-1, 1]
    .map((side) => {
      const foot = add(add(root, across, side * half), way, -3)
      const tip = add(add(root, across, side * (half - 4) * open), way, 3 + 24 * open)
      const belly = add(add(root, across, side * half * (0.5 + 0.55 * open)), way, -15 * (1 - open) + 14 * open)
      const edge = add(tip, way, 6 * (1 - open))
      return path([...bow(foot, belly, tip, 9), edge])
    })
    .join('')
}

const TRICUSPID: Record<'shut' | 'wide', { septal: Leaf; anterior: Leaf }> = {
  shut: { septal: { body: 12, edge: 74, length: 0.45 }, anterior: { body: 13, edge: 74, length: 0.55 } },
  wide: { septal: { body: 66, edge: 84, length: 0.42 }, anterior: { body: 58, edge: 80, length: 0.5 } },
}

export interface Tricuspid {
  leaflets: string
  chords: string
  muscle: Point[]
}

export function tricuspid(v: Ventricles, open: number): Tricuspid {
  const ring = unit(v.septal, v.right)
  const down: Point = [ring[1], -ring[0]]
  const width = distance(v.septal, v.right)
  const leaf = (hinge: Point, along: Point, name: 'septal' | 'anterior') =>
    leaflet(hinge, along, down, part(TRICUSPID.shut[name], TRICUSPID.wide[name], open), width, -3 * (1 - open), 10)
  const septal = leaf(v.septal, ring, 'septal')
  const anterior = leaf(v.right, [-ring[0], -ring[1]], 'anterior')
  const at = (line: readonly Point[], share: number): Point => line[Math.round(share * (line.length - 1))] as Point
  const head = mix(at(v.rightInner, 0.5), at(v.septum, 0.5), 0.36)
  const near = mix(at(v.septum, 0.52), at(v.rightInner, 0.52), 0.04)
  return {
    leaflets: path(leafShape(septal, 5), true) + path(leafShape(anterior, 5), true),
    chords: [
      chord(head, anterior.tip, 2 + 5 * open),
      chord(head, mix(anterior.belly, anterior.bend, 0.6), 2 + 5 * open),
      chord(head, septal.tip, -2 - 5 * open),
      chord(near, septal.tip, 2 + 3 * open),
    ].join(''),
    muscle: papillary(v.rightInner, 0.56, 0.69, head, 5.5),
  }
}
