import { describe, expect, it } from 'vitest'
import type { BeatView, Control, Scenario, Schema } from '../api/types'
import { valueOf } from './controls'
import { num, outside, range } from './format'

const control = (kind: Control['kind'], name: string) => ({ id: name, kind, name, low: 0, high: 9, step: 1, digits: 0 }) as Control
const schema = {
  default: { patient: { heart_rate_bpm: 65 } },
  causes: [{ name: 'flail_leaflet', eroa_cm2: 0.45 }],
} as unknown as Schema
const view = { parameters: { tbv: 4800 } } as unknown as BeatView
const of = (patient: object, changes = {}) => ({ patient, changes }) as Scenario

describe('a control', () => {
  it('shows the hole of the cause until one is given', () => {
    const eroa = control('patient', 'eroa_cm2')
    expect(valueOf(eroa, schema, of({ cause: 'flail_leaflet' }), view)).toBe(0.45)
    expect(valueOf(eroa, schema, of({ cause: 'flail_leaflet', eroa_cm2: 0.2 }), view)).toBe(0.2)
    expect(valueOf(eroa, schema, of({}), view)).toBe(0)
  })
  it('falls back to the usual person, the solved value, and one', () => {
    expect(valueOf(control('patient', 'heart_rate_bpm'), schema, of({}), view)).toBe(65)
    expect(valueOf(control('change', 'tbv'), schema, of({}), view)).toBe(4800)
    expect(valueOf(control('factor', 'r_sys'), schema, of({}), view)).toBe(1)
    expect(valueOf(control('factor', 'r_sys'), schema, of({}, { r_sys: 'x1.5' }), view)).toBe(1.5)
  })
})

describe('numbers', () => {
  it('have a true minus sign, and none before nought', () => {
    expect(num(-12.34, 1)).toBe('−12.3')
    expect(num(-0.01, 0)).toBe('0')
    expect(num(null)).toBe('–')
  })
  it('are told from their normal range', () => {
    const normal = { low: 2, high: 12, source: 'a book' }
    expect(range(normal)).toBe('2–12')
    expect(range({ ...normal, low: null })).toBe('≤ 12')
    expect([outside(1, normal), outside(5, normal), outside(13, normal)]).toEqual(['low', '', 'high'])
    expect(outside(12.4, normal), 'inside as printed').toBe('')
  })
})
