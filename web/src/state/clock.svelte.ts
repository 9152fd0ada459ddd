/** The one clock of the page: every heart, loop and curve shows the same share of its beat. */

/** Above this rate (beats per minute as shown) the jet would pulse three times a second. */
const FASTEST_SHOWN = 180
export const SPEEDS = [1, 0.5, 0.25, 0.1] as const
/** A moment before or after the beat, as the same moment of it; exact, so that the start of a phase is in it. */
const turn = (phase: number) => phase - Math.floor(phase)
/** Where a heart stands still at first when motion is not wanted: in the middle of ejection. */
const STILL = 0.25

export class Clock {
  phase = $state(STILL)
  playing = $state(false)
  speed = $state<number>(1)
  /** seconds; the period of the heart that leads */
  period = $state(1)

  /** How much slower than asked it is shown, so that nothing flashes. */
  readonly slowed = $derived(Math.min(1, (FASTEST_SHOWN * this.period) / 60 / this.speed))
  #last = 0
  #frame = 0

  constructor() {
    const still = matchMedia('(prefers-reduced-motion: reduce)')
    this.playing = !still.matches
    still.addEventListener('change', () => {
      if (still.matches) this.pause()
    })
  }

  /** Begins to turn; returns how to end it. */
  run(): () => void {
    const turn = (now: number) => {
      // a hidden tab or a long task must not make the heart leap
      const passed = Math.min(now - this.#last, 100) / 1000
      this.#last = now
      if (this.playing) this.phase = (this.phase + (passed * this.speed * this.slowed) / this.period) % 1
      this.#frame = requestAnimationFrame(turn)
    }
    this.#frame = requestAnimationFrame(turn)
    return () => cancelAnimationFrame(this.#frame)
  }

  play(): void {
    this.playing = true
  }
  pause(): void {
    this.playing = false
  }
  toggle(): void {
    this.playing = !this.playing
  }

  /** Stops at a share of the beat, from 0 to 1. */
  scrub(phase: number): void {
    this.pause()
    this.phase = turn(phase)
  }

  /** Stops at the start of the next (or the one before) of these moments. */
  step(starts: number[], forward: boolean): void {
    const near = 1e-3
    const moments = [...new Set(starts.map(turn))].sort((a, b) => a - b)
    const later = moments.find((at) => at > this.phase + near)
    const earlier = moments.findLast((at) => at < this.phase - near)
    const goal = forward ? (later ?? moments[0]) : (earlier ?? moments.at(-1))
    if (goal !== undefined) this.scrub(goal)
  }
}

export const clock = new Clock()
