/** One moment of a heart as paths, words and places; everything follows the solved curves. */
import type { Picture, WaveName } from '../api/types'
import { device, held, type Device } from './devices'
import { around, flowArrow, inflow, outflow, through, veinArrow } from './flows'
import { jet, type Jet } from './jet'
import { chords, gapOf, heads, leafShape, THICKNESS, torn, valve } from './leaflets'
import { add, bow, centre, clamp, mix, path, smooth, type Point } from './plane'
import { cusps, tricuspid } from './valves'
import { DOWN, papillary, placed, ventricles, type Ventricles } from './ventricles'
import { aorta, cavae, inAtrium, leftAtrium, rightAtrium, vein, veins, type Cut, type Tube } from './vessels'

/** A curve at a share of the beat. */
export function at(picture: Picture, name: WaveName, phase: number): number {
  return between(picture.waves[name], phase)
}
function between(values: readonly number[], phase: number): number {
  const place = (((phase % 1) + 1) % 1) * (values.length - 1)
  const i = Math.floor(place)
  const [a, b] = [values[i] ?? 0, values[i + 1] ?? values[i] ?? 0]
  return a + (b - a) * (place - i)
}

/** How far the flecks of a jet go for a centimetre of its blood: slowly enough to be followed by eye. */
const PX_PER_CM_OF_JET = 0.24
const drifts = new WeakMap<Picture, number[]>()
/** How far the leaking blood has gone since the start of the beat, in the drawing: its velocity summed. */
function drift(picture: Picture, phase: number): number {
  let way = drifts.get(picture)
  if (!way) {
    const { q_mr, ero } = picture.waves
    const step = (picture.period_s / (q_mr.length - 1)) * PX_PER_CM_OF_JET
    let sum = 0
    way = q_mr.map((q, i) => (sum += clamp(-q / Math.max(ero[i] ?? 0, 0.02), 0, 700) * step))
    drifts.set(picture, way)
  }
  return between(way, phase)
}

export interface Frame {
  la: string
  veins: Tube
  ra: string
  superior: Cut
  inferior: Tube
  /** walls of both ventricles, their cavities, and the inner face of the left wall */
  muscle: string
  cavity: string
  endocardium: string
  shadow: string
  /** the membranous septum, between the muscular one and the root of the aorta */
  membrane: string
  fibres: string
  right: string
  rightEdge: string
  rightWall: string
  ridges: string
  rightRidges: string
  papillaries: string
  rightMuscle: string
  moderator: string
  aortaFront: string
  aortaFrontWalls: string
  aortaBehind: string
  aortaBehindWalls: string
  cusps: string
  tricuspid: string
  tricuspidChords: string
  chords: string
  torn: string
  leaflets: string
  anterior: Point
  lateral: Point
  tricuspidRing: Point
  hole: { at: Point; r: number } | null
  device: Device
  out: string
  fill: string
  jet: { outline: string; made: Jet } | null
  veinArrows: string
  reversed: boolean
  leak: number
  forward: number
  filling: number
  volumes: { lv: number; la: number; rv: number; ra: number }
  places: { lv: Point; la: Point; rv: Point; ra: Point; valve: Point }
}

const ROWS = 6

/** Lines along the muscle, at shares of the wall's thickness. */
function fibres(v: Ventricles): string {
  const n = v.inner.length
  let text = ''
  for (let row = 1; row < ROWS; row++) {
    const share = row / ROWS
    for (let i = 3 + ((row * 5) % 9); i < n - 8; i += 11) {
      text += path(v.inner.slice(i, i + 6).map((point, k) => mix(point, v.outer[i + k] as Point, share)))
    }
  }
  return text
}

