/** Keys that work everywhere but where something is being typed or chosen. */
import { phaseStarts } from '../charts/beat'
import { app } from './app.svelte'
import { clock } from './clock.svelte'

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'range'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}

export function keys(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
  const starts = app.view ? phaseStarts(app.view.picture) : []
  // a button that has the focus answers to Space itself
  const pressed = event.target instanceof HTMLElement && event.target.closest('button, a, summary, [role="button"]')
  if (event.key === ' ' && !pressed) clock.toggle()
  else if (event.key === '.') clock.step(starts, true)
  else if (event.key === ',') clock.step(starts, false)
  else return
  event.preventDefault()
}
