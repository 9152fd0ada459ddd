import { describe, expect, it } from 'vitest'
import type { Picture } from '../api/types'
import { above, at, phaseAt, phaseStarts } from './beat'
import { murmur } from './murmur'
import { beside, Places } from './places'
import { ceil, ticks } from './scale'

const phases = [
  { name: 'isovolumic contraction', start: 0, stop: 0.06 },
  { name: 'ejection', start: 0.06, stop: 0.4 },
  { name: 'isovolumic relaxation', start: 0.4, stop: 0.5 },
  { name: 'filling', start: 0.5, stop: 0.98 },
  { name: 'isovolumic contraction', start: 0.98, stop: 1 },
]

/** A beat that leaks from one share of it to another. */
function leaking(from: number, to: number): Picture {
  const q_mr = Array.from({ length: 201 }, (_, i) => (i / 200 >= from && i / 200 <= to ? -100 : 0))
  return {
    phases,
    waves: { q_mr },
    marks: { mitral_opens: 0.5, aortic_closes: 0.4 },
    stroke: { leak_ml: (to - from) * 100 },
  } as unknown as Picture
}

describe('a beat', () => {
  it('is read between samples', () => {
    expect(at([0, 10, 20], 0.25)).toBeCloseTo(5)
    expect(at([0, 10, 20], 1)).toBe(20)
  })
  it('has stretches above a limit', () => {
    expect(above([0, 1, 1, 0, 0, 1], 0.5)).toEqual([
      { start: 0.2, stop: 0.6 },
      { start: 1, stop: 1 },
    ])
  })
  it('begins a phase once that goes round its end', () => {
    expect(phaseStarts(leaking(0, 0.5))).toEqual([0.06, 0.4, 0.5, 0.98])
    expect(phaseAt(leaking(0, 0.5), 0.99)).toBe('isovolumic contraction')
  })
})

describe('the murmur', () => {
  it('is told by when it leaks', () => {
    expect(murmur(leaking(0, 0.5)).said).toBe('lasts all of systole')
    expect(murmur(leaking(0.25, 0.5)).said).toBe('late systole only')
    expect(murmur(leaking(0, 0.25)).said).toBe('early systole only')
    expect(murmur(leaking(0.1, 0.11)).stretch).toBeNull()
  })
})

describe('axes', () => {
  it('have round ticks', () => {
    expect(ticks(0, 160, 4)).toEqual([0, 40, 80, 120, 160])
    expect(ticks(-250, 800, 3)).toEqual([0, 400, 800])
    expect(ceil(127, 20)).toBe(140)
  })
})

describe('words in a picture', () => {
  it('keep off each other and off lines', () => {
    const places = new Places({ x: 0, y: 0, w: 200, h: 100 })
    const first = places.put(40, 12, beside([100, 50], 40, 12, 'r'))
    const second = places.put(40, 12, beside([100, 50], 40, 12, 'rl'))
    expect(second.x + second.w).toBeLessThan(first.x)
    places.avoid([[100, 30]])
    expect(places.put(40, 12, beside([100, 50], 40, 12, 'tb', 14)).y).toBeGreaterThan(50)
  })
})