const RIDGES: readonly (readonly [share: number, long: number, turn: number])[] = [
  [0.385, 13, -5], [0.42, 17, -3], [0.455, 12, -1], [0.49, 16, 2], [0.525, 11, 3], [0.56, 15, 4], [0.6, 18, 4], [0.64, 12, 5],
] // prettier-ignore
/** Muscle ridges inside both apices. */
function trabeculae(v: Ventricles): { ridges: string; rightRidges: string } {
  const at = (line: readonly Point[], share: number): Point => line[Math.round(share * (line.length - 1))] as Point
  const middle = at(v.inner, 0.5)
  const apex = mix(middle, v.anterior, 0.5)
  const left = RIDGES.map(([share, long, turn]) => {
    const foot = at(v.inner, share)
    const reach = mix(foot, apex, long / 100)
    return path([foot, add(reach, DOWN, -0.4 * long + turn)])
  })
  const right = [0.5, 0.74, 0.79, 0.84, 0.89].map((share, i) => path([at(v.rightInner, share), mix(at(v.rightInner, share - 0.015), at(v.septum, share - 0.03), i % 2 ? 0.34 : 0.24)]))
  return { ridges: left.join(''), rightRidges: right.join('') }
}

/** The band from the septum to the foot of the muscle that holds the tricuspid valve. */
function moderator(v: Ventricles): string {
  const at = (line: readonly Point[], share: number): Point => line[Math.round(share * (line.length - 1))] as Point
  const [from, to] = [at(v.septum, 0.57), at(v.rightInner, 0.72)]
  const way = add(mix(from, to, 0.5), DOWN, -5)
  const side = (by: number) => bow(add(from, DOWN, 6 * by), add(way, DOWN, 3 * by), add(to, [1, -0.35], 6.5 * by), 9)
  return path([...side(-1), ...side(1).reverse()])
}

const LOWEST = 560
function tall(outer: readonly Point[]): number {
  return Math.max(LOWEST, outer.reduce((most, [, y]) => Math.max(most, y), 0) + 24)
}

function fullest(picture: Picture): Ventricles {
  const phase = picture.marks.end_diastole ?? 0
  return ventricles(at(picture, 'v_lv', phase), picture.heart.wall_lv_ml, at(picture, 'v_rv', phase))
}

/** How high the drawing of a beat is at its fullest, so that it does not jump. */
export const heightOf = (picture: Picture): number => tall(fullest(picture).outer)

