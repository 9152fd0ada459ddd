import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Clock as Kind } from './clock.svelte'

let Clock: typeof Kind
beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  Clock = (await import('./clock.svelte')).Clock
})

describe('the clock', () => {
  it('shows a heart of 200 a minute no faster than 180, at any speed', () => {
    const clock = new Clock()
    clock.period = 0.3
    expect((60 / clock.period) * clock.slowed).toBeCloseTo(180)
    clock.speed = 0.5
    expect(clock.slowed).toBe(1)
  })
  it('stops exactly at the start of a phase, and goes round', () => {
    const clock = new Clock()
    const start = 0.05934700619485922
    clock.scrub(0)
    clock.step([0, start, 0.5], true)
    expect(clock.phase).toBe(start)
    clock.step([0, start, 0.5], false)
    expect(clock.phase).toBe(0)
    clock.step([0, start, 0.5], false)
    expect(clock.phase).toBe(0.5)
    expect(clock.playing).toBe(false)
  })
  it('takes a moment before the beat for the same moment of it', () => {
    const clock = new Clock()
    clock.scrub(-0.25)
    expect(clock.phase).toBe(0.75)
  })
})
