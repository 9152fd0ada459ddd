/** When the leak can be heard, from its own flow, and an ECG drawn from the timings. */
import type { Picture } from '../api/types'
import { above, at, turn, type Stretch } from './beat'
import { greatest } from './scale'

/** A leak smaller than this (mL) is the closing of a healthy valve. */
const SILENT_ML = 3
const HEARD = 0.12

export interface Murmur {
  stretch: Stretch | null
  said: string
}

export function murmur(picture: Picture): Murmur {
  const { marks, waves, stroke } = picture
  if (stroke.leak_ml < SILENT_ML) return { stretch: null, said: 'none: hardly anything leaks' }
  const end = marks.mitral_opens ?? marks.aortic_closes ?? 0.5
  const leak = waves.q_mr.map((flow, i) => (i / 200 <= end ? Math.max(-flow, 0) : 0))
  const heard = above(leak, HEARD * greatest(leak))
  const first = heard[0]
  const last = heard.at(-1)
  if (!first || !last) return { stretch: null, said: 'none: hardly anything leaks' }
  const [from, to] = [first.start / end, last.stop / end]
  const when = from > 0.3 ? 'late systole only' : to < 0.7 ? 'early systole only' : 'lasts all of systole'
  return { stretch: { start: first.start, stop: last.stop }, said: when }
}

/** The outline of the murmur in a strip of this size: as thick as the leak is swift. */
export function murmurPath(picture: Picture, { start, stop }: Stretch, width: number, height: number): string {
  const flows = Array.from({ length: 41 }, (_, i) => Math.max(-at(picture.waves.q_mr, start + ((stop - start) * i) / 40), 0))
  const most = Math.max(greatest(flows), 1)
  const half = flows.map((flow) => (Math.sqrt(flow / most) * height) / 2)
  const across = (i: number) => ((start + ((stop - start) * i) / 40) * width).toFixed(1)
  const upper = half.map((h, i) => `${across(i)} ${(height / 2 - h).toFixed(1)}`)
  const lower = half.map((h, i) => `${across(i)} ${(height / 2 + h).toFixed(1)}`).reverse()
  return `M${[...upper, ...lower].join('L')}Z`
}

export interface Ecg {
  path: string
  letters: { name: string; phase: number }[]
}

/** A drawn ECG: its waves stand where the timings of the beat put them. Not computed. */
export function ecg(picture: Picture, width: number, height: number): Ecg {
  const { marks, period_s } = picture
  const share = (seconds: number) => seconds / period_s
  const r = 1 - share(0.02)
  const t = (marks.aortic_closes ?? 0.4) - share(0.05)
  const p = marks.atrial_onset === null ? null : marks.atrial_onset - share(0.03)
  const humps = [
    { at: r - share(0.022), size: -0.12, wide: share(0.006) },
    { at: r, size: 1, wide: share(0.007) },
    { at: r + share(0.02), size: -0.2, wide: share(0.007) },
    { at: t, size: 0.26, wide: share(0.04) },
    ...(p === null ? [] : [{ at: p, size: 0.14, wide: share(0.022) }]),
  ]
  const base = height * 0.8
  const steps = Math.max(200, Math.round(width))
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const phase = i / steps
    const volts = humps.reduce((sum, { at: middle, size, wide }) => {
      const off = Math.abs(phase - middle)
      return sum + size * Math.exp(-0.5 * (Math.min(off, 1 - off) / wide) ** 2)
    }, 0)
    return `${(phase * width).toFixed(1)} ${(base - volts * height * 0.72).toFixed(1)}`
  })
  const letters = [{ name: 'R', phase: r }, { name: 'T', phase: turn(t) }, ...(p === null ? [] : [{ name: 'P', phase: turn(p) }])]
  return { path: `M${points.join('L')}`, letters }
}
