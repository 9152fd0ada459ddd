/** Numbers as readers see them. */
import type { BeatView } from '../api/types'

/** With a true minus sign; a dash when it is not known. */
export function num(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–'
  return value.toFixed(digits).replace(/^-(?=0?\.?0*$)/, '').replace('-', '−')
}

/** Short, to so many significant digits, without trailing zeros. */
export function brief(value: number | undefined, figures = 4): string {
  return value === undefined ? '–' : String(Number(value.toPrecision(figures))).replace('-', '−')
}

type Range = BeatView['normal'][string]

export function range(of: Range | undefined, digits = 0): string {
  if (!of) return ''
  if (of.low === null) return `≤ ${num(of.high, digits)}`
  if (of.high === null) return `≥ ${num(of.low, digits)}`
  return `${num(of.low, digits)}–${num(of.high, digits)}`
}

/** Whether a value is out of its normal range, and on which side; judged as printed. */
export function outside(value: number | null | undefined, of: Range | undefined, digits = 0): '' | 'low' | 'high' {
  if (value === null || value === undefined || !of) return ''
  const printed = (number: number): number => Number(number.toFixed(digits))
  if (of.high !== null && printed(value) > printed(of.high)) return 'high'
  return of.low !== null && printed(value) < printed(of.low) ? 'low' : ''
}

/** A finding that is a number; null when it was not found. */
export function finding(view: BeatView, name: string): number | null {
  const value = view.exam[name]
  return typeof value === 'number' ? value : null
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
