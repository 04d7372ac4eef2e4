import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DesignInput } from '@/core/design/document'
import { isWorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import { sendCommand } from '../commands/aggregates'
import { actOnRun } from '../commands/runs'
import { listCommands } from '../queries/commands'
import {
  chain,
  designOf,
  ofType,
  openTestWorkbench,
  runToEnd,
  storeDesign,
  type TestWorkbench,
  until,
} from './testing'

const till: NonNullable<DesignInput['aggregates']>[number] = {
  id: 'Till',
  initialState: { sum: 0, shut: false },
  snapshotEvery: 3,
  isTerminal: '(state) => state.shut',
  rules: [
    {
      id: 'enough',
      code: 'TooLittle',
      check: "({ payload }, { sum }) => sum >= payload.by || 'there is ' + sum",
    },
  ],
  commands: [
    { name: 'Put', decide: "({ payload }) => event('Changed', payload.by)" },
    { name: 'Take', rules: ['enough'], decide: "({ payload }) => event('Changed', -payload.by)" },
    {
      name: 'Split',
      decide: "({ payload }) => [event('Changed', payload.by), event('Changed', -payload.by)]",
    },
    { name: 'Look', decide: '() => []' },
    { name: 'Refuse', decide: "() => reject('Never', 'not today')" },
    { name: 'Break', decide: '() => nothing.there' },
    { name: 'Shut', decide: "() => event('Shut')" },
  ],
  events: [
    { name: 'Changed', evolve: '(state, { data }) => ({ ...state, sum: state.sum + data })' },
    { name: 'Shut', evolve: '(state) => ({ ...state, shut: true })' },
  ],
}

type NodeInput = NonNullable<DesignInput['sagas']>[number]['nodes'][number]

const point: NodeInput = {
  id: 'point',
  type: 'step',
  kind: 'pivot',
  action: { type: 'script', code: '() => ({})' },
}

/** Takes from the till behind the pivot: a refusal waits for a person. */
const take: NodeInput = {
  id: 'take',
  type: 'step',
  action: {
    type: 'command',
    aggregate: 'Till',
    command: 'Take',
    key: '(data) => data.key',
    payload: '() => ({ by: 5 })',
  },
  kind: 'retriable',
}

let wb: TestWorkbench
let designId: string
let keys = 0
const newKey = () => {
  keys += 1
  return `k${keys}`
}
beforeAll(async () => {
  wb = await openTestWorkbench()
  const projections: NonNullable<DesignInput['projections']> = [
    {
      id: 'everything',
      key: '() => 1',
      on: { CommandRejected: '(row) => (row ?? 0) + 1', Changed: '(row) => row ?? 0' },
    },
    {
      id: 'refusals',
      from: ['commands'],
      key: '({ data }) => data.code',
      on: { CommandRejected: '(row) => (row ?? 0) + 1' },
    },
  ]
  designId = await storeDesign(
    wb,
    designOf([point, take], chain('start', 'point', 'take'), { aggregates: [till], projections }),
  )
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

const send = (key: string, type: string, payload: Json = {}, commandId?: string) =>
  sendCommand(wb, designId, 'Till', key, { type, payload, commandId })
const outcome = (key: string, type: string, payload: Json = {}, commandId?: string) =>
  send(key, type, payload, commandId).catch((error: unknown) => {
    if (!isWorkbenchError(error)) throw error
    return { code: error.code, message: error.message, details: error.details }
  })
const commands = async (key: string, order: 'newest' | 'oldest' = 'oldest', limit = 50, after?: number) =>
  listCommands(wb, designId, 'Till', key, { order, limit, after })

describe('a command that was put to an aggregate', () => {
  it('is recorded in a stream of its own, in the append of its events', async () => {
    const key = newKey()
    const { events } = await send(key, 'Split', { by: 4 }, 'one')
    const [record, ...others] = await wb.store.events.read(designId, `commands-Till-${key}`)
    expect(others).toEqual([])
    expect(record).toMatchObject({
      type: 'CommandAccepted',
      data: {
        type: 'Split',
        payload: { by: 4 },
        commandId: 'one',
        atVersion: 0,
        events: 2,
        at: expect.any(Number),
      },
      metadata: { correlationId: 'one', schemaVersion: 1 },
      version: 1,
    })
    expect(events.map(({ position }) => position)).toEqual([1, 2].map((n) => (record?.position ?? 0) + n))
    expect(events.map(({ streamId, version }) => [streamId, version])).toEqual([
      [`Till-${key}`, 1],
      [`Till-${key}`, 2],
    ])
  })

  it('is recorded with the rule that refused it, and leaves the aggregate as it was', async () => {
    const key = newKey()
    await send(key, 'Put', { by: 3 })
    const refused = { code: 'TooLittle', message: 'there is 3', rule: 'enough' }
    expect(await outcome(key, 'Take', { by: 5 })).toMatchObject({
      code: 'COMMAND_REJECTED',
      details: { rejection: refused },
    })
    expect(await outcome(key, 'Refuse')).toMatchObject({
      details: { rejection: { code: 'Never', message: 'not today' } },
    })
    await send(key, 'Shut')
    expect(await outcome(key, 'Put', { by: 1 })).toMatchObject({
      details: { rejection: { code: 'AlreadyEnded' } },
    })
    const { items } = await commands(key)
    expect(items.map(({ type, atVersion, answer }) => [type, atVersion, answer])).toEqual([
      ['Put', 0, { kind: 'accepted', events: 1, version: 1 }],
      ['Take', 1, { kind: 'rejected', ...refused }],
      ['Refuse', 1, { kind: 'rejected', code: 'Never', message: 'not today' }],
      ['Shut', 1, { kind: 'accepted', events: 1, version: 2 }],
      ['Put', 2, { kind: 'rejected', code: 'AlreadyEnded', message: expect.stringContaining('has ended') }],
    ])
    expect(await wb.store.events.streamVersion(designId, `Till-${key}`)).toBe(2)
  })

  it('is recorded when it led to nothing, and is not when it was not put to it or its code broke', async () => {
    const key = newKey()
    expect(await send(key, 'Look')).toMatchObject({ version: 0, events: [] })
    expect(await outcome(key, 'Fly')).toMatchObject({ code: 'COMMAND_NOT_FOUND' })
    expect(await outcome(key, 'Break')).toMatchObject({ code: 'CODE_THREW' })
    const { items } = await commands(key)
    expect(items.map(({ type, answer }) => [type, answer])).toEqual([
      ['Look', { kind: 'accepted', events: 0, version: 0 }],
    ])
  })

  it('is paged in either order', async () => {
    const key = newKey()
    for (let by = 1; by <= 5; by += 1) await send(key, 'Put', { by })
    const first = await commands(key, 'newest', 2)
    expect([first.items.map(({ seq }) => seq), first.next]).toEqual([[5, 4], '4'])
    const rest = await commands(key, 'newest', 50, 4)
    expect([rest.items.map(({ seq }) => seq), rest.next]).toEqual([[3, 2, 1], null])
    expect((await commands(key, 'newest', 50, 1)).items).toEqual([])
    expect((await commands(key, 'oldest', 2, 2)).items.map(({ payload }) => payload)).toEqual([
      { by: 3 },
      { by: 4 },
    ])
  })
})

describe('the same command again', () => {
  it('gets the first answer, also when that was a refusal which would not be one any more', async () => {
    const key = newKey()
    const first = await outcome(key, 'Take', { by: 5 }, 'early')
    await send(key, 'Put', { by: 9 })
    expect(await outcome(key, 'Take', { by: 5 }, 'early')).toEqual(first)
    const taken = await outcome(key, 'Take', { by: 5 }, 'later')
    expect(taken).toMatchObject({ version: 2, state: { sum: 4 } })
    await send(key, 'Shut')
    expect(await outcome(key, 'Take', { by: 5 }, 'later')).toEqual(taken)
    expect((await commands(key)).items).toHaveLength(4)
  })

  it('changes nothing, however commands come and are repeated, several at once', async () => {
    const sent = fc.record({
      id: fc.integer({ min: 1, max: 6 }),
      type: fc.constantFrom('Put', 'Take', 'Split', 'Look', 'Refuse', 'Break'),
      by: fc.integer({ min: 1, max: 5 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(sent, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (waves) => {
          const key = newKey()
          const answers = new Map<number, unknown>()
          let sum = 0
          for (const wave of waves) {
            const got = await Promise.all(
              wave.map(async ({ id, type, by }) => [id, await outcome(key, type, { by }, `c${id}`)] as const),
            )
            for (const [id, answer] of got) {
              // Broken code is no answer: what comes again is tried again.
              if ('code' in answer && answer.code === 'CODE_THREW') continue
              if (answers.has(id)) expect(answer).toEqual(answers.get(id))
              answers.set(id, answer)
            }
          }
          const { items } = await commands(key)
          expect(items.map(({ commandId }) => commandId).sort()).toEqual(
            [...answers.keys()].map((id) => `c${id}`).sort(),
          )
          let version = 0
          for (const { atVersion, answer, type, payload } of items) {
            expect(atVersion).toBe(version)
            if (answer.kind === 'rejected') continue
            version = answer.version
            const by = Number((payload as { by: number }).by)
            sum += type === 'Put' ? by : type === 'Take' ? -by : 0
          }
          const loaded = await wb.catalogue.load(designId)
          expect(await wb.aggregates.stateAt(loaded, 'Till', key, {})).toMatchObject({
            version,
            state: { sum },
          })
        },
      ),
      { numRuns: 30 },
    )
  }, 60_000)
})

describe('the command of a step', () => {
  it('is recorded in the append of its outcome; after a refusal a person may have it asked again', async () => {
    const key = newKey()
    const { run } = await runToEnd(wb, designId, { input: { key } })
    expect(run.status).toBe('suspended')
    const [record] = await wb.store.events.read(designId, `commands-Till-${key}`)
    const [outcomeOfStep] = await wb.store.events.readAll((record?.position ?? 0) - 3, { limit: 1 })
    expect(outcomeOfStep).toMatchObject({ type: 'StepFailed', recordedAt: record?.recordedAt })
    await send(key, 'Put', { by: 7 })
    await actOnRun(wb, run.id, { action: 'retry', node: 'take' })
    await until(wb, designId, run.id, ofType('SagaCompleted'))
    const { items } = await commands(key)
    expect(items.map(({ correlationId, commandId, answer }) => [correlationId, commandId, answer])).toEqual([
      [
        run.id,
        `${run.id}:take:0:action`,
        { kind: 'rejected', code: 'TooLittle', message: 'there is 0', rule: 'enough' },
      ],
      [expect.any(String), expect.any(String), { kind: 'accepted', events: 1, version: 1 }],
      [run.id, `${run.id}:take:0:action`, { kind: 'accepted', events: 1, version: 2 }],
    ])
  })
})

describe('a read model', () => {
  it('is given recorded commands only when it names them', async () => {
    const key = newKey()
    await send(key, 'Put', { by: 1 })
    await outcome(key, 'Refuse')
    const head = await wb.store.events.head()
    const rows = async (name: string) => {
      const state = await wb.store.projections.get(designId, name)
      if ((state?.checkpoint ?? 0) < head) return null
      return wb.store.projections.loadRows(designId, name, state?.generation ?? 1, ['1', 'Never'])
    }
    await expect.poll(() => rows('everything')).toEqual({ '1': 0 })
    await expect.poll(async () => (await rows('refusals'))?.Never).toBeGreaterThan(0)
  })
})
