/** One moment of a heart as paths, words and places; everything follows the solved curves. */
import type { Picture, WaveName } from '../api/types'
import { flowArrow, inflow, jet, outflow, through, veinArrow } from './flows'
import { chords, gapOf, heads, leafPath, torn, valve, type Valve } from './leaflets'
import { add, centre, even, mix, path, smooth, unit, type Point } from './plane'
import { DOWN, papillary, placed, ventricles, type Ventricles } from './ventricles'
import { aorta, cavae, leftAtrium, rightAtrium, tube, veins } from './vessels'

/** A curve at a share of the beat. */
export function at(picture: Picture, name: WaveName, phase: number): number {
  const values = picture.waves[name]
  const place = (((phase % 1) + 1) % 1) * (values.length - 1)
  const i = Math.floor(place)
  const [a, b] = [values[i] ?? 0, values[i + 1] ?? values[i] ?? 0]
  return a + (b - a) * (place - i)
}

export interface Words {
  text: string
  at: Point
}

export interface Frame {
  la: string
  veins: string[]
  ra: string
  superior: string
  inferior: string
  muscle: string
  cavity: string
  fibres: string
  right: string
  rightWall: string
  septumLine: string
  trabeculae: string
  papillaries: string[]
  aortaFront: string
  aortaFrontWalls: string
  aortaBehind: string
  aortaBehindWalls: string
  arch: string
  cusps: string
  tricuspid: string
  tricuspidChords: string
  chords: string
  torn: string
  leaflets: string[]
  ring: Point[]
  tricuspidRing: Point[]
  hole: { at: Point; r: number } | null
  device: string
  deviceSolid: string
  out: string
  fill: string
  jet: { outline: string; streaks: string; arcs: string; head: Point; line: Point[] } | null
  veinArrows: string[]
  reversed: boolean
  leak: number
  forward: number
  filling: number
  volumes: { lv: number; la: number; rv: number; ra: number }
  places: { lv: Point; la: Point; rv: Point; ra: Point; valve: Point }
  height: number
}

const MOST_FIBRES = 6

/** Lines along the muscle, at shares of the wall's thickness. */
function fibres(v: Ventricles): string {
  const n = v.inner.length
  let text = ''
  for (let row = 1; row < MOST_FIBRES; row++) {
    const share = row / MOST_FIBRES
    const line = v.inner.map((point, i) => mix(point, v.outer[i] as Point, share))
    for (let i = 3 + ((row * 5) % 9); i < n - 8; i += 11) text += path(line.slice(i, i + 6))
  }
  return text
}

/** Cusps of the aortic valve, from both sides of the root. */
function cusps(line: readonly Point[], open: number): string {
  const root = line[3] as Point
  const way = unit(root, line[9] as Point)
  const across: Point = [-way[1], way[0]]
  const half = 21
  return [-1, 1]
    .map((side) => {
      const foot = add(root, across, side * half)
      const tip = add(add(root, across, side * half * 0.86 * open), way, 9 + 13 * open)
      const dip = add(mix(foot, tip, 0.5), way, -10 * (1 - open) + 1)
      return `M${foot[0].toFixed(1)},${foot[1].toFixed(1)} Q${dip[0].toFixed(1)},${dip[1].toFixed(1)} ${tip[0].toFixed(1)},${tip[1].toFixed(1)}`
    })
    .join(' ')
}

interface Tricuspid {
  leaves: string
  chords: string
}
function tricuspid(v: Ventricles, open: number): Tricuspid {
  const ring = unit(v.septal, v.right)
  const width = Math.hypot(v.right[0] - v.septal[0], v.right[1] - v.septal[1])
  const down: Point = [-ring[1], ring[0]]
  const into: Point = down[1] > 0 ? down : [-down[0], -down[1]]
  const leaf = (hinge: Point, side: number, length: number): [string, Point] => {
    const angle = 0.2 + 1.05 * open
    const bend = add(add(hinge, ring, side * Math.cos(angle) * length * width), into, Math.sin(angle) * length * width)
    const tip = add(add(bend, into, 11), ring, side * 1.5)
    const belly = add(mix(hinge, bend, 0.5), into, -4 * (1 - open))
    return [`M${hinge[0].toFixed(1)},${hinge[1].toFixed(1)} Q${belly[0].toFixed(1)},${belly[1].toFixed(1)} ${bend[0].toFixed(1)},${bend[1].toFixed(1)} L${tip[0].toFixed(1)},${tip[1].toFixed(1)}`, tip]
  }
  const [first, tipOne] = leaf(v.septal, 1, 0.46)
  const [second, tipTwo] = leaf(v.right, -1, 0.54)
  const n = v.rightInner.length
  const head = mix(v.rightInner[Math.round(0.62 * n)] as Point, v.septum[Math.round(0.62 * n)] as Point, 0.24)
  const other = mix(v.septum[Math.round(0.6 * n)] as Point, v.rightInner[Math.round(0.6 * n)] as Point, 0.1)
  const line = (a: Point, b: Point): string => `M${a[0].toFixed(1)},${a[1].toFixed(1)} L${b[0].toFixed(1)},${b[1].toFixed(1)}`
  return { leaves: `${first} ${second}`, chords: `${line(tipOne, head)} ${line(tipTwo, head)} ${line(tipOne, other)}` }
}

