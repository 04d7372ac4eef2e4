import { beforeAll, describe, expect, it } from 'vitest'
import { lintDesign } from '@/core/design'
import { addCompensation, addItem, addToCanvas } from './add'
import { connectNodes, connectTo } from './connect-to'
import { copy } from './copy'
import { cut } from './cut'
import { disable } from './disable'
import { duplicate } from './duplicate'
import { PALETTE } from './edits/new-node'
import { renameSagaId } from './edits/rename-node'
import { runnableFrom, usersOf } from './edits/saga-users'
import { nudges } from './nudge'
import { backToSaga, openSaga } from './open-saga'
import { paste } from './paste'
import { COMMANDS, commandFor } from './registry'
import { release } from './release'
import { remove } from './remove'
import { run } from './run'
import { testPage } from './testing'
import { tidy } from './tidy'

// commands wait for a frame before they move the focus; there is no page here
beforeAll(() => {
  globalThis.requestAnimationFrame ??= (act) => Number(setTimeout(() => act(0), 0))
})

describe('adding', () => {
  it('puts a step behind the selected node, on its one edge, and selects it', () => {
    const { context, links, design, saga } = testPage()
    design().select(['reserve'])
    addToCanvas(context, 'step')
    expect(links()).toEqual(['start>reserve', 'reserve>step', 'charge>end', 'step>charge'])
    expect(design().selection.nodeIds).toEqual(['step'])
    const places = design().document.layout.sagas[saga().id] ?? {}
    expect(places.step?.x).toBeGreaterThanOrEqual((places.reserve?.x ?? 0) + 220)
    expect(places.charge?.x).toBeGreaterThanOrEqual((places.step?.x ?? 0) + 220)
  })

  it('puts a step before the end when nothing is selected', () => {
    const { context, links } = testPage()
    addToCanvas(context, 'step')
    expect(links()).toContain('charge>step')
    expect(links()).toContain('step>end')
  })

  it('never cuts an edge in two with a node that ends its branch', () => {
    const { context, links, design } = testPage()
    design().select(['reserve'])
    addToCanvas(context, 'fail')
    expect(links()).toEqual(['start>reserve', 'reserve>charge', 'charge>end', 'reserve>fail'])
  })

  it('leads a choice on by its default when it is put on an edge', () => {
    const { context, links } = testPage()
    addToCanvas(context, 'choice', { type: 'edge', edgeId: 'e2' })
    expect(links()).toContain('reserve>choice')
    expect(links()).toContain('choice>charge:default')
  })

  it('gives a step a compensation, once', () => {
    const { context, saga, said } = testPage()
    addCompensation(context, 'reserve')
    const step = saga().nodes.find(({ id }) => id === 'reserve')
    expect(step?.type === 'step' && step.compensation?.action.type).toBe('script')
    addCompensation(context, 'reserve')
    expect(said).toEqual(['refuse It has a compensation: "Reserve stock" is undone already.'])
  })

  it('says why a node is not compensated', () => {
    const { context, said } = testPage()
    addCompensation(context, 'start')
    addToCanvas(context, 'pivot')
    addItem(context, 'compensation')
    expect(said[0]).toContain('Only a step is compensated')
    expect(said[1]).toContain('A pivot step is not compensated')
  })

  it('gives two things added in a row ids of their own', () => {
    const { context, saga } = testPage()
    addToCanvas(context, 'step')
    addToCanvas(context, 'step')
    expect(saga().nodes.map(({ id }) => id)).toEqual(['start', 'reserve', 'charge', 'end', 'step', 'step-2'])
  })
})

describe('connecting', () => {
  it('refuses a circle, an edge into the start, out of the end, and one that is there', () => {
    const { context, links, said } = testPage()
    const before = links()
    for (const [from, to] of [
      ['charge', 'reserve'],
      ['reserve', 'start'],
      ['end', 'reserve'],
      ['reserve', 'charge'],
      ['reserve', 'reserve'],
    ] as const) {
      connectNodes(context, from, to)
    }
    expect(links()).toEqual(before)
    expect(said).toEqual([
      expect.stringContaining('would go round in a circle'),
      expect.stringContaining('Nothing leads into the start'),
      expect.stringContaining('the branch ends there'),
      expect.stringContaining('connected already'),
      expect.stringContaining('cannot lead to itself'),
    ])
  })

  it('fills the branches of a choice, then its default, then makes another', () => {
    const { context, links, saga } = testPage()
    addToCanvas(context, 'choice', { type: 'at', at: { x: 0, y: 400 } })
    for (const to of ['charge', 'end', 'reserve']) connectNodes(context, 'choice', to)
    expect(links().filter((link) => link.startsWith('choice'))).toEqual([
      'choice>charge:yes',
      'choice>end:default',
      'choice>reserve:branch-2',
    ])
    const choice = saga().nodes.find(({ id }) => id === 'choice')
    expect(choice?.type === 'choice' && choice.branches.map(({ id }) => id)).toEqual(['yes', 'branch-2'])
  })

  it('asks for a target only when there is one', () => {
    const { context, design, said } = testPage()
    design().select(['reserve'])
    connectTo.run(context)
    design().select(['end'])
    connectTo.run(context)
    expect(said).toEqual(['open connect', expect.stringContaining('Nothing to connect to')])
  })
})

