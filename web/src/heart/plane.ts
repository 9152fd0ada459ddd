/** Points, smooth curves and their paths. Units are those of the drawing: 28 to a centimetre. */

export type Point = readonly [x: number, y: number]

export const PX_PER_CM = 28

export const add = (a: Point, b: Point, times = 1): Point => [a[0] + b[0] * times, a[1] + b[1] * times]
export const mix = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
]
export const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1])
export const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)
export function unit(a: Point, b: Point): Point {
  const length = distance(a, b) || 1
  return [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
}
/** To the left of the way from a to b as it is drawn (y points down). */
export const left = (way: Point): Point => [way[1], -way[0]]

/** A Catmull-Rom curve through the points, `per` samples for each stretch. */
export function smooth(points: readonly Point[], per: number, closed = false): Point[] {
  const n = points.length
  const get = (i: number): Point =>
    (closed ? points[((i % n) + n) % n] : points[clamp(i, 0, n - 1)]) as Point
  const made: Point[] = []
  const stretches = closed ? n : n - 1
  for (let i = 0; i < stretches; i++) {
    const [p0, p1, p2, p3] = [get(i - 1), get(i), get(i + 1), get(i + 2)]
    for (let k = 0; k < per; k++) made.push(spline(p0, p1, p2, p3, k / per))
  }
  if (!closed) made.push(get(n - 1))
  return made
}

function spline(p0: Point, p1: Point, p2: Point, p3: Point, t: number): Point {
  const at = (i: 0 | 1): number =>
    0.5 *
    (2 * p1[i] +
      (p2[i] - p0[i]) * t +
      (2 * p0[i] - 5 * p1[i] + 4 * p2[i] - p3[i]) * t * t +
      (3 * p1[i] - p0[i] - 3 * p2[i] + p3[i]) * t * t * t)
  return [at(0), at(1)]
}

/** A quadratic curve from a to b, pulled towards `by`. */
export function bow(a: Point, by: Point, b: Point, count: number): Point[] {
  return Array.from({ length: count }, (_, i) => {
    const t = i / (count - 1)
    return mix(mix(a, by, t), mix(by, b, t), t)
  })
}

/** The same line without its corners; the ends stay. */
export function soften(line: readonly Point[], times: number): Point[] {
  let now = [...line]
  for (let k = 0; k < times; k++) {
    now = now.map((point, i) => (i === 0 || i === now.length - 1 ? point : mix(point, mix(now[i - 1] as Point, now[i + 1] as Point, 0.5), 0.5)))
  }
  return now
}

/** Unit normals of an open line, to the left of its way. */
export function normals(line: readonly Point[]): Point[] {
  return line.map((_, i) => {
    const before = line[Math.max(i - 1, 0)] as Point
    const after = line[Math.min(i + 1, line.length - 1)] as Point
    return left(unit(before, after))
  })
}

/** A number of one decimal as text; from whole numbers, as writing fractions would be most of the work of a frame. */
function brief(value: number): string {
  const tenths = Math.round(value * 10)
  return tenths < 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)}.${tenths % 10}`
}

/** The path of a line through the points. */
export function path(points: readonly Point[], closed = false): string {
  if (!points.length) return ''
  let text = 'M'
  for (const [x, y] of points) text += `${brief(x)},${brief(y)} `
  return closed ? `${text}Z` : text
}

/** Area inside a closed line. */
export function area(points: readonly Point[]): number {
  let sum = 0
  for (let i = 0; i < points.length; i++) {
    const [a, b] = [points[i] as Point, points[(i + 1) % points.length] as Point]
    sum += a[0] * b[1] - b[0] * a[1]
  }
  return Math.abs(sum) / 2
}

export function centre(points: readonly Point[]): Point {
  const sum = points.reduce<Point>((total, point) => add(total, point), [0, 0])
  return [sum[0] / points.length, sum[1] / points.length]
}

/** Value of a table of [place, value] at a place, linear between. */
export function table(rows: readonly Point[], at: number): number {
  const last = rows.length - 1
  for (let i = 0; i < last; i++) {
    const [a, b] = [rows[i] as Point, rows[i + 1] as Point]
    if (at <= b[0]) return a[1] + (b[1] - a[1]) * clamp((at - a[0]) / (b[0] - a[0]), 0, 1)
  }
  return (rows[last] as Point)[1]
}

/** How long a line is. */
export const length = (line: readonly Point[]): number =>
  line.slice(1).reduce((sum, point, i) => sum + distance(line[i] as Point, point), 0)

/** A line cut to a length from its start; longer ones go on straight. */
export function cut(line: readonly Point[], to: number): Point[] {
  const made: Point[] = [line[0] as Point]
  let rest = to
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point]
    const step = distance(a, b)
    if (step >= rest) return [...made, mix(a, b, rest / (step || 1))]
    rest -= step
    made.push(b)
  }
  const [a, b] = [line.at(-2) as Point, line.at(-1) as Point]
  return [...made, add(b, unit(a, b), rest)]
}

/** The same line with `count` points at equal distances. */
export function even(line: readonly Point[], count: number): Point[] {
  const along = [0]
  for (let i = 1; i < line.length; i++) along.push((along[i - 1] as number) + distance(line[i - 1] as Point, line[i] as Point))
  const whole = along.at(-1) as number
  let i = 1
  return Array.from({ length: count }, (_, k) => {
    const goal = (whole * k) / (count - 1)
    while (i < line.length - 1 && (along[i] as number) < goal) i++
    const [from, to] = [along[i - 1] as number, along[i] as number]
    return mix(line[i - 1] as Point, line[i] as Point, to > from ? clamp((goal - from) / (to - from), 0, 1) : 0)
  })
}

/** A band of changing width around a line: the outline, there on one side and back on the other. */
export function band(line: readonly Point[], half: (share: number) => number): Point[] {
  const sides = normals(line)
  const last = line.length - 1
  const there = line.map((point, i) => add(point, sides[i] as Point, half(i / last)))
  const back = line.map((point, i) => add(point, sides[i] as Point, -half(i / last)))
  return [...there, ...back.reverse()]
}
