/** The page's colours and letters, for what is drawn on a canvas. */
import { theme } from '../state/theme.svelte'

const TOKENS = ['ink', 'muted', 'card', 'sunk', 'hairline', 'fwd', 'leak', 'la', 'pv', 'ref', 'cursor'] as const
export type Token = (typeof TOKENS)[number]
export type Palette = Record<Token, string>

const kept = new Map<boolean, Palette>()
/** a canvas does not wait for a font: charts are drawn again when it has come */
const fonts = $state({ ready: false })
void document.fonts.load("600 12px 'Inter Variable'").then(() => (fonts.ready = true))

/** The colours of the theme; read inside an effect, it runs again when theme or font change. */
export function palette(): Palette {
  void fonts.ready
  const dark = theme.dark
  const known = kept.get(dark)
  if (known) return known
  const style = getComputedStyle(document.documentElement)
  const made = Object.fromEntries(TOKENS.map((token) => [token, style.getPropertyValue(`--${token}`).trim()])) as Palette
  kept.set(dark, made)
  return made
}

export function font(size: number, weight = 400): string {
  return `${weight} ${size}px 'Inter Variable', system-ui, sans-serif`
}

export const DASHES = {
  solid: [],
  fwd: [9, 3],
  la: [5, 2, 1.5, 2],
  pv: [2, 2.5],
  ref: [6, 4],
  dots: [2, 3],
} as const
