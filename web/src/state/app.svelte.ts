/** What the page knows: the heart that is shown, the hearts that are pinned, and how it is told. */
import { Refusal, server, type Onset, type Source } from '../api/client'
import { keptData, keptSource, type Kept } from '../api/kept'
import type { BeatView, Patient, Scenario, Schema } from '../api/types'
import { clock } from './clock.svelte'
import { address, bare, read, type Arms, type Link, type Screen, type Years } from './permalink'

export type Words = 'plain' | 'clinical'
export interface Pin {
  label: string
  scenario: Scenario
  view: BeatView
}

/** A cause to begin with: something to see at once. */
const FIRST: Scenario = { patient: { cause: 'flail_leaflet' } } as Scenario
const USUAL_YEARS: Years = { years: 15, onset: null, onset_year: 0, fibrillation: false }
const USUAL_ARMS: Arms = { arms: ['none', 'teer', 'repair'], years: 5, at: [] }
const MOST_PINS = 3
const RETRY_MS = 1500

/** What a benchmark listens to: a wish, and the beat that answers it. Only the newest of each is kept. */
function mark(name: 'mitral:wish' | 'mitral:shown', wish: number): void {
  performance.clearMarks(name)
  performance.mark(name, { detail: wish })
}

export class App {
  source: Source = server
  kept: Kept | null = null
  schema = $state.raw<Schema | null>(null)
  screen = $state<Screen>('live')
  scenario = $state.raw<Scenario>(FIRST)
  /** the beat of `scenario`, or of the one before while it is being computed */
  view = $state.raw<BeatView | null>(null)
  /** the same body in health, drawn dashed */
  healthy = $state.raw<BeatView | null>(null)
  pins = $state.raw<Pin[]>([])
  /** years that the heart has lived with its leak (0: it is new), and the heart before them */
  lived = $state(0)
  young = $state.raw<Scenario | null>(null)
  words = $state<Words>('clinical')
  years = $state.raw<Years>(USUAL_YEARS)
  arms = $state.raw<Arms>(USUAL_ARMS)
  open = $state<string | null>(null)
  lock = $state.raw<string[]>([])
  hide = $state.raw<string[]>([])
  /** what stands in the way, in words for the reader; '' when nothing does */
  trouble = $state('')
  /** the server does not answer at present */
  silent = $state(false)
  /** how many beats have been shown */
  beat = $state(0)
  /** a sentence for screen readers, changed at most once a second */
  said = $state('')

  readonly plain = $derived(this.words === 'plain')

  #wanted: Scenario | null = null
  /** the heart of `view`, with the years it has lived */
  #shown: { scenario: Scenario; lived: number; young: Scenario | null } | null = null
  #running = false
  #saidAt = 0
  #healthyOf = ''
  #writing = 0
  #retry = 0
  /** whether the next beat takes the trouble away */
  #passes = true
  #wishes = 0
  #usualYears = USUAL_YEARS

