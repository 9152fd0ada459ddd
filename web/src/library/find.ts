/** Finds entries by what people call things: any spelling, any order of words. */
import type { LibraryEntry } from '../api/types'

/** Without accents, hyphens and case; oedema is edema, ischaemic is ischemic. */
export function plainly(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/æ|ae/g, 'e')
    .replaceAll(/œ|oe/g, 'e')
    .replaceAll('isation', 'ization')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const names = (entry: LibraryEntry): string[] => [entry.title, ...entry.also_called].map(plainly)

/** How well an entry answers: its name, the start of a name, words of its names, words of its text; 0: not. */
function score(entry: LibraryEntry, wanted: string): number {
  const called = names(entry)
  if (called.includes(wanted)) return 4
  if (called.some((name) => name.startsWith(wanted))) return 3
  const words = wanted.split(' ')
  const within = (text: string) => words.every((word) => ` ${text}`.includes(` ${word}`))
  if (within(called.join(' '))) return 2
  return within(plainly(`${called.join(' ')} ${entry.plain} ${entry.technical}`)) ? 1 : 0
}

/** Entries that answer, the best first; all of them while nothing is asked. */
export function find(entries: readonly LibraryEntry[], asked: string): LibraryEntry[] {
  const wanted = plainly(asked)
  if (!wanted) return [...entries]
  return entries
    .map((entry) => ({ entry, score: score(entry, wanted) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.entry)
}

/** The further name by which an entry was found, if it is not its title. */
export function foundAs(entry: LibraryEntry, asked: string): string {
  const wanted = plainly(asked)
  if (!wanted || plainly(entry.title).includes(wanted)) return ''
  return entry.also_called.find((name) => plainly(name).includes(wanted)) ?? ''
}

const pairs = (text: string): string[] => Array.from({ length: Math.max(text.length - 1, 0) }, (_, i) => text.slice(i, i + 2))

/** How alike two words are, from 0 to 1: the share of pairs of letters that they have in common. */
function alike(a: string, b: string): number {
  const left = pairs(a)
  const right = pairs(b)
  const all = left.length + right.length
  let common = 0
  for (const pair of left) {
    const at = right.indexOf(pair)
    if (at < 0) continue
    right.splice(at, 1)
    common += 1
  }
  return all ? (2 * common) / all : 0
}

/** What may have been meant when nothing was found. */
export function nearest(entries: readonly LibraryEntry[], asked: string, most = 3): LibraryEntry[] {
  const wanted = plainly(asked)
  return entries
    .map((entry) => ({ entry, near: Math.max(...names(entry).map((name) => alike(name, wanted))) }))
    .filter((one) => one.near > 0.4)
    .sort((a, b) => b.near - a.near)
    .slice(0, most)
    .map((one) => one.entry)
}
