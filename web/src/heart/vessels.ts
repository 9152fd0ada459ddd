/** Atria, veins, great arteries and lungs. */
import { add, band, clamp, even, mix, normals, path, smooth, type Point } from './plane'
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
const PER = 6
const [LA_TOP, LA_BOTTOM] = [200, 276]
const SMALLEST = 0.62
const LARGEST = 1.72
/** Left of this the atrium lies behind the aorta, and must not come out from there as it empties. */
const BEHIND_AORTA = 300

/** How a point of the left atrium at its usual size moves as it fills and as the base comes down. */
export function inAtrium(laMl: number, descent: number): (point: Point) => Point {
  const scale = clamp(Math.cbrt(Math.max(laMl, 1) / LA_ML), SMALLEST, LARGEST)
  return (point) => {
    const low = clamp((point[1] - LA_TOP) / (LA_BOTTOM - LA_TOP), 0, 1)
    const x = LA_CENTRE[0] + (point[0] - LA_CENTRE[0]) * scale
    const held = clamp((BEHIND_AORTA - point[0]) / 20, 0, 1)
    const upward = 1 + (scale - 1) * (1 - 0.55 * clamp(2 * low - 0.5, 0, 1))
    const grown: Point = [x + (Math.min(x, point[0]) - x) * held, LA_CENTRE[1] + (point[1] - LA_CENTRE[1]) * upward]
    return add(grown, DOWN, 0.75 * descent * low)
  }
}

/** The left atrium from the aortic end of the mitral ring round to the lateral one. */
export function leftAtrium(laMl: number, v: Ventricles): Point[] {
  return smooth([v.anterior, ...LA.map(inAtrium(laMl, v.descent)), v.lateral], PER)
}

/** The right atrium from the septal end of the tricuspid ring round to the other. */
export function rightAtrium(raMl: number, v: Ventricles): Point[] {
  const scale = clamp(Math.cbrt(Math.max(raMl, 1) / RA_ML), 0.6, 1.55)
  const grown = RA.map(([x, y]): Point => [RA_CENTRE[0] + (x - RA_CENTRE[0]) * scale, RA_CENTRE[1] + (y - RA_CENTRE[1]) * scale])
  const last = RA.length - 1
  const [first, final] = [grown[0] as Point, grown[last] as Point]
  // the ring moves most; it takes the lower half along, less with distance
  const pulled = grown.map((point, i) => {
    const septal = clamp(1 - i / 3, 0, 1) ** 1.2
    const right = clamp((i - 3.5) / (last - 3.5), 0, 1) ** 1.5
    return add(add(point, mix([0, 0], [v.septal[0] - first[0], v.septal[1] - first[1]], septal)), [v.right[0] - final[0], v.right[1] - final[1]], right)
  })
  return smooth(pulled, PER)
}

/** Pulmonary veins, from their end in the lung to inside the atrium; the first two to the left lung. */
export function veins(laMl: number, descent: number): Point[][] {
  const move = inAtrium(laMl, descent)
  return [
    [[530, 169], [486, 175], move([418, 192]), move([372, 204])],
    [[538, 259], [496, 252], move([428, 234]), move([376, 224])],
    [[88, 190], [150, 198], [236, 206], move([300, 212])],
    [[80, 262], [150, 257], [236, 246], move([300, 236])],
  ] as Point[][]
}

const VEIN = 12.5
const VEIN_WALL = 4
/** Half the width of a vein from the lung to the atrium: it opens like a funnel. */
const funnel = (more: number) => (share: number): number => VEIN - 2 * (1 - share) + 8 * clamp((share - 0.55) / 0.3, 0, 1) ** 2 + more

export interface Tube {
  lumen: string
  wall: string
}
export function vein(line: readonly Point[]): Tube {
  const dense = even(smooth(line, PER), 22)
  return { lumen: path(band(dense, funnel(0)), true), wall: path(band(dense, funnel(VEIN_WALL)), true) }
}

/** What a vessel parts into, from its end outwards: thinner and thinner. */
function twig(points: readonly Point[], width: number, wall: number): Tube {
  const line = even(smooth(points, PER), 12)
  const half = (more: number) => (share: number): number => Math.max((width / 2) * (1 - 0.62 * share) + more * (1 - 0.5 * share), 0.5)
  return { lumen: path(band(line, half(0)), true), wall: path(band(line, half(wall)), true) }
}
const together = (tubes: readonly Tube[]): Tube => ({ lumen: tubes.map((tube) => tube.lumen).join(''), wall: tubes.map((tube) => tube.wall).join('') })

export const VEIN_TWIGS: Tube = together([
  twig([[516, 172], [536, 164], [550, 150]], 15, 3.2),
  twig([[516, 170], [540, 174], [564, 186]], 13, 3.2),
  twig([[524, 257], [546, 256], [570, 246]], 14, 3.2),
  twig([[524, 256], [544, 266], [566, 284]], 13, 3.2),
  twig([[102, 192], [82, 182], [62, 178]], 14, 3.2),
  twig([[102, 190], [74, 198], [46, 214]], 13, 3.2),
  twig([[94, 261], [70, 256], [36, 250]], 14, 3.2),
  twig([[94, 260], [66, 272], [40, 294]], 13, 3.2),
])