  async start(): Promise<void> {
    let data: Kept | null
    try {
      data = await keptData()
    } catch (fault) {
      this.tell(fault)
      return
    }
    if (data) {
      this.kept = data
      this.source = keptSource(data)
      this.scenario = data.hearts[0]?.scenario ?? FIRST
      this.#usualYears = { ...USUAL_YEARS, years: data.years }
    }
    this.#follow()
    addEventListener('hashchange', () => this.#follow())
    void this.#learn()
  }

  /** Shows another heart; while one is being computed only the newest wish is kept. */
  show(scenario: Scenario): void {
    // another grown heart has not lived with this leak
    if (this.lived && JSON.stringify(scenario.patient?.factors) !== JSON.stringify(this.scenario.patient?.factors)) this.#settle(0, null)
    this.scenario = scenario
    mark('mitral:wish', ++this.#wishes)
    this.#write()
    this.#want(scenario)
  }

  /** Changes facts of the patient; undefined or null takes one back. */
  patient(facts: Partial<Patient>): void {
    const patient = { ...this.scenario.patient, ...facts } as Patient
    this.show({ ...this.scenario, patient })
  }

  /** Changes a parameter; null takes the change back. */
  change(name: string, value: string | number | null): void {
    const { [name]: _old, ...changes } = this.scenario.changes ?? {}
    this.show({ ...this.scenario, changes: value === null ? changes : { ...changes, [name]: value } })
  }

  /** Lets the heart live with its leak for years; 0: as it was when the leak came. `onset` null: as is usual. */
  async live(years: number, onset: Onset = null): Promise<void> {
    const young = this.young ?? this.scenario
    if (years === 0) {
      this.#settle(0, null)
      this.show(young)
      return
    }
    try {
      const old = await this.source.grow(bare(young), years, onset)
      this.show(old)
      this.#settle(years, young)
    } catch (fault) {
      this.tell(fault)
    }
  }

  /** Begins anew with a heart that has not lived with a leak. */
  begin(scenario: Scenario): void {
    this.#settle(0, null)
    this.show(scenario)
  }

  #settle(years: number, young: Scenario | null): void {
    this.lived = years
    this.young = young
  }

  go(screen: Screen, open: string | null = null): void {
    this.screen = screen
    this.open = open
    this.#write(true)
  }

  /** Keeps the heart that is shown, to compare with; the oldest goes when there are too many. */
  pin(label: string): void {
    if (!this.view) return
    const pin = { label, scenario: this.scenario, view: this.view }
    this.pins = [...this.pins, pin].slice(-MOST_PINS)
    this.#write()
  }
  unpin(index: number): void {
    this.pins = this.pins.filter((_, i) => i !== index)
    this.#write()
  }

  setWords(words: Words): void {
    this.words = words
    this.#write()
  }
  setYears(change: Partial<Years>): void {
    this.years = { ...this.years, ...change }
    this.#write()
  }
  setArms(change: Partial<Arms>): void {
    this.arms = { ...this.arms, ...change }
    this.#write()
  }

  locked(control: string): boolean {
    return this.lock.includes(control)
  }
  hidden(control: string): boolean {
    return this.hide.includes(control)
  }

  /** The address of all that is shown; a teacher's link also names what is locked or hidden. */
  link(extra: Link = {}): string {
    return new URL(address(this.screen, { ...this.#link(), ...extra }), location.href).href
  }

  say(sentence: string): void {
    const now = performance.now()
    if (now - this.#saidAt < 1000) return
    this.#saidAt = now
    this.said = sentence
  }

  /** Tells a refusal to the reader; other faults are the program's own and go on. */
  tell(fault: unknown): void {
    if (fault instanceof DOMException && fault.name === 'AbortError') return
    if (!(fault instanceof Refusal)) throw fault
    this.trouble = fault.message
    this.#passes = true
    this.silent = fault.status === 0
    if (this.silent && !this.#retry) this.#retry = window.setTimeout(() => this.#again(), RETRY_MS)
  }

  #again(): void {
    this.#retry = 0
    if (!this.schema) void this.#learn()
    this.#want(this.scenario)
  }

  async #learn(): Promise<void> {
    try {
      this.schema = await this.source.schema()
    } catch (fault) {
      this.tell(fault)
    }
  }

  #want(scenario: Scenario): void {
    this.#wanted = scenario
    if (!this.#running) void this.#solve()
  }

  async #solve(): Promise<void> {
    this.#running = true
    while (this.#wanted) {
      const scenario = this.#wanted
      const wish = this.#wishes
      this.#wanted = null
      try {
        const view = await this.source.simulate(bare(scenario))
        this.view = view
        this.#shown = { scenario, lived: this.lived, young: this.young }
        this.beat += 1
        // after the frame that shows it has been painted
        requestAnimationFrame(() => setTimeout(() => mark('mitral:shown', wish)))
        clock.period = view.picture.period_s
        if (this.#passes) this.trouble = ''
        this.silent = false
        this.say(view.grade.summary)
        void this.#health(scenario)
      } catch (fault) {
        const silent = fault instanceof Refusal && fault.status === 0
        if (!this.#wanted || silent) this.tell(fault)
        // a heart that is refused is not shown: the wish goes back to the one that is
        if (!this.#wanted && !silent && this.#shown) {
          this.scenario = this.#shown.scenario
          this.#settle(this.#shown.lived, this.#shown.young)
          this.#write()
        }
      }
    }
    this.#running = false
  }

  async #health(scenario: Scenario): Promise<void> {
    const { age_years, sex, height_cm, weight_kg } = scenario.patient ?? {}
    const patient = { age_years, sex, height_cm, weight_kg } as Patient
    const body = { patient: JSON.parse(JSON.stringify(patient)) as Patient } as Scenario
    const key = JSON.stringify(body)
    if (key === this.#healthyOf) return
    this.#healthyOf = key
    try {
      this.healthy = await this.source.simulate(bare(body))
    } catch {
      // nothing to compare with, then; what the reader asked for is shown
      this.#healthyOf = ''
    }
  }

  #link(): Link {
    const moved = JSON.stringify(bare(this.scenario)) !== JSON.stringify(FIRST)
    const differs = <T extends object>(value: T, usual: T) =>
      JSON.stringify(value) === JSON.stringify(usual) ? undefined : value
    return {
      ...(moved ? { heart: bare(this.scenario) } : {}),
      ...(this.lived && this.young ? { lived: this.lived, young: bare(this.young) } : {}),
      ...(this.pins.length
        ? { pins: this.pins.map(({ label, scenario }) => ({ label, scenario: bare(scenario) })) }
        : {}),
      ...(this.plain ? { words: 'plain' as const } : {}),
      years: differs(this.years, this.#usualYears),
      arms: differs(this.arms, USUAL_ARMS),
      open: this.open ?? undefined,
      lock: this.lock.length ? this.lock : undefined,
      hide: this.hide.length ? this.hide : undefined,
    } as Link
  }

  /** Writes the address; a new screen is a step back in the browser's history, a slider is not. */
  #write(step = false): void {
    clearTimeout(this.#writing)
    const write = () => {
      const hash = address(this.screen, this.#link())
      if (hash === location.hash) return
      if (step) history.pushState(null, '', hash)
      else history.replaceState(null, '', hash)
    }
    if (step) write()
    else this.#writing = window.setTimeout(write, 300)
  }

  /** Reads the address. */
  #follow(): void {
    const { screen, link, broken } = read(location.hash)
    this.screen = screen
    this.open = link.open ?? null
    this.words = link.words ?? (location.hash.includes('?') ? 'clinical' : this.words)
    this.#settle(link.young ? (link.lived ?? 0) : 0, link.young ?? null)
    this.years = { ...this.#usualYears, ...link.years }
    this.arms = { ...USUAL_ARMS, ...link.arms }
    this.lock = link.lock ?? []
    this.hide = link.hide ?? []
    if (broken) {
      this.trouble = 'This address is damaged: its part after ?m= cannot be read. A usual heart is shown.'
      this.#passes = false
    }
    const heart = link.heart ?? (this.kept?.hearts[0]?.scenario ?? FIRST)
    if (JSON.stringify(heart) !== JSON.stringify(bare(this.scenario)) || !this.view) {
      this.scenario = heart
      this.#want(heart)
    }
    void this.#restore(link.pins ?? [])
  }

  async #restore(pins: { label: string; scenario: Scenario }[]): Promise<void> {
    try {
      this.pins = await Promise.all(
        pins.slice(-MOST_PINS).map(async ({ label, scenario }) => ({
          label: String(label).slice(0, 60),
          scenario,
          view: await this.source.simulate(bare(scenario)),
        })),
      )
    } catch (fault) {
      this.tell(fault)
    }
  }
}

export const app = new App()
