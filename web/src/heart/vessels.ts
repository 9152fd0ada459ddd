/** Atria, veins, great arteries and lungs. */
import { add, band, clamp, mix, normals, smooth, type Point } from './plane'
import { DOWN, type Ventricles } from './ventricles'

const LA_ML = 59
const LA_CENTRE: Point = [318, 236]
const LA: readonly Point[] = [
  [290, 276], [268, 240], [264, 206], [288, 180], [340, 166], [382, 166], [414, 180], [432, 207], [434, 238], [420, 262],
] // prettier-ignore
const RA_ML = 70
const RA_CENTRE: Point = [215, 300]
const RA: readonly Point[] = [
  [254, 304], [245, 268], [231, 240], [205, 226], [170, 232], [138, 254], [118, 292], [110, 336], [117, 378], [142, 408],
] // prettier-ignore
const [LA_TOP, LA_BOTTOM] = [200, 276]
const SMALLEST = 0.62
const LARGEST = 1.72

/** How a point of the left atrium at its usual size moves as it fills and as the base comes down. */
export function inAtrium(laMl: number, descent: number): (point: Point) => Point {
  const scale = clamp(Math.cbrt(Math.max(laMl, 1) / LA_ML), SMALLEST, LARGEST)
  return (point) => {
    const low = clamp((point[1] - LA_TOP) / (LA_BOTTOM - LA_TOP), 0, 1)
    const grown: Point = [
      LA_CENTRE[0] + (point[0] - LA_CENTRE[0]) * scale,
      LA_CENTRE[1] + (point[1] - LA_CENTRE[1]) * (low > 0.5 ? 1 + (scale - 1) * 0.45 : scale),
    ]
    return add(grown, DOWN, 0.75 * descent * low)
  }
}

/** The left atrium down to the mitral ring, closed. */
export function leftAtrium(laMl: number, v: Ventricles): Point[] {
  const move = inAtrium(laMl, v.descent)
  const points = LA.map(move)
  return [...smooth(points, 6), v.lateral, v.anterior]
}

/** The right atrium down to the tricuspid ring, closed. */
export function rightAtrium(raMl: number, v: Ventricles): Point[] {
  const scale = clamp(Math.cbrt(Math.max(raMl, 1) / RA_ML), 0.6, 1.55)
  const points = RA.map(([x, y], i): Point => {
    const grown: Point = [RA_CENTRE[0] + (x - RA_CENTRE[0]) * scale, RA_CENTRE[1] + (y - RA_CENTRE[1]) * scale]
    const end = i === 0 ? v.septal : i === RA.length - 1 ? v.right : null
    const near = clamp((Math.abs(i - 4.5) - 2.5) / 2, 0, 1)
    return end ? mix(grown, end, near) : add(grown, DOWN, 0.4 * v.descent * near)
  })
  return [...smooth(points, 6), v.right, v.septal]
}

/** Pulmonary veins: from their end in the lung to the wall of the atrium; the first two to the left lung. */
export function veins(laMl: number, descent: number): Point[][] {
  const move = inAtrium(laMl, descent)
  return [
    [[534, 166], [488, 172], move([418, 190]), move([372, 200])],
    [[548, 262], [500, 252], move([430, 234]), move([376, 222])],
    [[66, 190], [150, 199], [236, 206], move([300, 212])],
    [[58, 262], [150, 256], [236, 246], move([300, 236])],
  ] as Point[][]
}

const AORTA: readonly (readonly [x: number, y: number, follows: number])[] = [
  [272, 286, 0.8], [256, 242, 0.5], [248, 194, 0.15], [252, 146, 0], [278, 102, 0], [322, 80, 0], [368, 88, 0], [398, 124, 0], [404, 176, 0], [404, 240, 0],
] // prettier-ignore
const LUMEN = [43, 60, 46, 46, 46, 45, 43, 41, 38, 36, 34]
const WALL = 5

export interface Aorta {
  line: Point[]
  lumen: Point[]
  /** only what lies in front of the atrium */
  front: { lumen: Point[]; walls: Point[][] }
  behind: { lumen: Point[]; walls: Point[][] }
}

export function aorta(v: Ventricles): Aorta {
  const root = mix(v.inner[0] as Point, v.anterior, 0.5)
  const keys = [root, ...AORTA.map(([x, y, follows]) => add([x, y], DOWN, v.descent * follows))]
  const line = smooth(keys, 6)
  const width = smooth(LUMEN.map((w, i): Point => [i, w]), 6).map(([, w]) => w / 2)
  const sides = normals(line)
  const edge = (from: number, to: number, by: number, more: number): Point[] =>
    line.slice(from, to).map((point, i) => add(point, sides[from + i] as Point, by * ((width[from + i] as number) + more)))
  const part = (from: number, to: number) => ({
    lumen: [...edge(from, to, 1, 0), ...edge(from, to, -1, 0).reverse()],
    walls: [1, -1].map((by) => [...edge(from, to, by, -1), ...edge(from, to, by, WALL).reverse()]),
  })
  const bend = 6 * 7 + 2
  return { line, lumen: part(0, line.length).lumen, front: part(0, bend), behind: part(bend - 1, line.length) }
}

export const BRANCHES: readonly Point[][] = [
  [[266, 96], [256, 62], [250, 28]],
  [[302, 70], [300, 48], [299, 24]],
  [[336, 68], [343, 48], [352, 26]],
]
export const tube = (line: readonly Point[], width: number): Point[] => band(smooth(line, 6), () => width / 2)

export const PULMONARY_ARTERY: readonly Point[][] = [
  [[300, 128], [220, 146], [140, 152], [66, 156]],
  [[300, 128], [390, 114], [460, 124], [536, 141]],
]
export const LUNGS: readonly Point[][] = [
  [[150, 62], [168, 84], [172, 140], [172, 230], [166, 330], [128, 428], [62, 452], [30, 440], [24, 372], [34, 262], [70, 148], [118, 76]],
  [[438, 62], [470, 76], [520, 152], [558, 262], [572, 372], [566, 440], [540, 456], [512, 436], [496, 396], [452, 350], [430, 236], [428, 100]],
] as Point[][]
export const FISSURES: readonly Point[][] = [
  [[34, 352], [92, 318], [150, 292]],
  [[44, 236], [96, 252], [150, 284]],
  [[500, 392], [512, 320], [552, 226]],
]
/** The superior cava to the top of the right atrium, and the inferior from its floor. */
export function cavae(ra: readonly Point[]): { superior: Point[]; inferior: Point[] } {
  const top = ra.reduce((a, b) => (b[1] < a[1] ? b : a))
  const low = ra.reduce((a, b) => (b[1] - 0.6 * b[0] > a[1] - 0.6 * a[0] ? b : a))
  return {
    superior: tube([[205, 40], [205, 130], [205, Math.max(top[1] + 26, 160)]], 36),
    inferior: tube([add(low, [26, -44]), add(low, [2, 22]), [124, 486]], 36),
  }
}
