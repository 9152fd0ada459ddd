/** Something asked of the server or of the file: what came, or why nothing did. */
import { Refusal } from '../api/client'

export class Asked<T> {
  value = $state.raw<T | null>(null)
  /** why there is nothing, in words for the reader */
  fault = $state('')
  readonly #ask: () => Promise<T>

  constructor(ask: () => Promise<T>) {
    this.#ask = ask
    void this.again()
  }

  async again(): Promise<void> {
    this.fault = ''
    try {
      this.value = await this.#ask()
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      this.fault = fault.message
    }
  }
}
