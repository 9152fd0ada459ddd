/** The hearts inside an exported file. They were computed before; nothing new can be asked of them. */
import { Refusal, type Source } from './client'
import type { BeatView, ComparisonView, CourseView, Patient, Picture, Scenario, Schema, TreatView, Waves, WaveName } from './types'
import { bare } from '../state/permalink'

/** A curve as whole numbers: parts of a unit, its first value in parts, then every change. */
export type Steps = number[]
type Packed<T> = T extends { picture: Picture } ? Omit<T, 'picture'> & { picture: PackedPicture } : T
type PackedPicture = Omit<Picture, 'waves'> & { waves: Record<WaveName, Steps> }
type Visits = Packed<CourseView['visits'][number]>[]

/** A beat with this hole (null: the one that the cause or the heart makes). */
export interface KeptBeat {
  eroa_cm2: number | null
  /** of all but the first: what differs from that */
  view: Packed<BeatView>
}

export interface KeptHeart {
  title: string
  scenario: Scenario
  beats: [KeptBeat, ...{ eroa_cm2: number | null; view: Partial<Packed<BeatView>> }[]]
  course?: Omit<CourseView, 'visits'> & { visits: Visits }
  comparison?: Omit<ComparisonView, 'lead' | 'arms'> & {
    lead: Visits
    arms: (Omit<ComparisonView['arms'][number], 'visits'> & { visits: Visits })[]
  }
}

export interface Kept {
  schema: Schema
  /** length of the courses */
  years: number
  /** what is compared, and for how long */
  arms: { arms: string[]; years: number }
  /** the hearts to choose from */
  hearts: KeptHeart[]
  /** further hearts that lessons and library tell of, and healthy ones to draw beside */
  others: KeptHeart[]
  grown: { scenario: Scenario; years: number; to: Scenario }[]
  documents: Record<string, unknown>
}

const ONLY_KEPT =
  'This file holds hearts that were computed before: choose one of them and change its hole. For everything else run `mitral serve`.'
const TOO_OLD = 'This browser cannot unpack the hearts in this file; one from 2023 or newer can.'

/** The kept data of this page, if it is an exported one: JSON, compressed, in letters. */
export async function keptData(): Promise<Kept | null> {
  const text = document.getElementById('mitral-data')?.textContent
  if (!text) return null
  if (!('DecompressionStream' in window)) throw new Refusal(TOO_OLD, 400)
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return (await new Response(stream).json()) as Kept
}

export function unpackWave([per = 1, ...steps]: Steps): number[] {
  let parts = 0
  return steps.map((step) => (parts += step) / per)
}

function unpack<T extends { picture: Picture }>(packed: Packed<T>): T {
  const { picture } = packed as { picture: PackedPicture }
  const waves = Object.fromEntries(Object.entries(picture.waves).map(([name, steps]) => [name, unpackWave(steps)]))
  return { ...packed, picture: { ...picture, waves: waves as unknown as Waves } } as unknown as T
}

export function keptSource(data: Kept): Source {
  const usual = data.schema.default.patient as Record<string, unknown>
  const hole = data.schema.controls.find((control) => control.name === 'eroa_cm2')
  const reach = (hole?.step ?? 0) / 2 + 1e-9

  /** A heart by all that it is but its hole. */
  function keyOf(scenario: Scenario): string {
    const { patient, ...rest } = bare(scenario)
    const facts = Object.entries(patient ?? {}).filter(([name, value]) => name !== 'eroa_cm2' && value !== usual[name])
    return JSON.stringify([facts.sort(([a], [b]) => (a < b ? -1 : 1)), rest.changes ?? {}, rest.reflex ?? true, rest.treatments ?? []])
  }
  const holeOf = (scenario: Scenario): number | null => scenario.patient?.eroa_cm2 ?? null
  const wholeKey = (scenario: Scenario): string => `${keyOf(scenario)} ${holeOf(scenario)}`
  const beats = [...data.hearts, ...data.others].flatMap(({ scenario, beats }) =>
    beats.map((beat) => ({ key: keyOf(scenario), first: beats[0].view, ...beat })),
  )

  function held<T>(value: T | undefined | null, why = ONLY_KEPT): T {
    if (value === undefined || value === null) throw new Refusal(why, 404)
    return value
  }
  /** The kept beat with this hole, or with the nearest that a slider may mean. */
  function beatOf(scenario: Scenario): BeatView {
    const [key, wanted] = [keyOf(scenario), holeOf(scenario)]
    const off = ({ eroa_cm2: kept }: { eroa_cm2: number | null }) =>
      kept === wanted ? 0 : kept === null || wanted === null ? Infinity : Math.abs(kept - wanted)
    const same = beats.filter((beat) => beat.key === key && off(beat) <= reach)
    const { first, view } = held(same.sort((a, b) => off(a) - off(b))[0])
    return unpack<BeatView>({ ...first, ...view, parameters: { ...first.parameters, ...view.parameters } })
  }
  /** The heart of the list that is this one, with this hole. */
  function listed(wish: Scenario): KeptHeart {
    const { patient, changes, reflex, treatments } = wish
    const wanted = wholeKey({ patient: patient as Patient, changes: changes ?? {}, reflex: reflex ?? true, treatments: treatments ?? [] })
    const why = 'This file holds the years of its hearts as they are listed, each with its own hole. For others run `mitral serve`.'
    return held(data.hearts.find((heart) => wholeKey(heart.scenario) === wanted), why)
  }
  const visits = (packed: Visits) => packed.map((visit) => unpack<CourseView['visits'][number]>(visit))

  return {
    kept: true,
    schema: async () => data.schema,
    simulate: async (scenario) => beatOf(scenario),
    treat: async () => held<TreatView>(null),
    grow: async (scenario, years, onset) =>
      held(onset ? null : data.grown.find((one) => one.years === years && wholeKey(one.scenario) === wholeKey(scenario))?.to),
    course: async (wish) => {
      const why = `This file holds ${data.years} years of this heart, with the leak coming as it usually does. For others run \`mitral serve\`.`
      const asUsual = wish.years === data.years && !wish.onset && !wish.onset_year && !wish.fibrillation
      const course = held(asUsual ? listed(wish).course : null, why)
      return { ...course, visits: visits(course.visits) }
    },
    compare: async (wish) => {
      const why = `This file compares ${data.arms.arms.join(', ')} over ${data.arms.years} years, for some of its hearts. For others run \`mitral serve\`.`
      const asUsual = wish.years === data.arms.years && !wish.at?.length && !wish.onset && wish.arms.join() === data.arms.arms.join()
      const comparison = held(asUsual ? listed(wish).comparison : null, why)
      return {
        ...comparison,
        lead: visits(comparison.lead),
        arms: comparison.arms.map((arm) => ({ ...arm, visits: visits(arm.visits) })),
      }
    },
    document: async <T>(name: string) => held(data.documents[name]) as T,
  }
}
