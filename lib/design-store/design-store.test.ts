import { describe, expect, it } from 'vitest'
import type { Design } from '@/core/design/document'
import { createDesignStore } from './design-store'
import { SaveRefusedError } from './state'
import { sampleAnswer, testWorld } from './testing'

const renameTo = (name: string) => (draft: Design) => {
  draft.name = name
}
function open() {
  const world = testWorld()
  const store = createDesignStore(world.server(), world.ports)
  return { world, store, now: store.getState }
}

describe('editing', () => {
  it('changes the document and keeps the identity of what it did not touch', () => {
    const { now } = open()
    const before = now().document
    now().edit('Rename', (draft) => {
      const node = draft.sagas[0]?.nodes[1]
      if (node) node.name = 'Set goods aside'
    })
    const after = now().document
    expect(after.sagas[0]?.nodes[1]?.name).toBe('Set goods aside')
    expect(after.sagas[0]?.nodes[2]).toBe(before.sagas[0]?.nodes[2])
    expect(after.layout).toBe(before.layout)
  })

  it('refuses what the schema does not take, with the path, and changes nothing', () => {
    const { now } = open()
    const before = now().document
    const refused = now().edit('Rename', renameTo(''))
    expect(refused).toMatchObject({ ok: false, error: [{ path: ['name'] }] })
    expect(now().document).toBe(before)
    expect(now()).toMatchObject({ canUndo: false, saveState: 'saved' })
  })

  it('takes an edit back and does it again', () => {
    const { now } = open()
    now().edit('Rename', renameTo('Store'))
    expect(now()).toMatchObject({ canUndo: true, undoLabel: 'Rename' })
    now().undo()
    expect(now().document.name).toBe('Shop')
    expect(now()).toMatchObject({ canUndo: false, canRedo: true, redoLabel: 'Rename' })
    now().redo()
    expect(now().document.name).toBe('Store')
  })

  it('forgets what was taken back once something else is done', () => {
    const { now } = open()
    now().edit('Rename', renameTo('Store'))
    now().undo()
    now().edit('Rename', renameTo('Market'))
    expect(now().canRedo).toBe(false)
  })

  it('makes one undo of keystrokes in one field, and another after a pause', async () => {
    const { world, now } = open()
    for (const name of ['S', 'St', 'Sto']) now().edit('Rename', renameTo(name), { mergeKey: 'name' })
    await world.pass(1_500)
    now().edit('Rename', renameTo('Stop'), { mergeKey: 'name' })
    now().undo()
    expect(now().document.name).toBe('Sto')
    now().undo()
    expect(now().document.name).toBe('Shop')
  })

  it('drops from the selection what an edit removed', () => {
    const { now } = open()
    now().select(['reserve', 'charge'], ['e1'])
    now().edit('Remove', (draft) => {
      const saga = draft.sagas[0]
      if (!saga) return
      saga.nodes = saga.nodes.filter(({ id }) => id !== 'reserve')
      saga.edges = []
    })
    expect(now().selection).toEqual({ sagaId: 'order', nodeIds: ['charge'], edgeIds: [] })
  })

  it('replaces the document and shares what is the same', () => {
    const { now } = open()
    const before = now().document
    const other = structuredClone(before)
    other.name = 'Other'
    now().replace('Import', other)
    expect(now().document.name).toBe('Other')
    expect(now().document.sagas).toBe(before.sagas)
    now().undo()
    expect(now().document).toEqual(before)
  })
})

describe('saving', () => {
  it('waits for quiet, then saves the newest state once', async () => {
    const { world, now } = open()
    now().edit('Rename', renameTo('A'))
    await world.pass(500)
    now().edit('Rename', renameTo('B'))
    await world.pass(500)
    expect(now().saveState).toBe('dirty')
    expect(world.server().version).toBe(1)
    await world.pass(200)
    expect(now()).toMatchObject({ saveState: 'saved', version: 2 })
    expect(world.server().document.name).toBe('B')
  })

  it('saves at once when asked, and says the version', async () => {
    const { world, now } = open()
    now().edit('Rename', renameTo('A'))
    await expect(now().saveNow()).resolves.toBe(2)
    await expect(now().saveNow()).resolves.toBe(2)
    expect(world.server().document.name).toBe('A')
  })

  it('tries again by itself when the server is away', async () => {
    const { world, now } = open()
    world.fail(true)
    now().edit('Rename', renameTo('A'))
    await expect(now().saveNow()).rejects.toThrow(SaveRefusedError)
    expect(now()).toMatchObject({ saveState: 'error', saveError: 'the server is away' })
    world.fail(false)
    await world.pass(4_000)
    expect(now()).toMatchObject({ saveState: 'saved', version: 2 })
  })

  it('does not lose what was edited while a save was under way', async () => {
    const { world, now } = open()
    now().edit('Rename', renameTo('A'))
    const saving = now().saveNow()
    now().edit('Rename', renameTo('B'))
    await saving
    expect(world.server().document.name).toBe('B')
    expect(now().saveState).toBe('saved')
  })
})

describe('a conflict', () => {
  async function conflict() {
    const opened = open()
    opened.world.saveElsewhere(({ document }) => ({ ...document, name: 'Theirs' }))
    opened.now().edit('Rename', renameTo('Mine'))
    await expect(opened.now().saveNow()).rejects.toMatchObject({ code: 'CONFLICT' })
    return opened
  }

  it('overwrites nothing and shows both', async () => {
    const { world, now } = await conflict()
    expect(now()).toMatchObject({ saveState: 'conflict', theirs: { version: 2 } })
    expect(world.server().document.name).toBe('Theirs')
    now().edit('Rename', renameTo('Mine still'))
    await world.pass(10_000)
    expect(world.server().document.name).toBe('Theirs')
  })

  it('keeps mine over theirs', async () => {
    const { world, now } = await conflict()
    await now().resolveConflict('mine')
    expect(world.server()).toMatchObject({ version: 3, document: { name: 'Mine' } })
    expect(now()).toMatchObject({ saveState: 'saved', version: 3, theirs: null })
  })

  it('takes theirs, which never enters my undo', async () => {
    const { world, now } = await conflict()
    await now().resolveConflict('theirs')
    expect(now()).toMatchObject({
      saveState: 'saved',
      version: 2,
      canUndo: false,
      document: { name: 'Theirs' },
    })
    now().edit('Rename', renameTo('Next'))
    await world.pass(700)
    expect(world.server()).toMatchObject({ version: 3, document: { name: 'Next' } })
  })
})

describe('problems', () => {
  it('are those of the newest document, with those of its code', async () => {
    const world = testWorld(sampleAnswer())
    const fault = {
      code: 'CODE_SYNTAX',
      message: 'unexpected }',
      fn: 'saga.order.charge.script',
      line: 1,
    } as const
    const store = createDesignStore(world.server(), { ...world.ports, check: async () => [fault] })
    store.getState().edit('Call nobody', (draft) => {
      const node = draft.sagas[0]?.nodes[1]
      if (node?.type === 'step') node.action = { type: 'call', service: 'nobody', operation: 'nothing' }
    })
    await world.pass(100)
    const codes = store.getState().problems.map(({ code }) => code)
    expect(codes).toContain('CODE_SYNTAX')
    expect(codes).toContain('UNKNOWN_SERVICE')
    const found = store.getState().problems.find(({ code }) => code === 'CODE_SYNTAX')
    expect(found?.path).toEqual(['sagas', 0, 'nodes', 2, 'action', 'code'])
  })
})
