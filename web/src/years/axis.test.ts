import { describe, expect, it } from 'vitest'
import type { Visit } from '../api/types'
import { around, axisOf, since, stretches, telling, YEAR } from './axis'

const visit = (day: number, state: string) => ({ day, state }) as Visit
const sudden = [0, 1 / 24, 1, 7, 30, 182, 365.25, 730.5, 3652.5].map((day, i) => visit(day, i === 0 ? 'normal' : i < 6 ? 'acute' : 'compensated'))
const gradual = [0, 1, 2, 3, 4].map((years) => visit(years * YEAR, 'normal'))

describe('axis', () => {
  it('rises, and a day comes back from its place', () => {
    for (const visits of [sudden, gradual]) {
      const axis = axisOf(visits)
      const places = visits.map((one) => axis.x(one.day))
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(places[0]).toBe(0)
      expect(places.at(-1)).toBeCloseTo(1, 6)
      for (const one of visits.slice(1)) expect(axis.day(axis.x(one.day))).toBeCloseTo(one.day, 3)
    }
  })
  it('gives hours room when the leak comes at once, and is even when it comes slowly', () => {
    expect(axisOf(sudden).x(1)).toBeGreaterThan(0.15)
    expect(axisOf(gradual).x(YEAR)).toBeCloseTo(0.25, 6)
  })
  it('finds the visits around a day', () => {
    const axis = axisOf(gradual)
    const found = around(gradual, axis, 1.5 * YEAR)
    expect([found.from.day, found.to.day]).toEqual([YEAR, 2 * YEAR])
    expect(found.share).toBeCloseTo(0.5, 6)
    expect(around(gradual, axis, 99 * YEAR).share).toBe(1)
  })
  it('changes a word half way between visits', () => {
    const found = stretches(sudden, axisOf(sudden), (one) => one.state)
    expect(found.map((one) => one.name)).toEqual(['normal', 'acute', 'compensated'])
    expect(found[0]?.start).toBe(0)
    expect(found.at(-1)?.stop).toBe(1)
    for (let i = 1; i < found.length; i++) expect(found[i]?.start).toBe(found[i - 1]?.stop)
  })
  it('picks visits that show the way', () => {
    const picked = telling(sudden, 5)
    expect(picked).toHaveLength(5)
    expect(picked[0]?.day).toBe(0)
    expect(picked.at(-1)?.day).toBe(3652.5)
    expect(telling(gradual.slice(0, 2), 5)).toHaveLength(2)
  })
  it('says how long it has been', () => {
    expect([0, 1 / 24, 7, 91, 365.25, 3652].map(since)).toEqual(['before the leak', '1 h', '7 days', '3 months', '1 year', '10 years'])
  })
})
