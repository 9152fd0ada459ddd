import { describe, expect, it } from 'vitest'
import { keptSource, unpackWave, type Kept } from './kept'
import type { CompareRequest, CourseRequest, Patient, Scenario } from './types'

const heart = (patient: Partial<Patient>, rest: Partial<Scenario> = {}): Scenario => ({ patient: patient as Patient, ...rest }) as Scenario
const picture = (volume: number) => ({ picture: { waves: { v_lv: [10, volume * 10, 5, -5] } } })
const grown = heart({ cause: 'flail_leaflet', adapted: true, eroa_cm2: 0.47, factors: { v0_lv: 1.4 } })

const data = {
  schema: { default: { patient: { age_years: 48, sex: 'male', cause: null } }, controls: [{ name: 'eroa_cm2', step: 0.02 }] },
  years: 15,
  arms: { arms: ['none', 'repair'], years: 5 },
  hearts: [
    {
      title: 'A torn chord',
      scenario: heart({ cause: 'flail_leaflet' }),
      beats: [
        { eroa_cm2: null, view: { beats: 9, parameters: { eroa: 0.45, hr: 65 }, ...picture(150) } },
        { eroa_cm2: 0.1, view: { parameters: { eroa: 0.1 }, ...picture(120) } },
      ],
      course: { visits: [{ day: 0, ...picture(140) }], outcome: 'well' },
    },
  ],
  others: [{ title: '', scenario: grown, beats: [{ eroa_cm2: 0.47, view: { beats: 7, parameters: {}, ...picture(200) } }] }],
  grown: [{ scenario: heart({ cause: 'flail_leaflet' }), years: 1, to: grown }],
  documents: { library: { kinds: {} } },
} as unknown as Kept

const source = keptSource(data)
const later = { years: 15, onset: null, onset_year: 0, fibrillation: false }
const course = (wish: object) => source.course(wish as CourseRequest, () => undefined, new AbortController().signal)

describe('a wave', () => {
  it('is the sum of its steps, in parts of a unit', () => {
    expect(unpackWave([100, 250, -50, 0, 25])).toEqual([2.5, 2, 2, 2.25])
    expect(unpackWave([1, 0])).toEqual([0])
  })
})

describe('a kept heart', () => {
  it('is found whatever is said of what is as usual', async () => {
    const beat = await source.simulate(heart({ cause: 'flail_leaflet', age_years: 48, sex: 'male', name: 'A leak' }))
    expect(beat.picture.waves.v_lv).toEqual([150, 150.5, 150])
  })
  it('with another hole is the first with what differs', async () => {
    const beat = await source.simulate(heart({ cause: 'flail_leaflet', eroa_cm2: 0.105 }))
    expect(beat.beats).toBe(9)
    expect(beat.parameters).toEqual({ eroa: 0.1, hr: 65 })
    expect(beat.picture.waves.v_lv[0]).toBe(120)
  })
  it('does not answer for a hole, a person or a treatment that is not kept', async () => {
    for (const other of [heart({ cause: 'flail_leaflet', eroa_cm2: 0.3 }), heart({ cause: 'flail_leaflet', age_years: 70 }), heart({ cause: 'flail_leaflet' }, { treatments: ['repair'] })])
      await expect(source.simulate(other)).rejects.toThrow('mitral serve')
  })
  it('has lived with its leak', async () => {
    const old = await source.grow(heart({ cause: 'flail_leaflet' }), 1, null)
    expect((await source.simulate(old)).picture.waves.v_lv[0]).toBe(200)
    await expect(source.grow(heart({ cause: 'flail_leaflet' }), 5, null)).rejects.toThrow('mitral serve')
  })
})

describe('the years', () => {
  it('are those of the heart as it is listed', async () => {
    const view = await course({ patient: { cause: 'flail_leaflet' }, ...later })
    expect(view.visits[0]?.picture.waves.v_lv[0]).toBe(140)
  })
  it('are refused for other years and another hole', async () => {
    await expect(course({ patient: { cause: 'flail_leaflet' }, ...later, fibrillation: true })).rejects.toThrow('15 years')
    await expect(course({ patient: { cause: 'flail_leaflet', eroa_cm2: 0.1 }, ...later })).rejects.toThrow('own hole')
  })
  it('of treatments are refused when they are not kept', async () => {
    const wish = { patient: { cause: 'flail_leaflet' }, arms: ['none', 'repair'], years: 5 } as unknown as CompareRequest
    await expect(source.compare(wish, () => undefined, new AbortController().signal)).rejects.toThrow('for some of its hearts')
  })
})
