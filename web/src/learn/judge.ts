/** What the simulation answers to a question of a lesson, and texts filled with its numbers. */
import type { BeatView, LessonOption, LessonStep } from '../api/types'
import { finding, num } from '../parts/format'

/** The beats of a lesson's hearts, by letter. */
export type Beats = Readonly<Record<string, BeatView>>

const HOLE = /\{([A-Z])\.([a-z0-9_]+)(?::\.(\d)f)?\}/g

/** A number and its unit stay on one line. */
export function together(text: string): string {
  return text.replace(/(\d) (?=%|mmHg|mL|mm|cm|L\/)/g, '$1\u00a0')
}

/** Fills {A.lv_ef_percent:.0f} and {A.severity}; what a heart does not have is a dash. */
export function fill(text: string, beats: Beats): string {
  const filled = text.replace(HOLE, (_, letter: string, what: string, digits?: string) => {
    const view = beats[letter]
    if (!view) return '–'
    if (what === 'severity') return view.grade.severity
    return num(finding(view, what), digits === undefined ? 1 : Number(digits))
  })
  return together(filled)
}

/** The outcome that the simulation gives: up, same, down, or a severity; '' while it is not known. */
export function outcome(step: LessonStep, beats: Beats): string {
  if (step.grade) return beats[step.grade]?.grade.severity ?? ''
  const [from, to] = [beats[step.from], beats[step.to]]
  const before = from && finding(from, step.finding)
  const after = to && finding(to, step.finding)
  if (typeof before !== 'number' || typeof after !== 'number') return ''
  if (Math.abs(after - before) < step.same_within) return 'same'
  return after > before ? 'up' : 'down'
}

export interface Verdict {
  right: boolean
  chosen: LessonOption
  /** the answer that the simulation gives; undefined if no option stands for it */
  answer: LessonOption | undefined
}

/** Whether a prediction was right; null if there was none, or nothing to judge it by. */
export function judge(step: LessonStep, said: string | undefined, beats: Beats): Verdict | null {
  const is = outcome(step, beats)
  const chosen = step.options.find((option) => option.is === said)
  if (!is || !chosen) return null
  return { right: chosen.is === is, chosen, answer: step.options.find((option) => option.is === is) }
}

/** The predictions that an explanation at `at` answers: those since the explanation before. */
export function answered(steps: readonly LessonStep[], at: number): number[] {
  const before = steps.slice(0, at).findLastIndex((step) => step.kind === 'explain')
  return steps.flatMap((step, i) => (i > before && i < at && step.kind === 'predict' ? [i] : []))
}

/** The last step of a kind up to `at`. */
export function last(steps: readonly LessonStep[], at: number, kind: LessonStep['kind']): LessonStep | undefined {
  return steps.slice(0, at + 1).findLast((step) => step.kind === kind)
}

/** Whether a prediction can no longer be changed: what came of it has been seen. */
export function seen(steps: readonly LessonStep[], prediction: number, furthest: number): boolean {
  return steps.slice(prediction + 1, furthest + 1).some((step) => step.kind !== 'predict')
}
