/** Draws a pressure-volume loop: all of it but the dot that moves. */
import type { Picture } from '../api/types'
import { at, turn } from './beat'
import { hatch, sharp, write, type Ink } from './canvas'
import { DASHES, font, type Palette } from './palette.svelte'
import { beside, Places, type Point } from './places'
import { ceil, floor, greatest, least, ticks } from './scale'

export type Chamber = 'lv' | 'la'

export interface Other {
  label: string
  picture: Picture
}

/** From millilitres and mmHg to pixels. */
export interface Plane {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
  volumes: [number, number]
  pressures: [number, number]
}

export const x = (plane: Plane, ml: number): number =>
  plane.left + ((ml - plane.volumes[0]) / (plane.volumes[1] - plane.volumes[0])) * (plane.right - plane.left)
export const y = (plane: Plane, mmhg: number): number =>
  plane.bottom - ((mmhg - plane.pressures[0]) / (plane.pressures[1] - plane.pressures[0])) * (plane.bottom - plane.top)

const curves = (picture: Picture, chamber: Chamber) =>
  chamber === 'lv'
    ? { volume: picture.waves.v_lv, pressure: picture.waves.p_lv }
    : { volume: picture.waves.v_la, pressure: picture.waves.p_la }

/** The plane that holds these loops, on round numbers so that it keeps still under a slider. */
export function planeOf(chamber: Chamber, now: Picture, other: Other | null, width: number, height: number): Plane {
  const all = [now, ...(other ? [other.picture] : [])].map((picture) => curves(picture, chamber))
  const widest = greatest(...all.map((one) => one.volume))
  const highest = greatest(...all.map((one) => one.pressure))
  const lv = chamber === 'lv'
  return {
    width,
    height,
    left: 38,
    right: width - 10,
    top: 22,
    bottom: height - (lv ? 58 : 20),
    volumes: lv ? [0, ceil(widest * 1.16, 25)] : [floor(least(...all.map((one) => one.volume)) * 0.8, 10), ceil(widest * 1.1, 10)],
    pressures: [Math.min(0, floor(least(...all.map((one) => one.pressure)), lv ? 10 : 2)), ceil(highest * 1.1, lv ? 20 : 5)],
  }
}

function path(pen: CanvasRenderingContext2D, points: readonly Point[]): void {
  pen.beginPath()
  points.forEach(([px, py], i) => (i ? pen.lineTo(px, py) : pen.moveTo(px, py)))
}

/** More points between two, so that labels keep off a straight line too. */
function filled(from: Point, to: Point): Point[] {
  return Array.from({ length: 25 }, (_, i) => [from[0] + ((to[0] - from[0]) * i) / 24, from[1] + ((to[1] - from[1]) * i) / 24] as const)
}

class Loop {
  readonly places: Places
  readonly line: Point[]
  constructor(
    readonly pen: CanvasRenderingContext2D,
    readonly plane: Plane,
    readonly ink: Palette,
    readonly chamber: Chamber,
    readonly now: Picture,
    readonly other: Other | null,
  ) {
    this.places = new Places({ x: 2, y: 0, w: plane.width - 4, h: plane.height })
    this.line = this.#points(now)
    this.places.avoid(this.line.filter((_, i) => i % 2 === 0))
  }

