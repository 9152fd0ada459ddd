import { describe, expect, it } from 'vitest'
import type { TreatmentInfo } from '../api/types'
import { called, fullName, planned, shortName, written, type Planned } from './arms'

const clips = { name: 'clips', unit: 'clips', low: 1, high: 3, usual: 2, whole: true }
const known = [
  { name: 'none', label: 'watchful waiting', doses: [] },
  { name: 'teer', label: 'edge-to-edge repair', doses: [clips] },
] as unknown as TreatmentInfo[]

describe('arms', () => {
  it('have a main dose, the usual one if none is given', () => {
    expect(planned('teer', known)?.dose).toBe(2)
    expect(planned('teer:3clips', known)?.dose).toBe(3)
    expect(planned('none', known)?.dose).toBe(null)
    expect(planned('teer+none', known)).toBe(null)
  })
  it('are written within their range, the usual dose left out', () => {
    const teer = planned('teer', known) as Planned
    expect([2, 9, 0, 1.4].map((dose) => written(teer, dose))).toEqual(['teer', 'teer:3', 'teer:1', 'teer:1'])
  })
  it('are called so that a reader knows them', () => {
    expect(['none', 'teer:3', 'repair, year 2', 'beta_blocker'].map(shortName)).toEqual(['waiting', 'clips 3', 'repa., y 2', 'beta bloc.'])
    expect(shortName('hydralazine:0.25')).toBe('hydr. 0.25')
    expect(called('teer:2clips')).toBe('clips 2')
    expect(fullName('teer:3', 'teer (clips 3)', known)).toBe('edge-to-edge repair, clips 3')
  })
})
