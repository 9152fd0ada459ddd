/** Visits and what lies between them: findings and pictures on the way from one to the next. */
import type { Picture, Visit } from '../api/types'
import { between } from '../state/blend.svelte'
import type { Between } from './axis'

/** A finding of a visit; null when it was not found. */
export function quantity(visit: Visit, finding: string): number | null {
  const found = finding === 'lung_water_ml_kg' ? visit.lung_water_ml_kg : visit.exam[finding]
  return typeof found === 'number' ? found : null
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share

export function quantityAt(now: Between, finding: string): number | null {
  const [a, b] = [quantity(now.from, finding), quantity(now.to, finding)]
  return a === null || b === null ? null : mix(a, b, now.share)
}

/** The heart between two visits; what cannot be half is that of the nearer one. */
export function pictureAt({ from, to, share, near }: Between): Picture {
  const [a, b, held] = [from.picture, to.picture, near.picture]
  const blend = (of: (picture: Picture) => number) => mix(of(a), of(b), share)
  return {
    ...between(a, b, share),
    leaflets: held.leaflets,
    device: held.device,
    marks: held.marks,
    phases: held.phases,
    loop: held.loop,
    period_s: blend((one) => one.period_s),
    heart: { ...held.heart, wall_lv_ml: blend((one) => one.heart.wall_lv_ml) },
    stroke: {
      forward_ml: blend((one) => one.stroke.forward_ml),
      leak_ml: blend((one) => one.stroke.leak_ml),
      total_ml: blend((one) => one.stroke.total_ml),
      forward_ef_percent: blend((one) => one.stroke.forward_ef_percent),
    },
  }
}
