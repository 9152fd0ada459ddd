/** Hearts side by side: what they are called, how their lines look, what differs. */
import type { BeatView, Scenario } from '../api/types'

export interface Shown {
  letter: string
  label: string
  scenario: Scenario
  view: BeatView
  /** place among the pinned, or null for the heart at hand and the healthy one */
  pin: number | null
}

export const LOOKS = [
  { colour: 'var(--ink)', dash: '', words: 'solid' },
  { colour: 'var(--pv)', dash: '7 4', words: 'dashed' },
  { colour: 'var(--muted)', dash: '2 3', words: 'dotted' },
  { colour: 'var(--fwd)', dash: '10 3 2 3', words: 'dash-dot' },
  { colour: 'var(--la)', dash: '5 2 1.5 2', words: 'dash-dots' },
  { colour: 'var(--ink)', dash: '1 4', words: 'points' },
] as const

/** Rows of the table, in its order; how many decimals. */
export const ROWS: readonly { name: string; label: string; plain: string; unit: string; digits: number }[] = [
  { name: 'lv_edv_ml', label: 'LV volume, end of filling', plain: 'Left chamber, full', unit: 'mL', digits: 0 },
  { name: 'lv_esv_ml', label: 'LV volume, end of ejection', plain: 'Left chamber, emptied', unit: 'mL', digits: 0 },
  { name: 'lv_ef_percent', label: 'Ejection fraction', plain: 'Share that is pumped out', unit: '%', digits: 0 },
  { name: 'forward_stroke_volume_ml', label: 'Forward stroke', plain: 'Goes forward each beat', unit: 'mL', digits: 0 },
  { name: 'cardiac_output_l_min', label: 'Forward output', plain: 'Goes forward each minute', unit: 'L/min', digits: 1 },
  { name: 'regurgitant_volume_ml', label: 'Leak volume', plain: 'Leaks each beat', unit: 'mL', digits: 0 },
  { name: 'regurgitant_fraction_percent', label: 'Leak fraction', plain: 'Share that leaks', unit: '%', digits: 0 },
  { name: 'eroa_cm2', label: 'Hole, EROA', plain: 'Size of the hole', unit: 'cm²', digits: 2 },
  { name: 'la_pressure_mean_mmhg', label: 'LA pressure, mean', plain: 'Pressure in front of the lungs', unit: 'mmHg', digits: 0 },
  { name: 'la_v_wave_mmhg', label: 'LA v wave', plain: 'Its peak', unit: 'mmHg', digits: 0 },
  { name: 'la_volume_max_ml', label: 'LA volume, largest', plain: 'Upper chamber, full', unit: 'mL', digits: 0 },
  { name: 'pa_mean_mmhg', label: 'Pulmonary artery, mean', plain: 'Pressure in the lung arteries', unit: 'mmHg', digits: 0 },
  { name: 'mitral_mean_gradient_mmhg', label: 'Mitral gradient, mean', plain: 'Pressure needed to fill', unit: 'mmHg', digits: 1 },
  { name: 'aortic_mean_mmhg', label: 'Blood pressure, mean', plain: 'Blood pressure, mean', unit: 'mmHg', digits: 0 },
  { name: 'heart_rate_bpm', label: 'Heart rate', plain: 'Pulse', unit: '/min', digits: 0 },
  { name: 'lv_mass_g', label: 'LV muscle', plain: 'Muscle', unit: 'g', digits: 0 },
]

export function found(exam: BeatView['exam'], name: string): number | null {
  const value = exam[name]
  return typeof value === 'number' ? value : null
}

/** A difference with its sign and unit, as printed: what rounds to nothing is 0. */
export function difference(a: number | null, b: number | null, digits: number, unit: string): string {
  if (a === null || b === null) return '–'
  const change = Number((Number(b.toFixed(digits)) - Number(a.toFixed(digits))).toFixed(digits))
  const shown = unit === '%' ? 'points' : unit
  if (change === 0) return `0 ${shown}`
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(digits)} ${shown}`
}

/** What the table says, in a sentence: the largest changes that matter. */
export function summary(a: Shown, b: Shown): string {
  const say = (name: string, words: string, unit: string, digits = 0): string => {
    const [x, y] = [found(a.view.exam, name), found(b.view.exam, name)]
    if (x === null || y === null) return ''
    const [from, to] = [x.toFixed(digits), y.toFixed(digits)]
    return from === to ? `${words} stays at ${to} ${unit}` : `${words} goes from ${from} to ${to} ${unit}`
  }
  const parts = [
    say('regurgitant_volume_ml', 'the leak', 'mL'),
    say('forward_stroke_volume_ml', 'the forward stroke', 'mL'),
    say('la_pressure_mean_mmhg', 'left atrial pressure', 'mmHg'),
    say('lv_edv_ml', 'the filled ventricle', 'mL'),
  ].filter(Boolean)
  return `In this model, from ${a.letter} to ${b.letter}: ${parts.join('; ')}.`
}
