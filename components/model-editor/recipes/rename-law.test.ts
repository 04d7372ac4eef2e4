import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type Design, parseDesign } from '@/core/design/document'
import { lintDesign } from '@/core/design/lint'
import { isJsonObject } from '@/core/json'
import { knows, modelMap } from '@/core/model-map'
import { arbitraryModel } from '@/core/model-map/arbitrary-model'
import { runScenario } from '@/core/scenario'
import { templates } from '@/examples'
import { VirtualWorld } from '@/examples/virtual-run'
import { createInlineCodeRunner } from '@/lib/preview/inline-runner'
import { placeOfTarget } from './places'
import { renameSaga } from './rename-saga'
import { nameRefusal, renameTarget } from './rename-target'
import type { ModelTarget } from './target'

/** Every definition that is drawn on the map and is a target; a name twice in one scope counts once. */
function targetsOf({ aggregates, projections, policies }: Design): readonly ModelTarget[] {
  return [
    ...aggregates.flatMap(({ id, commands, events }): ModelTarget[] => [
      ...commands.map(({ name }): ModelTarget => ({ kind: 'command', aggregate: id, name })),
      ...events.map(({ name }): ModelTarget => ({ kind: 'event', aggregate: id, name })),
      { kind: 'aggregate', id },
    ]),
    ...projections.map(({ id }): ModelTarget => ({ kind: 'projection', id })),
    ...policies.map(({ id }): ModelTarget => ({ kind: 'policy', id })),
  ]
}

const withPlaces = (design: Design): Design => ({
  ...structuredClone(design),
  layout: {
    ...design.layout,
    model: Object.fromEntries(modelMap(design).nodes.map(({ id }, at) => [id, { x: at, y: at }])),
  },
})

/** All but the one that is about the names themselves. */
const problems = (design: Design): readonly string[] =>
  lintDesign(design)
    .filter(({ code }) => code !== 'SHARED_STREAM')
    .map(({ code, severity }) => `${severity} ${code}`)
    .sort()

describe('after a rename', () => {
  it('the map of any design is the same but for the name, and so are its problems and places', () => {
    fc.assert(
      fc.property(arbitraryModel, fc.nat(), (any, pick) => {
        const targets = targetsOf(any)
        const target = targets[pick % Math.max(1, targets.length)]
        fc.pre(target !== undefined && !isShared(any, target))
        if (target === undefined) return
        const draft = withPlaces(any)
        const before = modelMap(any)
        const place = placeOfTarget(target) ?? ''
        const to = placeOfTarget(renameTarget(draft, target, 'Fresh')) ?? ''
        const called = (id: string): string =>
          target.kind === 'aggregate' ? id.replace(`/${target.id}/`, '/Fresh/') : id
        const moved = (id: string): string => (id === place ? to : called(id))
        const after = modelMap(draft)
        expect(after.nodes.map(({ id, lacks }) => [id, lacks]).sort()).toEqual(
          before.nodes.map(({ id, lacks }) => [moved(id), lacks]).sort(),
        )
        expect(after.edges.map(({ kind, from, to: end }) => [kind, from, end]).sort()).toEqual(
          before.edges.map(({ kind, from, to: end }) => [kind, moved(from), moved(end)]).sort(),
        )
        expect(Object.keys(draft.layout.model).sort()).toEqual(after.nodes.map(({ id }) => id).sort())
        expect(problems(draft)).toEqual(problems(any))
        expect(parseDesign(draft).ok).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('a name that is taken, or is none, is refused', () => {
    const [template] = templates
    if (!template) throw new Error('a template is there')
    const target: ModelTarget = { kind: 'event', aggregate: 'Order', name: 'OrderCreated' }
    expect(nameRefusal(template.document, target, 'OrderShipped')).toMatch('taken')
    expect(nameRefusal(template.document, target, 'no name')).toBeDefined()
    expect(nameRefusal(template.document, target, 'OrderPlaced')).toBeUndefined()
  })
})

/**
 * A policy that hears an event of two aggregates becomes two policies: the map is not the same, and rightly. And an
 * event that another decides without having it is a problem already: whose name it was cannot be told.
 */
const isShared = ({ aggregates, policies }: Design, target: ModelTarget): boolean => {
  if (target.kind !== 'event') return false
  const others = aggregates.filter(({ id, ...other }) => id !== target.aggregate && knows(other, target.name))
  const defined = others.filter(({ events }) => events.some(({ name }) => name === target.name))
  return (
    others.length > defined.length || (others.length > 0 && policies.some(({ on }) => on === target.name))
  )
}

describe('after everything in a template is renamed', () => {
  const code = createInlineCodeRunner()
  afterAll(() => code.close())

  it.each(templates.map(({ id, document }) => [id, document] as const))(
    '%s has the same problems, its runs come to the same, and its scenarios pass',
    async (_id, document) => {
      const renamed = structuredClone(document)
      targetsOf(document).forEach((target, at) => {
        // the aggregate comes last of its own: what it owns is renamed under its old id
        renameTarget(renamed, target, `Renamed${at}`)
      })
      for (const { id } of document.sagas) renameSaga(renamed, id, `${id}-renamed`)
      expect(problems(renamed)).toEqual(problems(document))
      expect(modelMap(renamed).edges).toHaveLength(modelMap(document).edges.length)
      const before = await ran(document)
      for (const rows of before.rows) expect(rows).not.toEqual([])
      expect(await ran(renamed)).toEqual(before)
      for (const scenario of renamed.scenarios)
        expect(await runScenario(renamed, scenario, code)).toMatchObject({ status: 'passed' })
    },
  )

  async function ran(design: Design) {
    const [saga] = design.sagas
    const start = saga?.nodes.find(({ type }) => type === 'start')
    if (!saga || start?.type !== 'start' || !isJsonObject(start.inputExample)) throw new Error('no saga')
    const world = new VirtualWorld(design, code)
    const last = saga.nodes.findLast(({ type }) => type === 'step')?.id ?? ''
    const runs = [
      await world.run(saga.id, start.inputExample, 'r1'),
      await world.run(saga.id, start.inputExample, 'r2', [
        { node: last, effect: { type: 'error', kind: 'business' } },
      ]),
    ]
    const sent = []
    for (const { id, commands } of design.aggregates)
      for (const { name, example } of commands)
        sent.push(await world.send(id, 'by-hand', name, example ?? {}))
    return {
      sent,
      runs: runs.map(({ state }) => [state.status, state.data, state.error?.code]),
      rows: await Promise.all(design.projections.map(async ({ id }) => Object.values(await world.rows(id)))),
    }
  }
})
