import { expect, it } from 'vitest'
import { firstViewport } from './first-viewport'

const all = (width: number) => ({ x: 0, y: 0, width, height: 100 })
const frame = { width: 760, height: 500 }
/** Where it begins and ends in the frame. */
const ends = ({ x, zoom }: { readonly x: number; readonly zoom: number }, width: number) => [
  x,
  Math.round(x + width * zoom),
]

it('shows a small saga as large as it is, in the middle', () => {
  expect(firstViewport(frame, all(400))).toEqual({ zoom: 1, x: 180, y: 200 })
})

it('shows the whole of one that is as small as can be read, with a margin at both ends', () => {
  for (const width of [900, 1_700, 2_000, 2_450])
    expect(ends(firstViewport(frame, all(width)), width)).toEqual([40, 720])
})

it('shows the beginning of one that would be smaller', () => {
  const view = firstViewport(frame, all(2_600))
  expect(view.zoom).toBe(0.32)
  expect(view.x).toBe(40)
})

it('goes by where it stands on the canvas', () => {
  const { x, y, zoom } = firstViewport(frame, { ...all(1_360), x: 200, y: -300 })
  expect([zoom, x, y]).toEqual([0.5, 40 - 100, 225 + 150])
})
