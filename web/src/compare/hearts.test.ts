import { describe, expect, it } from 'vitest'
import { difference } from './hearts'

describe('difference', () => {
  it('is that of the numbers as printed', () => {
    expect(difference(64.4, 79.6, 0, '%')).toBe('+16 points')
    expect(difference(24.4, 15.6, 0, 'mmHg')).toBe('−8 mmHg')
  })
  it('is nothing when the printed numbers are the same', () => {
    expect(difference(50.1, 50.4, 0, 'mL')).toBe('0 mL')
    expect(difference(0.451, 0.449, 2, 'cm²')).toBe('0 cm²')
  })
  it('is a dash when one is not known', () => {
    expect(difference(null, 1, 0, 'mL')).toBe('–')
  })
})