describe('removing', () => {
  it('heals the chain', () => {
    const { context, links, design } = testPage()
    design().select(['reserve', 'charge'])
    remove.run(context)
    expect(links()).toEqual(['start>end'])
    expect(Object.keys(design().document.layout.sagas.order ?? {})).toEqual(['start', 'end'])
  })

  it('keeps the default way of a choice that is removed', () => {
    const { context, links, design } = testPage()
    addToCanvas(context, 'choice', { type: 'edge', edgeId: 'e2' })
    connectNodes(context, 'choice', 'end')
    design().select(['choice'])
    remove.run(context)
    expect(links().toSorted()).toEqual(['charge>end', 'reserve>charge', 'start>reserve'])
  })

  it('removes an edge alone, and leaves the start', () => {
    const { context, links, design, said, saga } = testPage()
    design().select([], ['e2'])
    remove.run(context)
    expect(links()).toEqual(['start>reserve', 'charge>end'])
    design().select(['start'])
    remove.run(context)
    expect(said).toEqual([expect.stringContaining('The start stays')])
    expect(saga().nodes).toHaveLength(4)
  })
})

describe('the clipboard', () => {
  it('pastes nodes with the edges between them under ids of their own', () => {
    const { context, links, design } = testPage()
    design().select(['reserve', 'charge'])
    copy.run(context)
    paste.run(context)
    expect(links()).toContain('reserve-2>charge-2')
    expect(design().selection.nodeIds).toEqual(['reserve-2', 'charge-2'])
  })

  it('cuts as one undo', () => {
    const { context, design, saga } = testPage()
    design().select(['charge'])
    cut.run(context)
    expect(saga().nodes).toHaveLength(3)
    design().undo()
    expect(saga().nodes).toHaveLength(4)
  })

  it('duplicates without touching what was copied', () => {
    const { context, design, saga } = testPage()
    design().select(['reserve'])
    copy.run(context)
    design().select(['charge'])
    duplicate.run(context)
    paste.run(context)
    expect(
      saga()
        .nodes.slice(-2)
        .map(({ id }) => id),
    ).toEqual(['charge-2', 'reserve-2'])
  })

  it('does not copy the start', () => {
    const { context, design, said } = testPage()
    design().select(['start'])
    copy.run(context)
    expect(said).toEqual([expect.stringContaining('The start is not copied')])
  })
})

describe('the rest', () => {
  it('disables and enables', () => {
    const { context, design, saga } = testPage()
    design().select(['reserve', 'start'])
    disable.run(context)
    expect(
      saga()
        .nodes.filter(({ disabled }) => disabled)
        .map(({ id }) => id),
    ).toEqual(['reserve'])
    disable.run(context)
    expect(saga().nodes.some((node) => 'disabled' in node)).toBe(false)
  })

  it('nudges by 4 px, ten times as far with Shift, and makes one undo of it', () => {
    const { context, design } = testPage()
    design().select(['reserve'])
    for (const id of ['nudge-right-1', 'nudge-right-10', 'nudge-down-1'])
      nudges.find((each) => each.id === id)?.run(context)
    expect(design().document.layout.sagas.order?.reserve).toEqual({ x: 344, y: 4 })
    design().undo()
    expect(design().document.layout.sagas.order?.reserve).toEqual({ x: 300, y: 0 })
  })

  it('tidies from left to right', async () => {
    const { context, design } = testPage()
    design().edit('Mess up', (draft) => {
      draft.layout.sagas.order = {
        start: { x: 900, y: 5 },
        reserve: { x: 0, y: 0 },
        charge: { x: 3, y: 9 },
        end: { x: 1, y: 0 },
      }
    })
    tidy.run(context)
    await expect.poll(() => design().undoLabel).toBe('Tidy up')
    const places = design().document.layout.sagas.order ?? {}
    const xs = ['start', 'reserve', 'charge', 'end'].map((id) => places[id]?.x ?? Number.NaN)
    expect(xs).toEqual(xs.toSorted((a, b) => a - b))
    expect(new Set(Object.values(places).map(({ y }) => y)).size).toBe(1)
  })

  it('saves before it goes to run', async () => {
    const { context, design, said, world } = testPage()
    design().edit('Rename', (draft) => {
      draft.name = 'Shop 2'
    })
    run.run(context)
    await expect.poll(() => said).toEqual(['go /w/d1/runs?start=order'])
    expect(world.server().document.name).toBe('Shop 2')
  })

  it('clears the selection first, then leaves the canvas', () => {
    const { context, design, said } = testPage()
    design().select(['reserve'])
    release.run(context)
    expect(design().selection.nodeIds).toEqual([])
    expect(said).toEqual([])
    release.run(context)
    expect(said).toEqual(['release'])
  })
})

