/** What a treatment leaves in the mitral valve, cut like the valve itself. */
import type { Picture } from '../api/types'
import type { Leaflet, Valve } from './leaflets'
import { leafShape } from './leaflets'
import { add, band, bow, mix, path, smooth, type Point } from './plane'
import { DOWN, type Ventricles } from './ventricles'

export interface Device {
  /** behind the leaflets: the far half of a ring */
  far: string
  /** cloth, metal and tissue */
  cloth: string
  metal: string
  tissue: string
}
const NONE: Device = { far: '', cloth: '', metal: '', tissue: '' }

/** A valve whose leaflets a clip holds together in the middle; beside it they open. */
export function held(valve: Valve, open: number): Valve {
  const middle = mix(valve.anterior.bend, valve.posterior.bend, 0.5)
  const grasp = ({ hinge }: Leaflet, side: number): Leaflet => {
    const bend = add(middle, valve.ring, side * 3)
    return { hinge, bend, tip: add(bend, DOWN, 14), belly: add(mix(hinge, bend, 0.5), DOWN, 3 + 12 * open) }
  }
  return { ...valve, anterior: grasp(valve.anterior, -1), posterior: grasp(valve.posterior, 1), orifice: add(middle, valve.up, 4) }
}

function clip({ anterior, posterior, ring }: Valve): Device {
  const top = mix(anterior.bend, posterior.bend, 0.5)
  const at = (across: number, deep: number): Point => add(add(top, ring, across), DOWN, deep)
  const arm = (side: number): string => path(band(bow(at(side * 11, 1), at(side * 9, 18), at(side * 1.5, 25), 9), () => 1.9), true)
  return { ...NONE, metal: arm(-1) + arm(1) + path(smooth([at(-4, 20), at(4, 20), at(4.5, 34), at(0, 38), at(-4.5, 34)], 4, true), true) }
}

/** The cut ends of a ring, and its far half seen from above. */
function annulus(v: Ventricles, ring: Point, size: number, high: number): Device {
  const section = (at: Point): string => path(smooth([add(at, ring, -size), add(at, DOWN, -high), add(at, ring, size), add(at, DOWN, high)], 6, true), true)
  const [a, b] = [add(v.anterior, DOWN, -2), add(v.lateral, DOWN, -2)]
  const far = bow(a, add(mix(a, b, 0.5), DOWN, -34), b, 16)
  return { ...NONE, far: path(band(far, () => 3.2), true), cloth: section(a) + section(b) }
}

/** Two half discs that turn about pivots near the middle. */
function discs(v: Ventricles, valve: Valve, open: number): string {
  const middle = mix(v.anterior, v.lateral, 0.5)
  const reach = 0.5 * valve.width - 13
  return [-1, 1]
    .map((side) => {
      const angle = ((-9 + 94 * open) * Math.PI) / 180
      const out = add([side * valve.ring[0] * Math.cos(angle), side * valve.ring[1] * Math.cos(angle)], DOWN, Math.sin(angle))
      const pivot = add(middle, valve.ring, side * (5 + 5 * open))
      return path(band([add(pivot, out, -4 - 8 * open), add(pivot, out, reach - 8 * open)], () => 2.4), true)
    })
    .join('')
}

/** Three cusps on a frame, two of them cut. */
function bioprosthesis(v: Ventricles, valve: Valve, open: number): Device {
  const [a, b] = [add(v.anterior, valve.ring, 6), add(v.lateral, valve.ring, -6)]
  const middle = mix(a, b, 0.5)
  const post = (at: Point, side: number): string => path(band([add(at, DOWN, 4), add(add(at, DOWN, 46), valve.ring, side * 7)], () => 2.6), true)
  const cusp = (from: Point, side: number): string => {
    const meet = add(add(middle, valve.ring, -side * (1.5 + 0.34 * valve.width * open)), DOWN, 26 + 18 * open)
    const belly = add(add(from, valve.ring, side * 6), DOWN, 34)
    const leaf: Leaflet = { hinge: add(from, DOWN, 7), bend: meet, tip: add(meet, DOWN, 10 - 3 * open), belly }
    return path(leafShape(leaf, 5.4), true)
  }
  return { ...annulus(v, valve.ring, 8, 8), metal: post(a, 1) + post(b, -1), tissue: cusp(a, 1) + cusp(b, -1) }
}

export function device(kind: Picture['device'], v: Ventricles, valve: Valve, open: number): Device {
  if (kind === 'clip') return clip(valve)
  if (kind === 'ring') return annulus(v, valve.ring, 6.5, 5.5)
  if (kind === 'mechanical') return { ...annulus(v, valve.ring, 8, 9), metal: discs(v, valve, open) }
  if (kind === 'biological') return bioprosthesis(v, valve, open)
  return NONE
}
