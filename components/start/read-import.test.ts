import { describe, expect, it } from 'vitest'
import { blankDesign } from './blank-design'
import { pathText, readImport } from './read-import'
import { sagaSketch } from './saga-sketch'

describe('readImport', () => {
  it('reads back what a blank design is', () => {
    const read = readImport(JSON.stringify(blankDesign()))
    expect(read.ok && read.value.sagas[0]?.nodes.map((node) => node.type)).toEqual(['start'])
  })

  it('says where a document is wrong', () => {
    const read = readImport(
      JSON.stringify({ ...blankDesign(), sagas: [{ id: '1 2', nodes: [], edges: [] }] }),
    )
    expect(!read.ok && read.error.map((issue) => pathText(issue.path))).toEqual(['sagas[0].id'])
  })

  it('refuses text that is no JSON, and a document over the limit, before anything is sent', () => {
    expect(readImport('{ "name": ')).toMatchObject({ ok: false, error: [{ path: [] }] })
    const huge = readImport(`"${'x'.repeat(1024 * 1024)}"`)
    expect(!huge.ok && huge.error[0]?.message).toContain('at most 1048576')
  })
})

describe('sagaSketch', () => {
  it('keeps every node and edge inside its frame', () => {
    const read = readImport(
      JSON.stringify({
        ...blankDesign(),
        sagas: [
          {
            id: 'main',
            nodes: [
              { id: 'start', type: 'start' },
              { id: 'a', type: 'step', action: { type: 'script', code: '() => ({})' } },
            ],
            edges: [{ id: 'e', from: 'start', to: 'a' }],
          },
        ],
        layout: { sagas: { main: { start: { x: -400, y: 300 }, a: { x: 0, y: -80 } } } },
      }),
    )
    const sketch = read.ok ? sagaSketch(read.value) : null
    expect(sketch?.edges.map(({ from, to }) => [from.id, to.id])).toEqual([['start', 'a']])
    for (const { x, y } of sketch?.nodes ?? []) {
      expect(x).toBeGreaterThan(0)
      expect(y).toBeGreaterThan(0)
      expect(x).toBeLessThan(sketch?.width ?? 0)
      expect(y).toBeLessThan(sketch?.height ?? 0)
    }
  })
})
