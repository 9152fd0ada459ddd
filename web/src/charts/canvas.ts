/** What every canvas of the page needs: sharp pixels, hatching, words with a halo. */
import { font } from './palette.svelte'

/** A cleared canvas of this size in CSS pixels, drawn at the screen's own resolution. */
export function sharp(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
  const pen = canvas.getContext('2d')
  pen?.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen?.clearRect(0, 0, width, height)
  return pen
}

const hatches = new Map<string, CanvasPattern>()

/** Lines at 45°: the sign of the leak beside its colour. */
export function hatch(pen: CanvasRenderingContext2D, colour: string, paper: string): CanvasPattern | string {
  const ratio = devicePixelRatio || 1
  const key = `${colour} ${paper} ${ratio}`
  const known = hatches.get(key)
  if (known) return known
  const side = 6
  const tile = document.createElement('canvas')
  tile.width = tile.height = Math.round(side * ratio)
  const ink = tile.getContext('2d')
  if (!ink) return colour
  ink.scale(tile.width / side, tile.width / side)
  ink.fillStyle = paper
  ink.globalAlpha = 0.6
  ink.fillRect(0, 0, side, side)
  ink.globalAlpha = 1
  ink.strokeStyle = colour
  ink.lineWidth = 1.7
  ink.beginPath()
  for (const shift of [-side, 0, side]) {
    ink.moveTo(shift - 1, side + 1)
    ink.lineTo(shift + side + 1, -1)
  }
  ink.stroke()
  const made = pen.createPattern(tile, 'repeat')
  if (!made) return colour
  made.setTransform(new DOMMatrix().scale(side / tile.width))
  hatches.set(key, made)
  return made
}

export interface Ink {
  colour: string
  /** left out where nothing lies below: an outline of letters is slow to draw */
  halo?: string
  size?: number
  weight?: number
  align?: CanvasTextAlign
}

/** Words; `y` is the middle of the line. */
export function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number, ink: Ink): void {
  pen.font = font(ink.size ?? 11.5, ink.weight ?? 400)
  pen.textAlign = ink.align ?? 'left'
  pen.textBaseline = 'middle'
  if (ink.halo) {
    pen.setLineDash([])
    pen.lineJoin = 'round'
    pen.lineWidth = 3
    pen.strokeStyle = ink.halo
    pen.strokeText(text, x, y)
  }
  pen.fillStyle = ink.colour
  pen.fillText(text, x, y)
}
