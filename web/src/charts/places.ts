/** Room for words in a picture: each goes where it covers least. */

export interface Box {
  x: number
  y: number
  w: number
  h: number
}
export type Point = readonly [x: number, y: number]

const shared = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y))

/** Corners of a box of this size around a point, by the side it lies on (capitals: between two sides). */
export function beside([x, y]: Point, w: number, h: number, sides: string, gap = 7): Point[] {
  const middle = { x: x - w / 2, y: y - h / 2 }
  const of: Record<string, Point> = {
    r: [x + gap, middle.y],
    l: [x - gap - w, middle.y],
    t: [middle.x, y - gap - h],
    b: [middle.x, y + gap],
    R: [x + gap, y - gap - h],
    L: [x - gap - w, y - gap - h],
    S: [x + gap, y + gap],
    D: [x - gap - w, y + gap],
  }
  return [...sides].map((side) => of[side] ?? [x, y])
}

export class Places {
  readonly #room: Box
  readonly #taken: Box[] = []
  readonly #points: Point[] = []

  constructor(room: Box) {
    this.#room = room
  }

  avoid(points: readonly Point[]): void {
    this.#points.push(...points)
  }
  take(box: Box): void {
    this.#taken.push(box)
  }

  /** The best of these corners for a box; earlier ones are preferred. */
  put(w: number, h: number, corners: readonly Point[]): Box {
    let best: Box = { x: corners[0]?.[0] ?? 0, y: corners[0]?.[1] ?? 0, w, h }
    let least = Infinity
    corners.forEach(([x, y], order) => {
      const box = { x, y, w, h }
      const cost = this.#cost(box, order * 0.05, least)
      if (cost < least) [best, least] = [box, cost]
    })
    this.take(best)
    return best
  }

  /** What a box covers; no longer counted once it is more than `enough`. */
  #cost(box: Box, start: number, enough: number): number {
    let cost = start + 4 * (box.w * box.h - shared(box, this.#room))
    if (cost >= enough) return cost
    for (const other of this.#taken) cost += 3 * shared(box, other)
    const [left, right, top, bottom] = [box.x - 2, box.x + box.w + 2, box.y - 1, box.y + box.h + 1]
    for (const point of this.#points) {
      if (cost >= enough) return cost
      if (point[0] > left && point[0] < right && point[1] > top && point[1] < bottom) cost += 9
    }
    return cost
  }
}
