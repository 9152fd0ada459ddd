/** Arms of treatment as text and as words: 'teer:3' is three clips, 'repair, year 2' a later arm. */
import type { TreatmentInfo } from '../api/types'

const SHORT: Record<string, string> = { none: 'waiting', teer: 'clips' }
/** letters that have room beside a curve */
const LONGEST = 10

export interface Planned {
  treatment: TreatmentInfo
  /** the main dose; null for what has none */
  dose: number | null
}

/** The treatment of an arm and its main dose; null for several at once, or one that is not known. */
export function planned(arm: string, known: readonly TreatmentInfo[]): Planned | null {
  const [name, text = ''] = arm.split(':')
  const treatment = known.find((one) => one.name === name)
  if (!treatment || arm.includes('+')) return null
  const given = Number.parseFloat(text)
  return { treatment, dose: Number.isFinite(given) ? given : (treatment.doses[0]?.usual ?? null) }
}

/** An arm as it is written; what is usual is left out. */
export function written({ treatment }: Planned, dose: number): string {
  const main = treatment.doses[0]
  if (!main || !Number.isFinite(dose)) return treatment.name
  const within = Math.min(Math.max(dose, main.low ?? -Infinity), main.high ?? Infinity)
  const given = main.whole ? Math.round(within) : within
  return given === main.usual ? treatment.name : `${treatment.name}:${given}`
}

const parts = (treatment: string): [name: string, dose: string] => {
  const [name = '', dose] = treatment.split(':')
  const given = Number.parseFloat(dose ?? '')
  return [SHORT[name] ?? name.replaceAll('_', ' '), Number.isFinite(given) ? ` ${given}` : '']
}

/** A treatment in a word and its dose, if it was given one: 'clips 2'. */
export const called = (treatment: string): string => parts(treatment).join('')

/** What an arm is called beside its curve: names are cut, doses and years are not. */
export function shortName(arm: string): string {
  const [text = '', year] = arm.split(', year ')
  const given = text.split('+').map(parts)
  const end = year ? `, y ${year}` : ''
  const room = (LONGEST - end.length) / given.length
  const cut = given.map(([name, dose]) => {
    const letters = Math.max(Math.floor(room - dose.length), 3)
    return (name.length > letters ? `${name.slice(0, letters - 1)}.` : name) + dose
  })
  return cut.join('+') + end
}

/** The treatments of an arm in full, with the dose that was given: 'Surgical repair … (ring 30 mm)'. */
export function fullName(arm: string, title: string, known: readonly TreatmentInfo[]): string {
  const [text = '', year] = arm.split(', year ')
  const label = text
    .split('+')
    .map((one) => known.find((treatment) => treatment.name === one.split(':')[0])?.label ?? one)
    .join(' and ')
  const doses = [...title.matchAll(/\(([^)]*)\)/g)].map((match) => match[1]).join('; ')
  return [label, doses, year ? `in year ${year}` : ''].filter(Boolean).join(', ')
}
