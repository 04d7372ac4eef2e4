import { describe, expect, it } from 'vitest'
import { readDesignText } from './read-design-text'

const design = (sagas: unknown): string => JSON.stringify({ formatVersion: 1, name: 'Shop', sagas }, null, 2)

describe('a design as text', () => {
  it('is read when it is whole', () => {
    const read = readDesignText(design([{ id: 'order', nodes: [{ id: 'start', type: 'start' }], edges: [] }]))
    expect(read.ok && read.value.sagas[0]?.nodes[0]?.id).toBe('start')
  })

  it('says in which line the JSON breaks off', () => {
    const read = readDesignText('{\n  "name": "Shop",\n  "sagas": [}\n}')
    expect(read.ok).toBe(false)
    expect(read.ok || read.error[0]).toMatchObject({ line: 3, path: '' })
  })

  it('points at the member that is wrong', () => {
    const read = readDesignText(design([{ id: 'order', nodes: [{ id: 'no good', type: 'end' }], edges: [] }]))
    expect(read.ok || read.error[0]).toMatchObject({ line: 9, path: 'sagas.0.nodes.0.id' })
  })

  it('points at what holds a member that is missing', () => {
    const read = readDesignText('{\n  "formatVersion": 1\n}')
    expect(read.ok || read.error[0]).toMatchObject({ line: 1, path: 'name' })
  })
})
