/** The uneven axis of a course: before, the first hours and months, the years. */
import type { Visit } from '../api/types'

export const YEAR = 365.25
const HOUR = 1 / 24
/** share of the axis for the time before the leak, and for its first year, when it comes at once */
const BEFORE = 0.07
const FIRST_YEAR = 0.43

export interface Axis {
  sudden: boolean
  end: number
  /** share of the axis, from 0 to 1, of a day */
  x: (day: number) => number
  /** the day at a share of the axis */
  day: (x: number) => number
  marks: { x: number; label: string }[]
}

const MARKS: readonly (readonly [number, string])[] = [
  [HOUR, 'hours'], [1, '1 day'], [7, '1 week'], [30, '1 month'], [182, '6 months'],
  ...[1, 2, 3, 5, 7, 10, 15, 20, 30].map((years) => [years * YEAR, `${years} y`] as const),
] // prettier-ignore
const CLOSEST = 0.055

export function axisOf(visits: readonly Visit[]): Axis {
  const end = visits.at(-1)?.day ?? 1
  const sudden = (visits[1]?.day ?? 1) < 1
  const log = (day: number): number => Math.log1p(day / HOUR) / Math.log1p(Math.min(YEAR, end) / HOUR)
  const first = end > YEAR ? FIRST_YEAR : 1 - BEFORE
  const x = (day: number): number => {
    if (!sudden) return Math.min(Math.max(day / end, 0), 1)
    if (day <= 0) return 0
    if (day <= YEAR || end <= YEAR) return Math.min(BEFORE + first * log(day), 1)
    return BEFORE + first + ((1 - BEFORE - first) * (day - YEAR)) / (end - YEAR)
  }
  const day = (share: number): number => {
    if (!sudden) return share * end
    let [low, high] = [0, end]
    for (let i = 0; i < 50; i++) {
      const middle = 0.5 * (low + high)
      if (x(middle) < share) low = middle
      else high = middle
    }
    return share <= 0 ? 0 : high
  }
  const wanted = MARKS.filter(([at]) => at <= end + 1 && (sudden || at >= YEAR))
  const marks: Axis['marks'] = [{ x: 0, label: sudden ? 'before' : 'start' }]
  for (const [at, label] of wanted) {
    const place = x(at)
    if (place - (marks.at(-1)?.x ?? -1) > CLOSEST && place < 0.985) marks.push({ x: place, label })
  }
  return { sudden, end, x, day, marks }
}

/** How long it is since the start, in words. */
export function since(day: number): string {
  if (day <= 0) return 'before the leak'
  if (day < 0.9) return `${Math.max(Math.round(day * 24), 1)} h`
  if (day < 25) return `${Math.round(day)} day${Math.round(day) === 1 ? '' : 's'}`
  if (day < 340) return `${Math.round(day / 30.4)} month${Math.round(day / 30.4) === 1 ? '' : 's'}`
  const years = day / YEAR
  const shown = years < 3 && Math.abs(years - Math.round(years)) > 0.05 ? years.toFixed(1) : String(Math.round(years))
  return `${shown} year${shown === '1' ? '' : 's'}`
}

/** The visits around a day, and how far it is from the one to the other. */
export function around(visits: readonly Visit[], axis: Axis, at: number): { from: Visit; to: Visit; share: number } {
  const next = visits.findIndex((visit) => visit.day >= at)
  const i = next < 0 ? visits.length - 1 : Math.max(next, 1)
  const [from, to] = [visits[Math.max(i - 1, 0)] as Visit, visits[i] as Visit]
  const [a, b] = [axis.x(from.day), axis.x(to.day)]
  return { from, to, share: b > a ? Math.min(Math.max((axis.x(at) - a) / (b - a), 0), 1) : 1 }
}

export interface Stretch {
  name: string
  start: number
  stop: number
  day: number
}

/** Stretches of the axis in which a word stays the same; it changes half way between two visits. */
export function stretches(visits: readonly Visit[], axis: Axis, word: (visit: Visit) => string): Stretch[] {
  const made: Stretch[] = []
  visits.forEach((visit, i) => {
    const before = visits[i - 1]
    const start = before ? 0.5 * (axis.x(before.day) + axis.x(visit.day)) : 0
    const last = made.at(-1)
    if (last?.name === word(visit)) last.stop = 1
    else {
      if (last) last.stop = start
      made.push({ name: word(visit), start, stop: 1, day: visit.day })
    }
  })
  return made
}

/** Up to `most` visits that show the way: the first, the first of every state, the last. */
export function telling(visits: readonly Visit[], most: number): Visit[] {
  const last = visits.length - 1
  const picked = new Set<number>([0, last])
  visits.forEach((visit, i) => {
    if (i > 0 && visit.state !== visits[i - 1]?.state) picked.add(i)
  })
  const sorted = () => [...picked].sort((a, b) => a - b)
  while (picked.size > most) {
    // the closest pair loses its later one, but never the end
    const order = sorted()
    let worst = 1
    for (let k = 1; k < order.length - 1; k++) {
      if ((order[k] as number) - (order[k - 1] as number) < (order[worst] as number) - (order[worst - 1] as number)) worst = k
    }
    picked.delete(order[worst] as number)
  }
  while (picked.size < Math.min(most, visits.length)) {
    const order = sorted()
    let [widest, at] = [0, 0]
    for (let k = 1; k < order.length; k++) {
      const gap = (order[k] as number) - (order[k - 1] as number)
      if (gap > widest) [widest, at] = [gap, Math.round(((order[k] as number) + (order[k - 1] as number)) / 2)]
    }
    if (widest < 2) break
    picked.add(at)
  }
  return sorted().map((i) => visits[i] as Visit)
}
