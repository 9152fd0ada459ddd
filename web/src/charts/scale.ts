/** Round numbers for axes. */

/** The finest round step that needs no more than `most` ticks. */
function step(span: number, most: number): number {
  const tens = 10 ** Math.floor(Math.log10(Math.max(span, 1e-9) / most))
  return [1, 2, 4, 5, 10, 20].map((n) => n * tens).find((size) => span / size <= most) ?? span
}

export function ticks(low: number, high: number, most: number): number[] {
  const size = step(high - low, most)
  const first = Math.ceil(low / size - 1e-6)
  const count = Math.floor(high / size + 1e-6) - first + 1
  return Array.from({ length: Math.max(count, 0) }, (_, i) => (first + i) * size)
}

/** The next multiple of `size`, so that axes keep still while a value moves a little. */
export const ceil = (value: number, size: number): number => Math.ceil(value / size) * size
export const floor = (value: number, size: number): number => Math.floor(value / size) * size

export const greatest = (...lists: readonly (readonly number[])[]): number =>
  lists.reduce((best, list) => list.reduce((a, b) => Math.max(a, b), best), -Infinity)
export const least = (...lists: readonly (readonly number[])[]): number =>
  lists.reduce((best, list) => list.reduce((a, b) => Math.min(a, b), best), Infinity)
