import { describe, expect, it } from 'vitest'
import type { Visit } from '../api/types'
import { around, axisOf, clear, since, stretches, telling, YEAR } from './axis'

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
  it('finds the visits around a place', () => {
    const found = around(gradual, axisOf(gradual), 1.5 / 4)
    expect([found.from.day, found.to.day]).toEqual([YEAR, 2 * YEAR])
    expect(found.share).toBeCloseTo(0.5, 6)
    expect(around(gradual, axisOf(gradual), 1).share).toBe(1)
  })
  it('leaves the heart as it was until a sudden leak opens', () => {
    const axis = axisOf(sudden)
    const [before, after] = [around(sudden, axis, axis.opens - 0.001), around(sudden, axis, axis.opens + 0.001)]
    expect([before.share, before.near.day]).toEqual([0, 0])
    expect(after.share).toBeGreaterThan(0)
    expect(after.near.day).toBe(1 / 24)
    for (const one of sudden) expect(around(sudden, axis, axis.spot(one.day)).near.day).toBe(one.day)
  })
  it('counts from a leak that comes in a later year', () => {
    const onset = 3 * YEAR
    const visits = [0, YEAR, 2 * YEAR, onset, ...sudden.slice(1).map((one) => onset + one.day)].map((day) => visit(day, day > onset ? 'acute' : 'normal'))
    const axis = axisOf(visits, onset)
    expect(axis.sudden).toBe(true)
    expect(axis.x(onset)).toBeCloseTo(axis.opens, 6)
    expect(axis.day(axis.opens / 2)).toBeCloseTo(onset / 2, 6)
    expect(stretches(visits, axis, (one) => one.state).map((one) => one.start)).toEqual([0, axis.opens])
  })
  it('drops marks that would touch', () => {
    const marks = [0, 0.02, 0.5].map((x) => ({ x, label: '1 month' }))
    expect(clear(marks, 400).map((mark) => mark.x)).toEqual([0, 0.5])
    expect(clear(marks, 9000)).toHaveLength(3)
  })
  it('changes a word half way between visits, and at once when the leak opens', () => {
    const found = stretches(sudden, axisOf(sudden), (one) => one.state)
    expect(found.map((one) => one.name)).toEqual(['normal', 'acute', 'compensated'])
    expect(found[0]).toMatchObject({ start: 0, stop: axisOf(sudden).opens })
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
