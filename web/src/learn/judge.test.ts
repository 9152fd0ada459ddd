import { describe, expect, it } from 'vitest'
import type { BeatView, LessonStep } from '../api/types'
import { answered, fill, judge, last, outcome, seen } from './judge'

const beat = (exam: Record<string, number | null>, severity = 'severe') => ({ exam, grade: { severity } }) as unknown as BeatView
const beats = { A: beat({ lv_ef_percent: 64.2, e: -0.04 }, 'none'), B: beat({ lv_ef_percent: 79.6, nothing: null }) }
const OPTIONS = ['up', 'same', 'down'].map((is) => ({ is, text: `It goes ${is}`, because: `because ${is}` }))

function step(kind: LessonStep['kind'], more: Partial<LessonStep> = {}): LessonStep {
  const empty = { question: '', finding: '', from: '', to: '', same_within: 0, grade: '', options: [], hearts: [], show: [], text: '' }
  return { ...empty, kind, ...more }
}
const rises = step('predict', { finding: 'lv_ef_percent', from: 'A', to: 'B', same_within: 2, options: OPTIONS })

describe('a text of a lesson', () => {
  it('is filled with numbers of the simulation', () => {
    expect(fill('from {A.lv_ef_percent:.0f} to {B.lv_ef_percent:.1f} %', beats)).toBe('from 64 to 79.6\u00a0%')
  })
  it('keeps a number and its unit on one line', () => {
    expect(fill('12 mL and 3 mmHg, 4 hearts, 0.40 cm², 5 litres', {})).toBe('12\u00a0mL and 3\u00a0mmHg, 4 hearts, 0.40\u00a0cm², 5 litres')
  })
  it('names the severity', () => {
    expect(fill('{B.severity}, not {A.severity}', beats)).toBe('severe, not none')
  })
  it('has a true minus, and never a negative nothing', () => {
    expect(fill('{A.e:.2f} {A.e:.0f}', beats)).toBe('−0.04 0')
  })
  it('shows a dash for what is not known', () => {
    expect(fill('{B.nothing:.0f} {C.lv_ef_percent:.0f} {A.other:.0f}', beats)).toBe('– – –')
  })
  it('leaves other braces alone', () => {
    expect(fill('{a} {A} {A.}', beats)).toBe('{a} {A} {A.}')
  })
})

describe('the simulation decides', () => {
  it('whether a finding rises, falls or stays', () => {
    expect(outcome(rises, beats)).toBe('up')
    expect(outcome({ ...rises, from: 'B', to: 'A' }, beats)).toBe('down')
    expect(outcome({ ...rises, same_within: 20 }, beats)).toBe('same')
  })
  it('how severe a leak is', () => {
    expect(outcome(step('predict', { grade: 'B' }), beats)).toBe('severe')
  })
  it('nothing while a heart or a finding is missing', () => {
    expect(outcome({ ...rises, to: 'C' }, beats)).toBe('')
    expect(outcome({ ...rises, finding: 'nothing' }, beats)).toBe('')
  })
  it('what was right', () => {
    expect(judge(rises, 'up', beats)).toMatchObject({ right: true, answer: { is: 'up' } })
    expect(judge(rises, 'down', beats)).toMatchObject({ right: false, chosen: { because: 'because down' }, answer: { is: 'up' } })
    expect(judge(rises, undefined, beats)).toBeNull()
    expect(judge(rises, 'up', {})).toBeNull()
  })
  it('even what no option had thought of', () => {
    const narrow = { ...rises, options: OPTIONS.slice(1) }
    expect(judge(narrow, 'same', beats)).toMatchObject({ right: false, answer: undefined })
  })
})

describe('the steps of a lesson', () => {
  const steps = [step('predict'), step('run', { text: 'first' }), step('predict'), step('explain'), step('predict'), step('run'), step('explain')]

  it('an explanation answers what was asked since the one before', () => {
    expect(answered(steps, 3)).toEqual([0, 2])
    expect(answered(steps, 6)).toEqual([4])
  })
  it('the last run is the one that is still looked at', () => {
    expect(last(steps, 3, 'run')?.text).toBe('first')
    expect(last(steps, 0, 'run')).toBeUndefined()
  })
  it('a prediction stands once its heart was seen', () => {
    expect(seen(steps, 0, 0)).toBe(false)
    expect(seen(steps, 0, 1)).toBe(true)
    expect(seen([step('predict'), step('predict'), step('run')], 0, 1)).toBe(false)
  })
})
