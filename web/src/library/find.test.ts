import { describe, expect, it } from 'vitest'
import type { LibraryEntry } from '../api/types'
import { find, foundAs, nearest, plainly } from './find'

const entry = (id: string, title: string, also_called: string[], plain = '') =>
  ({ id, kind: 'cause', title, also_called, plain, technical: '' }) as unknown as LibraryEntry
const leak = entry('condition', 'mitral regurgitation', ['mitral insufficiency', 'leaky mitral valve'], 'The valve leaks.')
const water = entry('oedema', 'water in the lungs', ['pulmonary oedema', 'flash oedema'], 'The mitral valve tears at once.')
const heart = entry('ischaemic', 'ischaemic leak', ['after a heart attack'])
const ALL = [water, leak, heart]
const ids = (found: LibraryEntry[]) => found.map((one) => one.id)

describe('the library', () => {
  it('is whole while nothing is asked', () => {
    expect(find(ALL, '  ')).toEqual(ALL)
  })
  it('is found by any name of a thing', () => {
    expect(ids(find(ALL, 'Mitral Insufficiency'))[0]).toBe('condition')
    expect(ids(find(ALL, 'leaky-valve'))).toEqual(['condition'])
  })
  it('knows both spellings', () => {
    expect(plainly('Oedema, ischaemic, œdème')).toBe('edema ischemic edeme')
    expect(ids(find(ALL, 'pulmonary edema'))).toEqual(['oedema'])
    expect(ids(find(ALL, 'ischemic'))).toEqual(['ischaemic'])
  })
  it('puts names before texts', () => {
    expect(ids(find(ALL, 'mitral'))).toEqual(['condition', 'oedema'])
  })
  it('finds the beginning of a word, not its end', () => {
    expect(ids(find(ALL, 'insuff'))).toEqual(['condition'])
    expect(find(ALL, 'eart')).toEqual([])
  })
  it('says by which name', () => {
    expect(foundAs(leak, 'insufficiency')).toBe('mitral insufficiency')
    expect(foundAs(leak, 'regurgitation')).toBe('')
  })
  it('offers the nearest when nothing is found', () => {
    expect(ids(nearest(ALL, 'mitral regurgittion'))[0]).toBe('condition')
    expect(nearest(ALL, 'xyz')).toEqual([])
    expect(nearest(ALL, '')).toEqual([])
  })
})
