import { describe, expect, it } from 'vitest'
import { apart, nice } from './places'

describe('places', () => {
  it('finds round ends', () => {
    expect(nice(0, 263)).toEqual({ low: 0, high: 300, ticks: [0, 100, 200, 300] })
    expect(nice(42, 79).ticks).toEqual([40, 60, 80])
  })
  it('keeps words apart, in their order and in the panel', () => {
    const [a = 0, b = 0, c = 0] = apart([40, 41, 2], 10, 70)
    expect(b - a).toBeGreaterThan(13)
    expect(c).toBe(10)
    const low = apart([69, 69, 69], 10, 70)
    expect(Math.max(...low)).toBeLessThanOrEqual(70)
    expect(new Set(low).size).toBe(3)
  })
})