const PULMONARY_TRUNK: readonly Point[] = [[104, 154], [140, 152], [220, 146], [300, 128], [390, 114], [450, 122], [486, 130]]
function artery(): Tube {
  const line = smooth(PULMONARY_TRUNK, PER)
  return { lumen: path(band(line, () => 10), true), wall: path(band(line, () => 13), true) }
}
/** The pulmonary arteries with their branches, one shape. */
export const PULMONARY_ARTERY: Tube = together([
  artery(),
  twig([[116, 153], [92, 146], [70, 128]], 14, 2.6),
  twig([[116, 153], [86, 158], [54, 160]], 12, 2.6),
  twig([[474, 127], [500, 124], [518, 112]], 14, 2.6),
  twig([[474, 128], [506, 138], [536, 136]], 12, 2.6),
])

const AORTA: readonly (readonly [x: number, y: number, follows: number])[] = [
  [272, 286, 0.8], [256, 242, 0.5], [248, 194, 0.15], [252, 146, 0], [278, 102, 0], [322, 80, 0], [368, 88, 0], [398, 124, 0], [404, 176, 0], [404, 240, 0],
] // prettier-ignore
const LUMEN = [43, 60, 46, 46, 46, 45, 43, 41, 38, 36, 34]
const WALL = 5

export interface Aorta {
  line: Point[]
  /** what lies in front of the atrium, and what goes down behind it */
  front: { lumen: Point[]; walls: Point[][] }
  behind: { lumen: Point[]; walls: Point[][] }
}

export function aorta(v: Ventricles): Aorta {
  const root = mix(v.inner[0] as Point, v.anterior, 0.5)
  const keys = [root, ...AORTA.map(([x, y, follows]) => add([x, y], DOWN, v.descent * follows))]
  const line = smooth(keys, PER)
  const width = smooth(LUMEN.map((w, i): Point => [i, w]), PER).map(([, w]) => w / 2)
  const sides = normals(line)
  const edge = (from: number, to: number, by: number, more: number): Point[] =>
    line.slice(from, to).map((point, i) => add(point, sides[from + i] as Point, by * ((width[from + i] as number) + more)))
  const part = (from: number, to: number) => ({
    lumen: [...edge(from, to, 1, 0), ...edge(from, to, -1, 0).reverse()],
    walls: [1, -1].map((by) => [...edge(from, to, by, -1), ...edge(from, to, by, WALL).reverse()]),
  })
  const bend = PER * 7 + 2
  return { line, front: part(0, bend), behind: part(bend - 1, line.length) }
}

/** A cut vessel: its tube, and the opening that is seen at its end. */
export interface Cut {
  tube: Tube
  mouth: { at: Point; rx: number; ry: number; turn: number }
}
function cutOff(points: readonly Point[], half: number, wall: number): Cut {
  const line = smooth(points, PER)
  const [before, end] = [line.at(-2) as Point, line.at(-1) as Point]
  const turn = (Math.atan2(end[1] - before[1], end[0] - before[0]) * 180) / Math.PI + 90
  return {
    tube: { lumen: path(band(line, () => half), true), wall: path(band(line, () => half + wall), true) },
    mouth: { at: end, rx: half + wall, ry: 0.3 * half, turn },
  }
}
/** Arteries to the head and arms. */
export const BRANCHES: readonly Cut[] = [
  cutOff([[272, 104], [258, 66], [250, 30]], 7, 2.6),
  cutOff([[305, 86], [301, 52], [299, 26]], 6.4, 2.6),
  cutOff([[334, 84], [343, 52], [353, 28]], 6.4, 2.6),
]

export const LUNGS: readonly string[] = (
  [
    [[162, 62], [172, 100], [174, 160], [172, 230], [164, 330], [132, 420], [70, 452], [32, 444], [18, 372], [26, 262], [52, 158], [96, 84], [134, 54]],
    [[438, 62], [466, 54], [504, 84], [548, 158], [574, 262], [582, 372], [570, 440], [540, 456], [512, 436], [496, 396], [452, 350], [430, 236], [428, 100]],
  ] as Point[][]
).map((lung) => path(smooth(lung, 8, true), true))
export const FISSURES: string = (
  [
    [[24, 352], [88, 318], [150, 292]],
    [[30, 232], [90, 252], [150, 284]],
    [[500, 392], [512, 320], [566, 222]],
  ] as Point[][]
).map((line) => path(smooth(line, PER))).join('')

const CAVA = 17
/** The superior cava into the top of the right atrium, and the inferior into its floor. */
export function cavae(ra: readonly Point[]): { superior: Cut; inferior: Tube } {
  const top = ra[3 * PER] as Point
  const floor = ra[Math.round(7.4 * PER)] as Point
  const below = smooth([add(floor, [34, -10]), add(floor, [14, 16]), mix(add(floor, [10, 40]), [124, 490], 0.5), [124, 490]], PER)
  return {
    superior: cutOff([[mix(top, [205, 0], 0.6)[0], top[1] + 22], [205, 140], [205, 44]], CAVA, 3.4),
    inferior: { lumen: path(band(below, () => CAVA), true), wall: path(band(below, () => CAVA + 3.4), true) },
  }
}
