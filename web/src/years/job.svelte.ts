/** Long work on the server: begun, told how far it is, stopped. */
import { app } from '../state/app.svelte'
import type { Progress } from '../api/client'

export class Work<T> {
  share = $state(0)
  running = $state(false)
  result = $state.raw<T | null>(null)
  /** what the result belongs to; when the wish differs, the result is old */
  key = $state('')
  #control: AbortController | null = null

  async run(key: string, begin: (progress: Progress, signal: AbortSignal) => Promise<T>): Promise<void> {
    this.cancel()
    const control = new AbortController()
    this.#control = control
    this.running = true
    this.share = 0
    try {
      const made = await begin((share) => (this.share = share), control.signal)
      if (this.#control !== control) return
      this.result = made
      this.key = key
      app.trouble = ''
    } catch (fault) {
      if (this.#control === control) app.tell(fault)
    } finally {
      if (this.#control === control) {
        this.running = false
        this.#control = null
      }
    }
  }

  cancel(): void {
    this.#control?.abort()
    this.#control = null
    this.running = false
  }
}
