/** What the course of a heart is called: its states, its panels, the columns of its table. */
import type { Panel } from './Trajectory.svelte'

const STATES: Record<string, readonly [string, string]> = {
  normal: ['Normal', 'As in health'],
  acute: ['Acute', 'New, not borne'],
  compensated: ['Compensated', 'Grown, and well'],
  decompensated: ['Decompensated', 'Worn out'],
}

export const stateName = (state: string, plain: boolean): string => STATES[state]?.[plain ? 1 : 0] ?? state

export function panels(plain: boolean): Panel[] {
  const say = (clinical: string, everyday: string): string => (plain ? everyday : clinical)
  return [
    { title: say('LV volume', 'Left chamber'), unit: 'mL', curves: [
      { name: 'filled', finding: 'lv_edv_ml', colour: 'var(--ink)' },
      { name: 'emptied', finding: 'lv_esv_ml', colour: 'var(--ink)', dash: '5 4' },
    ] },
    { title: 'Each beat', unit: 'mL', curves: [
      { name: 'leak', finding: 'regurgitant_volume_ml', colour: 'var(--leak)' },
      { name: 'forward', finding: 'forward_stroke_volume_ml', colour: 'var(--fwd)', dash: '9 3' },
    ] },
    { title: say('LA pressure', 'Before the lungs'), unit: 'mmHg', curves: [
      { name: say('v wave', 'peak'), finding: 'la_v_wave_mmhg', colour: 'var(--la)' },
      { name: 'mean', finding: 'la_pressure_mean_mmhg', colour: 'var(--la)', dash: '5 2 1.5 2' },
    ] },
    { title: 'Lung water', unit: 'mL per kg', curves: [{ name: 'water', finding: 'lung_water_ml_kg', colour: 'var(--pv)' }], digits: 1 },
    { title: say('Ejection fraction', 'Share pumped'), unit: '%', curves: [{ name: say('EF', 'share'), finding: 'lv_ef_percent', colour: 'var(--ink)' }], zero: false },
    { title: say('LV mass', 'Muscle'), unit: 'g', curves: [{ name: 'muscle', finding: 'lv_mass_g', colour: 'var(--muted)' }], zero: false },
  ] // prettier-ignore
}

export const COLUMNS: readonly { title: string; finding: string; digits: number }[] = [
  { title: 'EDV mL', finding: 'lv_edv_ml', digits: 0 },
  { title: 'ESV mL', finding: 'lv_esv_ml', digits: 0 },
  { title: 'EF %', finding: 'lv_ef_percent', digits: 0 },
  { title: 'Leak mL', finding: 'regurgitant_volume_ml', digits: 0 },
  { title: 'Forward mL', finding: 'forward_stroke_volume_ml', digits: 0 },
  { title: 'LA mmHg', finding: 'la_pressure_mean_mmhg', digits: 0 },
  { title: 'v mmHg', finding: 'la_v_wave_mmhg', digits: 0 },
  { title: 'Lung water mL/kg', finding: 'lung_water_ml_kg', digits: 1 },
  { title: 'LV mass g', finding: 'lv_mass_g', digits: 0 },
]
