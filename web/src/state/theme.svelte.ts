/** Light, dark, or as the machine has it. */
const NAMES = ['system', 'light', 'dark'] as const
type Name = (typeof NAMES)[number]

class Theme {
  name = $state<Name>('system')
  dark = $state(false)

  constructor() {
    const machine = matchMedia('(prefers-color-scheme: dark)')
    const kept = stored()
    if (kept) this.name = kept
    this.#apply(machine.matches)
    machine.addEventListener('change', () => this.#apply(machine.matches))
  }

  next(): void {
    this.name = NAMES[(NAMES.indexOf(this.name) + 1) % NAMES.length] ?? 'system'
    try {
      localStorage.setItem('mitral-theme', this.name)
    } catch {
      // a page opened from disk may have no storage; the choice lasts as long as the page
    }
    this.#apply(matchMedia('(prefers-color-scheme: dark)').matches)
  }

  #apply(machineIsDark: boolean): void {
    this.dark = this.name === 'system' ? machineIsDark : this.name === 'dark'
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light'
  }
}

function stored(): Name | undefined {
  try {
    return NAMES.find((name) => name === localStorage.getItem('mitral-theme'))
  } catch {
    return undefined
  }
}

export const theme = new Theme()