/** What sits in the valve after treatment: outlines, and what is solid. */
function device(kind: Picture['device'], m: Valve, v: Ventricles, open: number): { line: string; solid: string } {
  if (kind === '') return { line: '', solid: '' }
  const p = ([x, y]: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`
  const down: Point = DOWN
  if (kind === 'clip') {
    const top = mix(m.anterior.bend, m.posterior.bend, 0.5)
    const foot = add(top, down, 20)
    const side = (by: number): string => `M${p(add(add(top, m.ring, by * 3), down, -9))} L${p(add(foot, m.ring, by * 4.500))}`
    return { line: `${side(-1)} ${side(1)}`, solid: path([add(add(top, m.ring, -5), down, -8), add(add(top, m.ring, 5), down, -8), add(foot, m.ring, 6), add(foot, m.ring, -6)], true) }
  }
  if (kind === 'ring') {
    const dot = (at: Point): string => path(smooth([add(at, m.ring, -8), add(at, down, -6), add(at, m.ring, 8), add(at, down, 6)], 6, true), true)
    return { line: '', solid: `${dot(v.anterior)} ${dot(v.lateral)}` }
  }
  const [a, b] = [add(v.anterior, m.ring, 3), add(v.lateral, m.ring, -3)]
  const seat = (at: Point): string => path([add(add(at, m.ring, -7), down, -9), add(add(at, m.ring, 7), down, -9), add(add(at, m.ring, 7), down, 9), add(add(at, m.ring, -7), down, 9)], true)
  if (kind === 'mechanical') {
    const angle = 0.18 + 1.25 * open
    const disc = (at: number): string => {
      const middle = mix(a, b, at)
      const way: Point = [m.ring[0] * Math.cos(angle) + down[0] * Math.sin(angle), m.ring[1] * Math.cos(angle) + down[1] * Math.sin(angle)]
      const flip: Point = at > 0.5 ? [-m.ring[0] * Math.cos(angle) + down[0] * Math.sin(angle), -m.ring[1] * Math.cos(angle) + down[1] * Math.sin(angle)] : way
      return `M${p(add(middle, flip, -0.21 * m.width))} L${p(add(middle, flip, 0.21 * m.width))}`
    }
    return { line: `${disc(0.27)} ${disc(0.73)}`, solid: `${seat(a)} ${seat(b)}` }
  }
  const post = (at: Point, by: number): string => `M${p(at)} L${p(add(add(at, down, 42), m.ring, by * 5))}`
  const middle = mix(a, b, 0.5)
  const cusp = (from: Point, by: number): string => {
    const meet = add(add(middle, m.ring, -by * 0.4 * m.width * open), down, 30 + 8 * open)
    return `M${p(add(from, down, 8))} Q${p(add(add(from, m.ring, by * 10), down, 34))} ${p(meet)}`
  }
  return { line: `${post(a, 1)} ${post(b, -1)} ${cusp(a, 1)} ${cusp(b, -1)}`, solid: `${seat(a)} ${seat(b)}` }
}

/** How high the drawing must be for an apex as low as this. */
function tall(outer: readonly Point[]): number {
  return Math.max(560, outer.reduce((most, [, y]) => Math.max(most, y), 0) + 24)
}

/** How high the drawing of a beat is at its fullest, so that it does not jump. */
export function heightOf(picture: Picture): number {
  const phase = picture.marks.end_diastole ?? 0
  return tall(ventricles(at(picture, 'v_lv', phase), picture.heart.wall_lv_ml, at(picture, 'v_rv', phase)).outer)
}

/** All of one moment. */
export function frame(picture: Picture, phase: number): Frame {
  const get = (name: WaveName): number => at(picture, name, phase)
  const volumes = { lv: get('v_lv'), la: get('v_la'), rv: get('v_rv'), ra: get('v_ra') }
  const v = ventricles(volumes.lv, picture.heart.wall_lv_ml, volumes.rv)
  const open = Math.min(Math.max(get('z_mv'), 0), 1)
  const prosthesis = picture.device === 'mechanical' || picture.device === 'biological'
  const kind = picture.device === '' || picture.device === 'clip' ? picture.leaflets : 'normal'
  const leak = Math.max(-get('q_mr'), 0)
  const ero = leak > 1 || kind === 'perforated' ? get('ero') : 0
  const clipped = picture.device === 'clip'
  const m = valve(clipped && kind === 'flail' ? 'normal' : kind, v, clipped ? open * 0.45 : open, clipped ? 0.1 * ero : ero)
  const la = leftAtrium(volumes.la, v)
  const ra = rightAtrium(volumes.ra, v)
  const vessels = aorta(v)
  const caves = cavae(ra)
  const head = heads(v.filled)
  const [forward, filling] = [Math.max(get('q_av'), 0), Math.max(get('q_mv'), 0)]
  const made = jet(kind, m, leak, volumes.la, v.descent)
  const pvn = get('q_pvn')
  const tri = tricuspid(v, Math.min(Math.max(get('z_tv'), 0), 1))
  const lines = veins(volumes.la, v.descent)
  const fit = device(picture.device, m, v, open)
  const inflowLine = inflow(v, volumes.la)
  const n = v.rightInner.length
  return {
    la: path(la, true),
    veins: lines.map((line) => path(tube(line, 26), true)),
    ra: path(ra, true),
    superior: path(caves.superior, true),
    inferior: path(caves.inferior, true),
    muscle: path([...v.outer, ...[...v.inner].reverse()], true),
    cavity: path([...v.inner, v.anterior], true),
    fibres: fibres(v),
    right: path([...v.septum, ...[...v.rightInner].reverse()], true),
    rightWall: path([...v.rightOuter, ...[...v.rightInner].reverse()], true),
    septumLine: path(v.septum),
    trabeculae: path([mix(v.septum[Math.round(0.56 * n)] as Point, v.septum[Math.round(0.58 * n)] as Point, 0.5), v.rightInner[Math.round(0.74 * n)] as Point]),
    papillaries: [path(papillary(v, 0.66, 0.76, head.lateral), true), path(papillary(v, 0.35, 0.43, head.medial), true)],
    aortaFront: path(vessels.front.lumen, true),
    aortaFrontWalls: vessels.front.walls.map((wall) => path(wall, true)).join(' '),
    aortaBehind: path(vessels.behind.lumen, true),
    aortaBehindWalls: vessels.behind.walls.map((wall) => path(wall, true)).join(' '),
    arch: path(smooth([[262, 168], [275, 120], [320, 93], [366, 102], [390, 138], [396, 176]], 6)),
    cusps: cusps(vessels.line, Math.min(Math.max(get('z_av'), 0), 1)),
    tricuspid: tri.leaves,
    tricuspidChords: tri.chords,
    chords: prosthesis ? '' : chords(clipped && kind === 'flail' ? 'normal' : kind, m, v, open),
    torn: kind === 'flail' && !clipped ? torn(m, v) : '',
    leaflets: prosthesis ? [] : [leafPath(m.anterior), leafPath(m.posterior)],
    ring: [v.anterior, v.lateral],
    tricuspidRing: [v.right],
    hole: kind === 'perforated' && !prosthesis ? { at: mix(m.anterior.hinge, m.anterior.bend, 0.5), r: Math.max(0.32 * gapOf(get('ero')), 3) } : null,
    device: fit.line,
    deviceSolid: fit.solid,
    out: path(flowArrow(outflow(v, vessels.line), forward), true),
    fill: path(flowArrow(through(inflowLine, filling), filling), true),
    jet: made && {
      outline: path(made.outline, true),
      streaks: [-0.33, 0.3].map((by) => streak(made.line, by)).join(' '),
      arcs: made.arcs.map((radius) => arc(m.orifice, radius, add([0, 0], m.up, -1))).join(' '),
      head: made.head,
      line: made.line,
    },
    veinArrows: lines.map((line) => path(veinArrow(line, pvn), true)),
    reversed: pvn < 0,
    leak,
    forward,
    filling,
    volumes,
    places: {
      lv: placed([22, 150 + 0.28 * v.descent]),
      la: add(centre(la), [34, -6]),
      rv: mix(centre(v.rightInner), centre(v.septum), 0.4),
      ra: add(centre(ra), [-6, -6]),
      valve: m.posterior.tip,
    },
    height: tall(v.outer),
  }
}

/** A thin line beside the middle of the jet. */
function streak(line: readonly Point[], by: number): string {
  const dense = even(line, 12)
  const way = unit(dense[0] as Point, dense[11] as Point)
  const across: Point = [-way[1], way[0]]
  return path(smooth(dense.slice(4, 9).map((point) => add(point, across, by * 16)), 3))
}

/** Half a circle around the orifice on the ventricle's side. */
function arc(at: Point, radius: number, down: Point): string {
  const base = Math.atan2(down[1], down[0])
  return path(Array.from({ length: 9 }, (_, i): Point => {
    const angle = base + ((i - 4) / 4) * 1.15
    return [at[0] + radius * Math.cos(angle), at[1] + radius * Math.sin(angle)]
  }))
}

