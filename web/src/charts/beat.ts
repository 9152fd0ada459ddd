/** Reading the curves of a beat: values between samples, named phases, stretches. */
import type { Picture } from '../api/types'

/** The value of a curve at a share of the beat, from 0 to 1. */
export function at(values: readonly number[], phase: number): number {
  const place = Math.min(Math.max(phase, 0), 1) * (values.length - 1)
  const i = Math.min(Math.floor(place), values.length - 2)
  const low = values[i] ?? 0
  return low + ((values[i + 1] ?? low) - low) * (place - i)
}

/** A moment that lies before the start of the beat is the same moment of the beat before. */
export const turn = (phase: number): number => phase - Math.floor(phase)

export interface Stretch {
  start: number
  stop: number
}

/** Where a curve is above a limit, as shares of the beat. */
export function above(values: readonly number[], limit: number): Stretch[] {
  const last = values.length - 1
  const found: Stretch[] = []
  let start: number | null = null
  values.forEach((value, i) => {
    if (value > limit) start ??= i
    if (start !== null && (value <= limit || i === last)) {
      found.push({ start: start / last, stop: i / last })
      start = null
    }
  })
  return found
}

interface Names {
  full: string
  short: string
  plain: string
}
const NAMES: Record<string, Names> = {
  'isovolumic contraction': { full: 'Isovolumic contraction', short: 'Pre', plain: 'Tightening' },
  ejection: { full: 'Ejection', short: 'Ejection', plain: 'Pumping' },
  'isovolumic relaxation': { full: 'Isovolumic relaxation', short: 'Relaxation', plain: 'Loosening' },
  filling: { full: 'Filling', short: 'Filling', plain: 'Filling' },
  'atrial kick': { full: 'Atrial kick', short: 'Atrial kick', plain: 'Top-up' },
}

export function phaseNames(name: string): Names {
  return NAMES[name] ?? { full: name, short: name, plain: name }
}

/** The phase that a moment belongs to. */
export function phaseAt(picture: Picture, phase: number): string {
  return picture.phases.find((one) => phase < one.stop)?.name ?? picture.phases.at(-1)?.name ?? ''
}

/** Where phases begin; one that goes round the end of the beat begins once. */
export function phaseStarts(picture: Picture): number[] {
  const { phases } = picture
  const round = phases.length > 1 && phases[0]?.name === phases.at(-1)?.name
  return phases.slice(round ? 1 : 0).map((one) => one.start)
}
