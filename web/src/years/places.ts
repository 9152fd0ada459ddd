/** Where things stand in a picture over the years. */

/** px beside the axis, for titles and names, in a picture as wide as this. */
export const margins = (width: number): { left: number; right: number } => (width < 520 ? { left: 34, right: 10 } : { left: 96, right: 70 })

const MOST_TICKS = 4

/** A range with round ends that holds all from `least` to `most`, and its ticks. */
export function nice(least: number, most: number): { low: number; high: number; ticks: number[] } {
  const rough = (most - least) / 3 || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough
  const [low, high] = [Math.floor(least / step) * step, Math.ceil(most / step) * step]
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step)
  return { low, high, ticks: ticks.filter((_, i) => i % (ticks.length > MOST_TICKS ? 2 : 1) === 0) }
}

const WORD = 14
const ROUNDS = 30

/** Heights of words (px), moved so that none covers another and none leaves the panel. */
export function apart(heights: readonly number[], highest: number, lowest: number): number[] {
  const order = heights.map((y, i) => ({ y: Math.min(Math.max(y, highest), lowest), i })).sort((a, b) => a.y - b.y)
  for (let round = 0; round < ROUNDS; round++)
    for (let k = 1; k < order.length; k++) {
      const [upper, lower] = [order[k - 1], order[k]]
      const short = upper && lower ? WORD - (lower.y - upper.y) : 0
      if (upper && lower && short > 0) {
        upper.y -= short / 2
        lower.y += short / 2
      }
    }
  const shift = Math.max(highest - (order[0]?.y ?? highest), 0) || Math.min(lowest - (order.at(-1)?.y ?? lowest), 0)
  return order.sort((a, b) => a.i - b.i).map((one) => one.y + shift)
}
