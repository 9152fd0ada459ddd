/** Long work on the server: begun, told how far it is, stopped. */
import { Refusal, type Progress } from '../api/client'
import { app } from '../state/app.svelte'

export class Work<T> {
  share = $state(0)
  running = $state(false)
  result = $state.raw<T | null>(null)
  /** what the result belongs to; when the wish differs, the result is old */
  key = $state('')
  /** why there is no result, in words for the reader */
  refused = $state('')
  #control: AbortController | null = null

  async run(key: string, begin: (progress: Progress, signal: AbortSignal) => Promise<T>): Promise<void> {
    this.cancel()
    const control = new AbortController()
    this.#control = control
    this.running = true
    this.share = 0
    this.refused = ''
    try {
      const made = await begin((share) => (this.share = share), control.signal)
      if (this.#control !== control) return
      this.result = made
      this.key = key
    } catch (fault) {
      if (this.#control === control) this.#tell(fault)
    } finally {
      if (this.#control === control) {
        this.running = false
        this.#control = null
      }
    }
  }

  /** A server that is silent concerns the whole page, a refusal only this work: then there is no result. */
  #tell(fault: unknown): void {
    if (fault instanceof Refusal && fault.status !== 0) {
      this.refused = fault.message
      this.result = null
      this.key = ''
    } else app.tell(fault)
  }

  cancel(): void {
    this.#control?.abort()
    this.#control = null
    this.running = false
  }
}
