/** Hearts that lessons and the library tell of; each is solved once while the page is open. */
import type { BeatView, Scenario } from '../api/types'
import { app } from '../state/app.svelte'
import { bare } from '../state/permalink'

/** A heart after years with its leak; what is given to it is given then. */
export interface Told {
  scenario: Scenario
  years: number
}

const MOST = 60
const solved = new Map<string, Promise<BeatView>>()

function young(heart: Told): Scenario {
  const { treatments: _given, ...rest } = heart.scenario
  return bare(rest as Scenario)
}

async function solve(heart: Told): Promise<BeatView> {
  const { scenario, years } = heart
  if (!years) return app.source.simulate(bare(scenario))
  const old = await app.source.grow(young(heart), years, null)
  return app.source.simulate(bare({ ...old, treatments: scenario.treatments ?? [] }))
}

export function beatOf(heart: Told): Promise<BeatView> {
  const key = JSON.stringify([heart.scenario, heart.years])
  const known = solved.get(key)
  if (known) return known
  const asked = solve(heart)
  asked.catch(() => solved.delete(key))
  if (solved.size >= MOST) solved.delete(solved.keys().next().value ?? '')
  solved.set(key, asked)
  return asked
}

/** Shows a heart on Live, with the years it has lived with its leak. */
export async function toLive(heart: Told): Promise<void> {
  app.begin(young(heart))
  if (heart.years) await app.live(heart.years)
  if (heart.years && app.lived !== heart.years) return
  const { treatments } = heart.scenario
  if (treatments?.length) app.show({ ...app.scenario, treatments })
  app.go('live')
  scrollTo({ top: 0 })
  document.getElementById('main')?.focus({ preventScroll: true })
}
