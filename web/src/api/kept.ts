/** The hearts inside an exported file. They were computed before; nothing new can be asked of them. */
import { Refusal, type Source } from './client'
import type { BeatView, ComparisonView, CourseView, Scenario, Schema, TreatView } from './types'
import { bare } from '../state/permalink'

export interface KeptHeart {
  title: string
  scenario: Scenario
  /** the same heart with other holes (`eroa_cm2`), in rising order; the first list is the heart as given */
  beats: { eroa_cm2: number | null; view: BeatView }[]
  course?: CourseView
  comparison?: ComparisonView
}

export interface Kept {
  schema: Schema
  hearts: KeptHeart[]
  documents: Record<string, unknown>
}

const ONLY_KEPT =
  'This file holds hearts that were computed before: choose one of them and change its hole. For everything else run `mitral serve`.'

/** The kept data of this page, if it is an exported one. */
export function keptData(): Kept | null {
  const element = document.getElementById('mitral-data')
  return element?.textContent ? (JSON.parse(element.textContent) as Kept) : null
}

function keyOf(scenario: Scenario): string {
  const { patient, ...rest } = bare(scenario)
  const { eroa_cm2: _hole, ...person } = patient ?? {}
  const ordered = Object.fromEntries(Object.entries(person).sort(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify([ordered, rest.changes ?? {}, rest.reflex ?? true, rest.treatments ?? []])
}

function nearest(heart: KeptHeart, hole: number | null): BeatView {
  const exact = heart.beats.find((beat) => beat.eroa_cm2 === hole)
  if (exact) return exact.view
  const off = (beat: { eroa_cm2: number | null }) => Math.abs((beat.eroa_cm2 ?? 0) - (hole ?? 0))
  return heart.beats.reduce((best, beat) => (off(beat) < off(best) ? beat : best)).view
}

export function keptSource(data: Kept): Source {
  const find = (scenario: Scenario): KeptHeart => {
    const found = data.hearts.find((heart) => keyOf(heart.scenario) === keyOf(scenario))
    if (!found) throw new Refusal(ONLY_KEPT, 404)
    return found
  }
  const held = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Refusal(ONLY_KEPT, 404)
    return value
  }
  return {
    kept: true,
    schema: async () => data.schema,
    simulate: async (scenario) => nearest(find(scenario), scenario.patient?.eroa_cm2 ?? null),
    treat: async () => held<TreatView>(undefined),
    grow: async () => held<Scenario>(undefined),
    course: async (wish) => {
      const { years: _y, onset: _o, onset_year: _d, fibrillation: _f, ...scenario } = wish
      return held(find(scenario).course)
    },
    compare: async (wish) => {
      const { arms: _a, years: _y, at: _t, onset: _o, ...scenario } = wish
      return held(find(scenario).comparison)
    },
    document: async <T>(name: string) => held(data.documents[name]) as T,
  }
}
