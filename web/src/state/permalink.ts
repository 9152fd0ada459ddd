/** The whole state of the page as text for its address: parameters only, nothing that names a person. */
import type { Scenario } from '../api/types'

export type Screen = 'live' | 'time' | 'compare' | 'learn' | 'library' | 'model'
export const SCREENS: readonly Screen[] = ['live', 'time', 'compare', 'learn', 'library', 'model']

export interface Years {
  years: number
  onset: 'sudden' | 'gradual' | null
  onset_year: number
  fibrillation: boolean
}

export interface Arms {
  arms: string[]
  years: number
  at: number[]
}

/** What an address holds besides the screen; left out: as usual. */
export interface Link {
  heart?: Scenario
  /** years that the heart has lived with its leak, and the heart as it was before them */
  lived?: number
  young?: Scenario
  pins?: { label: string; scenario: Scenario }[]
  words?: 'plain'
  years?: Partial<Years>
  arms?: Partial<Arms>
  /** id of the open lesson or library entry */
  open?: string
  /** ids of controls that a teacher has locked, or hidden */
  lock?: string[]
  hide?: string[]
}

export function encode(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function decode(token: string): unknown {
  const text = atob(token.replaceAll('-', '+').replaceAll('_', '/'))
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0))))
}

/** A scenario as the address and the export routes hold it: no name, nothing that is as usual. */
export function bare(scenario: Scenario): Scenario {
  const patient = Object.fromEntries(
    Object.entries(scenario.patient ?? {}).filter(
      ([name, value]) =>
        name !== 'name' &&
        name !== 'resembles' &&
        value !== null &&
        !(typeof value === 'object' && Object.keys(value).length === 0),
    ),
  )
  return {
    ...(Object.keys(patient).length ? { patient } : {}),
    ...(Object.keys(scenario.changes ?? {}).length ? { changes: scenario.changes } : {}),
    ...(scenario.reflex === false ? { reflex: false } : {}),
    ...(scenario.treatments?.length ? { treatments: scenario.treatments } : {}),
  } as Scenario
}

export function address(screen: Screen, link: Link): string {
  const kept = Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined))
  return Object.keys(kept).length ? `#/${screen}?m=${encode(kept)}` : `#/${screen}`
}

export function read(hash: string): { screen: Screen; link: Link; broken: boolean } {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const screen = SCREENS.find((one) => one === path) ?? 'live'
  const token = new URLSearchParams(query).get('m')
  if (!token) return { screen, link: {}, broken: false }
  try {
    const link = decode(token)
    if (typeof link === 'object' && link !== null) return { screen, link, broken: false }
  } catch {
    // told to the reader below
  }
  return { screen, link: {}, broken: true }
}
