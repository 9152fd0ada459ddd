/** What a control of the schema shows, and what it changes. */
import type { BeatView, Control, Patient, Scenario, Schema } from '../api/types'
import type { App } from '../state/app.svelte'

type Known = Pick<App, 'schema' | 'scenario' | 'view'>

/** A change given as a factor: 'x1.3' is 1.3. */
function factor(change: string | number | undefined): number {
  const told = typeof change === 'string' ? Number(change.replace(/^x/, '')) : Number.NaN
  return Number.isFinite(told) ? told : 1
}

function usualHole(schema: Schema | null, scenario: Scenario): number {
  return schema?.causes.find((cause) => cause.name === scenario.patient?.cause)?.eroa_cm2 ?? 0
}

/** The value of a control in a scenario; `view` fills in what the scenario leaves to the heart. */
export function valueOf(control: Control, schema: Schema | null, scenario: Scenario, view: BeatView | null): number {
  if (control.kind === 'factor') return factor(scenario.changes?.[control.name])
  if (control.kind === 'change') {
    const given = scenario.changes?.[control.name]
    return typeof given === 'number' ? given : (view?.parameters[control.name] ?? control.low)
  }
  const name = control.name as keyof Patient
  const given = scenario.patient?.[name]
  if (typeof given === 'number') return given
  if (control.name === 'eroa_cm2') return usualHole(schema, scenario)
  const usual = schema?.default.patient?.[name]
  return typeof usual === 'number' ? usual : control.low
}

/** Where the tick stands: the pinned heart, or else the healthy one. */
export function referenceOf(control: Control, app: App): number | null {
  const pin = app.pins.at(-1)
  if (pin) return valueOf(control, app.schema, pin.scenario, pin.view)
  if (!app.schema) return null
  return valueOf(control, app.schema, app.schema.default, app.healthy)
}

export function current(control: Control, { schema, scenario, view }: Known): number {
  return valueOf(control, schema, scenario, view)
}

export function set(control: Control, value: number, app: App): void {
  if (control.kind === 'patient') app.patient({ [control.name]: value })
  else if (control.kind === 'change') app.change(control.name, value)
  else app.change(control.name, value === 1 ? null : `x${value}`)
}
