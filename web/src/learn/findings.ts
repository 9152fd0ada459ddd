/** Findings as lessons show them. */
import type { FindingInfo } from '../api/types'
import { app } from '../state/app.svelte'
import { capital, num } from '../parts/format'

/** For readers who do not speak the language of the laboratory. */
const PLAIN: Record<string, string> = {
  lv_ef_percent: 'Share that the main pump empties',
  lv_edv_ml: 'Main pump, full',
  lv_esv_ml: 'Main pump, squeezed',
  total_stroke_volume_ml: 'Pumped with each beat, both ways',
  forward_stroke_volume_ml: 'To the body with each beat',
  regurgitant_volume_ml: 'Leaks back with each beat',
  regurgitant_fraction_percent: 'Share that leaks back',
  la_pressure_mean_mmhg: 'Pressure on the lungs',
  la_v_wave_mmhg: 'Highest pressure on the lungs',
  la_volume_max_ml: 'Upper chamber, full',
  la_volume_index_ml_m2: 'Upper chamber, full, for body size',
  aortic_mean_mmhg: 'Mean blood pressure',
  systemic_vascular_resistance_dyn_s_cm5: 'Tightness of the vessels',
  eroa_cm2: 'Size of the hole',
  eroa_pisa_cm2: 'Size of the hole at its widest',
  vena_contracta_mm: 'Width of the jet',
  pisa_radius_mm: 'Pull at the hole',
  mr_duration_percent_of_systole: 'Part of the squeeze with a leak',
  mitral_mean_gradient_mmhg: 'Push needed to fill the pump',
  mitral_e_cm_s: 'Speed of filling',
  pulmonary_vein_s_d_ratio: 'Flow in the lung veins',
  lvedd_mm: 'Width of the main pump',
  lv_end_systolic_stress_kdyn_cm2: 'Strain on the muscle',
}

export function infoOf(name: string): FindingInfo {
  const known = app.schema?.findings.find((one) => one.name === name)
  return known ?? { name, section: '', label: name.replaceAll('_', ' '), unit: '', digits: 1 }
}

export function labelOf(name: string): string {
  return (app.plain && PLAIN[name]) || capital(infoOf(name).label)
}

/** A change with its sign; of a share of a hundred in points. */
export function change(before: number | null, after: number | null, info: FindingInfo): string {
  if (before === null || after === null) return '–'
  const by = num(after - before, info.digits)
  const sign = /[1-9]/.test(by) && !by.startsWith('−') ? '+' : ''
  return `${sign}${by} ${info.unit === '%' ? 'points' : info.unit}`.trim()
}
