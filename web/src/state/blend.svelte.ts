/** What is drawn between two beats: for a moment one turns into the other, at the same phase. */
import type { Picture, WaveName, Waves } from '../api/types'

const LASTS_MS = 300

function mixed(from: readonly number[], to: readonly number[], share: number): number[] {
  return to.map((value, i) => {
    const old = from[i] ?? value
    return old + (value - old) * share
  })
}

/** A beat on the way from one to another, curve by curve. */
export function between(from: Picture, to: Picture, share: number): Picture {
  const waves = Object.fromEntries(
    (Object.keys(to.waves) as WaveName[]).map((name) => [name, mixed(from.waves[name], to.waves[name], share)]),
  ) as Waves
  const mean = from.la_pressure_mean_mmhg + (to.la_pressure_mean_mmhg - from.la_pressure_mean_mmhg) * share
  return { ...to, waves, la_pressure_mean_mmhg: mean }
}

export class Blend {
  shown = $state.raw<Picture | null>(null)
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)')
  #frame = 0

  /** Shows another beat; one that is on its way is left from where it is. */
  to(goal: Picture): void {
    this.stop()
    const from = this.shown
    if (!from || this.#still.matches || from.leaflets !== goal.leaflets) {
      this.shown = goal
      return
    }
    const began = performance.now()
    const turn = (now: number) => {
      const share = (now - began) / LASTS_MS
      this.shown = share < 1 ? between(from, goal, Math.max(share, 0)) : goal
      if (share < 1) this.#frame = requestAnimationFrame(turn)
    }
    this.#frame = requestAnimationFrame(turn)
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
  }
}
