/** The uneven axis of a course: before the leak, its first hours and months, the years. */
import type { Visit } from '../api/types'

export const YEAR = 365.25
const HOUR = 1 / 24
/** share of the axis for the time before a leak that comes at once: in year 0, and in a later one */
const [BEFORE, LONG_BEFORE] = [0.09, 0.16]
/** share of the axis for the first year of such a leak */
const FIRST_YEAR = 0.42

export interface Axis {
  sudden: boolean
  /** the day on which the leak begins, and its place */
  onset: number
  opens: number
  end: number
  /** share of the axis, from 0 to 1, of a day */
  x: (day: number) => number
  /** the day at a share of the axis */
  day: (x: number) => number
  /** where the visit of a day stands, and where the way to the next one begins */
  spot: (day: number) => number
  leaves: (day: number) => number
  marks: { x: number; label: string }[]
}

const MARKS: readonly (readonly [number, string])[] = [
  [HOUR, '1 h'], [1, '1 day'], [7, '1 week'], [30, '1 month'], [182, '6 months'],
  ...[1, 2, 3, 5, 7, 10, 15, 20, 30].map((years) => [years * YEAR, `${years} y`] as const),
] // prettier-ignore

export function axisOf(visits: readonly Visit[], onset = 0): Axis {
  const end = visits.at(-1)?.day ?? 1
  const sudden = visits.some((visit) => visit.day > onset && visit.day < onset + 1)
  const rest = end - onset
  const opens = sudden ? (onset > 0 ? LONG_BEFORE : BEFORE) : onset / end
  const log = (day: number): number => Math.log1p(day / HOUR) / Math.log1p(Math.min(YEAR, rest) / HOUR)
  const first = rest > YEAR ? FIRST_YEAR : 1 - opens
  const x = (day: number): number => {
    if (!sudden) return Math.min(Math.max(day / end, 0), 1)
    const since = day - onset
    if (since <= 0) return onset > 0 ? (opens * Math.max(day, 0)) / onset : 0
    if (since <= YEAR || rest <= YEAR) return Math.min(opens + first * log(since), 1)
    return opens + first + ((1 - opens - first) * (since - YEAR)) / (rest - YEAR)
  }
  const day = (share: number): number => {
    if (!sudden) return share * end
    if (share <= opens) return (onset * share) / opens
    let [low, high] = [onset, end]
    for (let i = 0; i < 50; i++) {
      const middle = 0.5 * (low + high)
      if (x(middle) < share) low = middle
      else high = middle
    }
    return high
  }
  // the heart before a sudden leak is one day, but has room
  const wide = (at: number): boolean => sudden && onset === 0 && at <= 0
  const spot = (at: number): number => (wide(at) ? opens / 2 : x(at))
  const leaves = (at: number): number => (wide(at) ? opens : x(at))
  const marks = MARKS.filter(([at]) => onset + at <= end + 1 && (sudden || at >= YEAR))
    .map(([at, label]) => ({ x: x(onset + at), label }))
    .filter((mark) => mark.x < 0.985)
  const begin = { x: opens > 0 ? opens / 2 : 0, label: sudden || onset > 0 ? 'before' : 'start' }
  return { sudden, onset, opens, end, x, day, spot, leaves, marks: [begin, ...marks] }
}

/** How long the leak has been there, in words. */
export function since(day: number): string {
  if (day <= 0) return 'before the leak'
  if (day < 0.9) return `${Math.max(Math.round(day * 24), 1)} h`
  if (day < 25) return `${Math.round(day)} day${Math.round(day) === 1 ? '' : 's'}`
  if (day < 340) return `${Math.round(day / 30.4)} month${Math.round(day / 30.4) === 1 ? '' : 's'}`
  const years = day / YEAR
  const shown = years < 3 && Math.abs(years - Math.round(years)) > 0.05 ? years.toFixed(1) : String(Math.round(years))
  return `${shown} year${shown === '1' ? '' : 's'}`
}

export interface Between {
  from: Visit
  to: Visit
  /** how far it is from the one to the other, from 0 to 1 */
  share: number
  /** whose words hold */
  near: Visit
}

/** The visits around a place on the axis. */
export function around(visits: readonly Visit[], axis: Axis, place: number): Between {
  const next = visits.findIndex((visit) => axis.spot(visit.day) >= place)
  const i = next < 0 ? visits.length - 1 : Math.max(next, 1)
  const [from, to] = [visits[Math.max(i - 1, 0)] as Visit, (visits[i] ?? visits[0]) as Visit]
  const [a, b] = [axis.leaves(from.day), axis.x(to.day)]
  const share = b > a ? Math.min(Math.max((place - a) / (b - a), 0), 1) : 1
  return { from, to, share, near: place < border(axis, from, to) ? from : to }
}

/** Where the words of one visit give way to those of the next: half way, but at once when the leak opens. */
function border(axis: Axis, from: Visit, to: Visit): number {
  const opening = axis.sudden && from.day <= axis.onset && to.day > axis.onset
  return opening ? axis.opens : 0.5 * (axis.leaves(from.day) + axis.x(to.day))
}

export interface Stretch {
  name: string
  start: number
  stop: number
  /** of its first visit */
  day: number
}

/** Stretches of the axis in which a word stays the same. */
export function stretches(visits: readonly Visit[], axis: Axis, word: (visit: Visit) => string): Stretch[] {
  const made: Stretch[] = []
  visits.forEach((visit, i) => {
    const before = visits[i - 1]
    const last = made.at(-1)
    if (last?.name === word(visit)) return
    const start = before ? border(axis, before, visit) : 0
    if (last) last.stop = start
    made.push({ name: word(visit), start, stop: 1, day: visit.day })
  })
  return made
}

/** Marks that stand clear of those before them, on an axis of so many px. */
export function clear<T extends { x: number; label: string }>(marks: readonly T[], px: number, letter = 6.2): T[] {
  const kept: T[] = []
  for (const mark of marks) {
    const last = kept.at(-1)
    const room = last ? (mark.x - last.x) * px - 0.5 * letter * (mark.label.length + last.label.length) : Infinity
    if (room > 8) kept.push(mark)
  }
  return kept
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