describe('the registry', () => {
  const press = (key: string, more: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  })

  it('has every id and every key once in its scope', () => {
    const ids = COMMANDS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const keys = COMMANDS.flatMap(({ scope, shortcuts = [] }) =>
      shortcuts.map((shortcut) => `${scope} ${shortcut}`),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('finds a command by its keys, and only when it is possible', () => {
    const { context, design } = testPage()
    expect(commandFor(press('d'), 'canvas', context)).toBeNull()
    design().select(['reserve'])
    expect(commandFor(press('d'), 'canvas', context)?.id).toBe('disable')
    expect(commandFor(press('d', { ctrlKey: true }), 'canvas', context)?.id).toBe('duplicate')
    expect(commandFor(press('A', { shiftKey: true }), 'canvas', context)?.id).toBe('tidy')
    expect(commandFor(press('ArrowLeft', { altKey: true, shiftKey: true }), 'canvas', context)?.id).toBe(
      'nudge-left-10',
    )
    expect(commandFor(press('+', { shiftKey: true }), 'canvas', context)?.id).toBe('zoom-in')
    expect(commandFor(press('?', { shiftKey: true }), 'page', context)?.id).toBe('help')
  })
})

describe('something just added', () => {
  it('is given a compensation like anything else', () => {
    const { context, saga } = testPage()
    addToCanvas(context, 'step')
    addCompensation(context, 'step')
    const step = saga().nodes.find(({ id }) => id === 'step')
    expect(step?.type === 'step' && step.compensation).toBeTruthy()
  })
})

describe('every kind of node', () => {
  it('is valid as it is added: lint has no error to tell', () => {
    for (const { item } of PALETTE) {
      if (item === 'compensation') continue
      const { context, design, saga } = testPage()
      addToCanvas(context, item)
      expect(saga().nodes).toHaveLength(5)
      const errors = lintDesign(design().document).filter(({ severity }) => severity === 'error')
      expect([item, errors]).toEqual([item, []])
    }
  })

  it('that runs a saga gets an empty one where there is none, as one undo', () => {
    const { context, design } = testPage()
    addToCanvas(context, 'saga')
    expect(design().document.sagas.map(({ id }) => id)).toEqual(['order', 'saga'])
    design().undo()
    expect(design().document.sagas.map(({ id }) => id)).toEqual(['order'])
  })

  it('is compensated when it does work of its own, a map in each round', () => {
    const { context, saga } = testPage()
    addToCanvas(context, 'map')
    addCompensation(context, 'map')
    const map = saga().nodes.find(({ id }) => id === 'map')
    expect(map?.type === 'map' && map.body.type === 'step' && map.body.compensation).toBeTruthy()
  })
})

describe('sagas within sagas', () => {
  function withInner() {
    const page = testPage()
    addToCanvas(page.context, 'saga')
    page.design().select(['saga'])
    return page
  }

  it('are opened from their node, and gone back from to it', () => {
    const { context, design } = withInner()
    openSaga.run(context)
    expect(design().selection).toMatchObject({ sagaId: 'saga', nodeIds: [] })
    expect(backToSaga.when?.(context)).toBe(true)
    backToSaga.run(context)
    expect(design().selection).toMatchObject({ sagaId: 'order', nodeIds: ['saga'] })
    expect(backToSaga.when?.(context)).toBe(false)
  })

  it('forget the way back when another saga is chosen, or the node is gone', () => {
    const { context, design } = withInner()
    openSaga.run(context)
    design().edit('Delete node', (draft) => {
      const [order] = draft.sagas
      if (order) order.nodes = order.nodes.filter(({ id }) => id !== 'saga')
    })
    expect(design().trail).toEqual([])
    design().setSaga('order')
    expect(design().trail).toEqual([])
  })

  it('are never offered one that leads back to them', () => {
    const { design } = withInner()
    const { document } = design()
    const inner = document.sagas.find(({ id }) => id === 'saga')
    const outer = document.sagas.find(({ id }) => id === 'order')
    if (!inner || !outer) throw new Error('both are there')
    expect(runnableFrom(document, inner)).toEqual([])
    expect(runnableFrom(document, outer).map(({ id }) => id)).toEqual(['saga'])
  })

  it('say who uses them, in maps too, and are renamed wherever they are named', () => {
    const { design } = withInner()
    design().edit('Use it', (draft) => {
      draft.sagas[0]?.nodes.push({
        id: 'each',
        name: 'Each item',
        type: 'map',
        items: '() => []',
        maxConcurrency: 2,
        body: { type: 'saga', saga: 'saga' },
      })
      draft.policies.push({ id: 'p', on: 'Paid', reaction: { type: 'start-saga', saga: 'saga' } })
    })
    const words = ['order › New saga', 'order › Each item', 'policy p']
    expect(usersOf(design().document, 'saga')).toEqual(words)
    design().edit('Rename', (draft) => renameSagaId(draft, 'saga', 'ship'))
    expect(usersOf(design().document, 'saga')).toEqual([])
    expect(usersOf(design().document, 'ship')).toEqual(words)
  })
})
