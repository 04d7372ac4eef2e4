import { describe, expect, it } from 'vitest'
import { applyPatch } from './patch'

describe('applyPatch', () => {
  const document = { list: [1, 2, 3], inner: { a: 1 } }

  it('adds to a list where it is told, and at its end', () => {
    expect(applyPatch(document, [{ op: 'add', path: ['list', 1], value: 9 }])).toMatchObject({
      list: [1, 9, 2, 3],
    })
    expect(applyPatch(document, [{ op: 'add', path: ['list', 3], value: 9 }])).toMatchObject({
      list: [1, 2, 3, 9],
    })
  })

  it('replaces and removes, in lists and in objects, one operation after the other', () => {
    const patched = applyPatch(document, [
      { op: 'remove', path: ['list', 0] },
      { op: 'replace', path: ['list', 0], value: 7 },
      { op: 'replace', path: ['inner', 'a'], value: 8 },
      { op: 'add', path: ['inner', 'b'], value: null },
      { op: 'remove', path: ['inner', 'a'] },
    ])
    expect(patched).toEqual({ list: [7, 3], inner: { b: null } })
  })

  it('leaves the document it was given as it was, and shares what it does not touch', () => {
    const patched = applyPatch(document, [{ op: 'remove', path: ['inner', 'a'] }])
    expect(document).toEqual({ list: [1, 2, 3], inner: { a: 1 } })
    expect((patched as typeof document).list).toBe(document.list)
  })

  it('replaces nothing that is not in a list, and reaches into no prototype', () => {
    for (const path of [
      ['ghost', 'a'],
      ['list', 9],
      ['list', 9, 'a'],
      ['list', -1],
      ['__proto__', 'polluted'],
      ['constructor', 'prototype', 'polluted'],
    ]) {
      expect(applyPatch(document, [{ op: 'replace', path, value: 1 }])).toEqual(document)
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})