/** All of one moment. */
export function frame(picture: Picture, phase: number): Frame {
  const get = (name: WaveName): number => at(picture, name, phase)
  const volumes = { lv: get('v_lv'), la: get('v_la'), rv: get('v_rv'), ra: get('v_ra') }
  const v = ventricles(volumes.lv, picture.heart.wall_lv_ml, volumes.rv)
  const [la, ra, great] = [leftAtrium(volumes.la, v), rightAtrium(volumes.ra, v), aorta(v)]
  const [forward, filling, leak] = [Math.max(get('q_av'), 0), Math.max(get('q_mv'), 0), Math.max(-get('q_mr'), 0)]
  const pvn = get('q_pvn')
  const lines = veins(volumes.la, v.descent)
  const tubes = lines.map(vein)
  const tri = tricuspid(v, clamp(get('z_tv'), 0, 1))
  const head = heads(v.filled)
  const mitral = leafs(picture, v, clamp(get('z_mv'), 0, 1), leak > 1 || picture.leaflets === 'perforated' ? get('ero') : 0)
  const { m, kind, prosthesis, clipped } = mitral
  const made = jet(kind, m, leak, volumes.la, v.descent, drift(picture, phase))
  const way = inflow(v, volumes.la)
  const fill = clipped ? around(way, m, filling) : [flowArrow(through(way, filling), filling)]
  return {
    la: path(la),
    veins: { lumen: tubes.map((tube) => tube.lumen).join(''), wall: tubes.map((tube) => tube.wall).join('') },
    ra: path(ra),
    ...cavae(ra),
    muscle: path([...v.outer, ...[...v.inner].reverse()], true),
    cavity: path([...v.inner, v.anterior], true),
    endocardium: path(v.inner),
    shadow: path([...v.rightOuter, ...v.outer.slice(v.septum.length)]),
    membrane: path([v.inner[0] as Point, v.septal, add(v.septal, DOWN, -7), ...(great.front.walls[0] ?? []).slice(0, 2)], true),
    fibres: fibres(v),
    right: path([...v.septum, ...[...v.rightInner].reverse()], true),
    rightEdge: path(v.rightInner.slice(0, Math.round(0.64 * v.rightInner.length))),
    rightWall: path([...v.rightOuter, ...[...v.rightInner].reverse()], true),
    ...trabeculae(v),
    papillaries: path(papillary(v.inner, 0.655, 0.745, placed(head.lateral))) + path(papillary(v.inner, 0.355, 0.435, placed(head.medial))),
    rightMuscle: path(tri.muscle),
    moderator: moderator(v),
    aortaFront: path(great.front.lumen, true),
    aortaFrontWalls: great.front.walls.map((wall) => path(wall, true)).join(''),
    aortaBehind: path(great.behind.lumen, true),
    aortaBehindWalls: great.behind.walls.map((wall) => path(wall, true)).join(''),
    cusps: cusps(great.line, clamp(get('z_av'), 0, 1)),
    tricuspid: tri.leaflets,
    tricuspidChords: tri.chords,
    chords: prosthesis ? '' : chords(kind, m, v, clamp(get('z_mv'), 0, 1)),
    torn: kind === 'flail' ? torn(m, v) : '',
    leaflets: prosthesis ? '' : [m.anterior, m.posterior].map((leaf) => path(leafShape(leaf, THICKNESS[kind]), true)).join(''),
    anterior: v.anterior,
    lateral: v.lateral,
    tricuspidRing: v.right,
    hole: kind === 'perforated' && !prosthesis ? { at: m.orifice, r: Math.max(0.32 * gapOf(get('ero')), 3) } : null,
    device: device(picture.device, v, m, clamp(get('z_mv'), 0, 1)),
    out: path(flowArrow(outflow(v, great.line), forward, 22), true),
    fill: fill.map((outline) => path(outline, true)).join(''),
    jet: made && { outline: path(made.outline, true), made },
    veinArrows: lines.map((line) => path(veinArrow(line, pvn), true)).join(''),
    reversed: pvn < 0,
    leak,
    forward,
    filling,
    volumes,
    places: places(v, volumes.la, ra, kind === picture.leaflets || clipped ? m.posterior.tip : v.lateral),
  }
}

/** The mitral leaflets of a moment, with what a treatment has made of them. */
function leafs(picture: Picture, v: Ventricles, open: number, ero: number) {
  const clipped = picture.device === 'clip'
  const prosthesis = picture.device === 'mechanical' || picture.device === 'biological'
  const untouched = picture.device === '' || clipped
  const kind: Picture['leaflets'] = !untouched || (clipped && picture.leaflets !== 'tethered') ? 'normal' : picture.leaflets
  const m = valve(kind, v, clipped ? 0.3 * open : open, clipped ? 0.1 * ero : ero)
  return { m: clipped ? held(m, open) : m, kind, prosthesis, clipped }
}

function places(v: Ventricles, laMl: number, ra: readonly Point[], tip: Point): Frame['places'] {
  const low = heads(v.filled)
  const share = (line: readonly Point[], at: number): Point => line[Math.round(at * (line.length - 1))] as Point
  return {
    lv: add(placed(mix(low.lateral, low.medial, 0.5)), DOWN, 36),
    la: inAtrium(laMl, v.descent)([400, 206]),
    rv: mix(share(v.rightInner, 0.4), share(v.septum, 0.3), 0.3),
    ra: add(centre(ra), [-4, -4]),
    valve: tip,
  }
}

/** Along the arch of the aorta, for words. */
export const ARCH: string = path(smooth([[262, 168], [275, 120], [320, 93], [366, 102], [390, 138], [396, 176]], 6))