  #points(picture: Picture): Point[] {
    const { volume, pressure } = curves(picture, this.chamber)
    return volume.map((ml, i) => [x(this.plane, ml), y(this.plane, pressure[i] ?? 0)] as const)
  }

  /** Where the loop is at a moment. */
  spot(phase: number): Point {
    const { volume, pressure } = curves(this.now, this.chamber)
    return [x(this.plane, at(volume, turn(phase))), y(this.plane, at(pressure, turn(phase)))]
  }

  word(text: string, corners: (w: number, h: number) => Point[], look: Partial<Ink> = {}): void {
    const ink = { colour: this.ink.muted, halo: this.ink.card, size: 11.5, ...look }
    this.pen.font = font(ink.size, ink.weight ?? 400)
    const [w, h] = [this.pen.measureText(text).width + 6, ink.size + 2]
    const box = this.places.put(w, h, corners(w, h))
    write(this.pen, text, box.x + 3, box.y + h / 2, ink)
  }

  axes(): void {
    const { pen, plane, ink } = this
    const muted = { colour: ink.muted, size: 11.5 }
    for (const mmhg of ticks(plane.pressures[0], plane.pressures[1], plane.bottom - plane.top < 130 ? 3 : 4)) {
      const py = Math.round(y(plane, mmhg)) + 0.5
      path(pen, [[plane.left, py], [plane.right, py]])
      pen.lineWidth = 1
      pen.strokeStyle = ink.hairline
      pen.stroke()
      write(pen, String(mmhg), plane.left - 7, py, { ...muted, align: 'right' })
      this.places.take({ x: plane.left - 28, y: py - 6, w: 22, h: 12 })
    }
    const across = ticks(plane.volumes[0], plane.volumes[1], plane.width < 300 ? 4 : 5)
    for (const ml of across) write(pen, String(ml), x(plane, ml), plane.bottom + 12, { ...muted, align: 'center' })
    write(pen, `${this.chamber.toUpperCase()}: mmHg against mL`, 0, 8, muted)
    this.places.take({ x: 0, y: 0, w: 130, h: 14 })
  }

  reference(): void {
    if (!this.other) return
    const { pen, ink } = this
    const points = this.#points(this.other.picture)
    path(pen, points)
    pen.setLineDash([...DASHES.ref])
    pen.lineWidth = 1.5
    pen.strokeStyle = ink.ref
    pen.stroke()
    pen.setLineDash([])
    this.places.avoid(points.filter((_, i) => i % 3 === 0))
  }

  nameReference(): void {
    if (!this.other) return
    const points = this.#points(this.other.picture)
    const high = points.filter((_, i) => i % 10 === 0).sort((a, b) => a[1] - b[1])
    this.word(this.other.label, (w, h) => high.flatMap((p) => beside(p, w, h, 'tbRL', 4)), { weight: 600 })
  }

  trace(): void {
    const { pen, ink } = this
    path(pen, this.line)
    pen.closePath()
    pen.lineWidth = 2.3
    pen.lineJoin = 'round'
    pen.strokeStyle = this.chamber === 'lv' ? ink.ink : ink.la
    pen.stroke()
  }

  /** The end-systolic line and the end-diastolic curve. */
  limits(): void {
    const { pen, plane, ink, now } = this
    const { v0_ml, p0_mmhg, slope_mmhg_ml } = now.loop.espvr
    const top = plane.pressures[1]
    const end = v0_ml + (top - p0_mmhg) / Math.max(slope_mmhg_ml, 1e-6)
    const reach = Math.min(end, plane.volumes[1])
    const line = filled(
      [x(plane, v0_ml), y(plane, p0_mmhg)],
      [x(plane, reach), y(plane, p0_mmhg + (reach - v0_ml) * slope_mmhg_ml)],
    )
    const curve = now.loop.edpvr
      .filter(([ml]) => ml <= plane.volumes[1])
      .map(([ml, mmhg]) => [x(plane, ml), y(plane, mmhg)] as const)
    pen.lineWidth = 1.4
    pen.strokeStyle = ink.ref
    pen.setLineDash([...DASHES.dots])
    for (const points of [line, curve]) {
      path(pen, points)
      pen.stroke()
      this.places.avoid(points)
    }
    pen.setLineDash([])
    this.word('ESPVR', (w, h) => line.slice(-8).reverse().flatMap((p) => beside(p, w, h, 'rlRL', 5)))
    const tail = curve.at(-1)
    if (tail) this.word('EDPVR', (w, h) => beside(tail, w, h, 'tLRbDlS', 5))
  }

  /** The volume lost while both valves should be shut. */
  lost(): void {
    const { marks, loop } = this.now
    const spans = [
      [marks.mitral_closes, marks.aortic_opens, loop.contraction_ml],
      [marks.aortic_closes, marks.mitral_opens, loop.relaxation_ml],
    ] as const
    const { pen, ink } = this
    const last = this.line.length - 1
    spans.forEach(([from, to, ml], order) => {
      if (from === null || to === null || ml < 1) return
      const part = this.line.slice(Math.max(0, Math.round(from * last)), Math.round(to * last) + 1)
      const [first, end] = [part[0], part.at(-1)]
      if (!first || !end) return
      path(pen, part)
      // the corner that the loop would have without a leak
      pen.lineTo(...(order === 0 ? ([first[0], end[1]] as const) : ([end[0], first[1]] as const)))
      pen.closePath()
      pen.fillStyle = hatch(pen, ink.leak, ink.card)
      pen.fill()
    })
  }

  events(): void {
    const { marks } = this.now
    const { pen, ink } = this
    const named = [
      [marks.mitral_closes, 'MV closes', 'SrRbD'],
      [marks.aortic_opens, 'AV opens', 'RrSlL'],
      [marks.aortic_closes, 'AV closes', 'LltD'],
      [marks.mitral_opens, 'MV opens', 'RrSbl'],
    ] as const
    const spots = named.flatMap(([phase, name, sides]) => (phase === null ? [] : [{ spot: this.spot(phase), name, sides }]))
    for (const { spot } of spots) this.places.take({ x: spot[0] - 5, y: spot[1] - 5, w: 10, h: 10 })
    for (const { spot, name, sides } of spots) this.word(name, (w, h) => [...beside(spot, w, h, sides), ...beside(spot, w, h, 'rlRLSD', 16)])
    pen.lineWidth = 1.5
    pen.strokeStyle = ink.ink
    pen.fillStyle = ink.card
    for (const { spot } of spots) {
      pen.fillRect(spot[0] - 3.5, spot[1] - 3.5, 7, 7)
      pen.strokeRect(spot[0] - 3.5, spot[1] - 3.5, 7, 7)
    }
  }

  /** Below the axis: how much of the stroke goes which way. A length, not a time. */
  bracket(): void {
    const { pen, plane, ink, now } = this
    const { forward_ml, leak_ml } = now.stroke
    const from = least(now.waves.v_lv)
    const edges = [x(plane, from), x(plane, from + Math.max(leak_ml, 0)), x(plane, from + Math.max(leak_ml, 0) + forward_ml)] as const
    const [top, tall] = [plane.bottom + 24, 10]
    const parts = [
      { from: edges[0], to: edges[1], fill: hatch(pen, ink.leak, ink.card), colour: ink.leak, text: `leak ${leak_ml.toFixed(0)} mL` },
      { from: edges[1], to: edges[2], fill: ink.fwd, colour: ink.fwd, text: `forward ${forward_ml.toFixed(0)} mL` },
    ]
    for (const part of parts) {
      if (part.to - part.from < 1) continue
      pen.fillStyle = part.fill
      pen.fillRect(part.from, top, part.to - part.from, tall)
      pen.strokeStyle = part.colour
      pen.lineWidth = 1.5
      for (const edge of [part.from, part.to]) {
        path(pen, [[edge, top - 3], [edge, top + tall + 3]])
        pen.stroke()
      }
      const middle = (part.from + part.to) / 2
      const drop = top + tall + 4
      this.word(part.text, (w) => [[middle - w / 2, drop], ...[2, 12, 22].map((off): Point => [part.colour === ink.leak ? edges[1] - w - off : edges[1] + off, drop])], { colour: part.colour, halo: undefined, size: 12, weight: 700 })
    }
  }

  waves(): void {
    const { marks } = this.now
    const { ink } = this
    const v = marks.v_wave === null ? null : this.spot(marks.v_wave)
    const a = marks.a_wave === null ? null : this.spot(marks.a_wave)
    const height = at(this.now.waves.p_la, turn(marks.v_wave ?? 0))
    if (v) this.word(`v wave ${height.toFixed(0)}`, (w, h) => [...beside(v, w, h, 'tLRlr', 9), ...beside(v, w, h, 'tL', 16)], { colour: ink.la, weight: 700, size: 12 })
    if (a) this.word('a wave', (w, h) => [...beside(a, w, h, 'tLlRr', 6), ...beside(a, w, h, 'tLR', 14)], { colour: ink.la })
  }
}

/** Draws the still part of a loop and returns the plane on which its dot moves. */
export function drawLoop(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  chamber: Chamber,
  now: Picture,
  other: Other | null,
  ink: Palette,
): Plane | null {
  const pen = sharp(canvas, size.width, size.height)
  if (!pen) return null
  const plane = planeOf(chamber, now, other, size.width, size.height)
  const loop = new Loop(pen, plane, ink, chamber, now, other)
  loop.axes()
  loop.reference()
  if (chamber === 'lv') loop.lost()
  if (chamber === 'lv') loop.limits()
  loop.trace()
  if (chamber === 'lv') {
    loop.bracket()
    loop.events()
  } else loop.waves()
  loop.nameReference()
  return plane
}
