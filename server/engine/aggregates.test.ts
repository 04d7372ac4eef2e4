import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWorkbenchError } from '@/core/errors'
import type { StreamAppend } from '@/core/log/event'
import { sendCommand } from '../commands/aggregates'
import { LIMITS } from '../limits'
import { aggregateState } from '../queries/aggregates'
import { whatIf } from '../queries/what-if'
import type { EventStore } from '../store/contract'
import { openSqliteStore } from '../store/sqlite/open'
import { createAggregates } from './aggregates'
import { designOf, openTestWorkbench, storeDesign, type TestWorkbench } from './testing'

let wb: TestWorkbench
let designId: string
let keys = 0
const newKey = () => {
  keys += 1
  return `k${keys}`
}
beforeAll(async () => {
  wb = await openTestWorkbench()
  designId = await storeDesign(wb, designOf([], []))
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

const send = (key: string, type: string, payload = {}, commandId?: string) =>
  sendCommand(wb, designId, 'Counter', key, { type, payload, commandId })
const countAt = async (key: string, point: { version?: number; at?: number } = {}) =>
  (await aggregateState(wb, designId, 'Counter', key, point)).state
const codeOf = (sending: Promise<unknown>) =>
  sending.then(
    () => 'none',
    (error: unknown) => (isWorkbenchError(error) ? error.code : String(error)),
  )

describe('an aggregate', () => {
  it('takes 20 commands at once: each is decided on what the others left, none is lost', async () => {
    const key = newKey()
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => send(key, 'Add', { by: 1 })))
    const accepted = answers.filter(({ status }) => status === 'fulfilled').length
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'COMMAND_CONFLICT' })
    }
    expect(accepted).toBeGreaterThan(0)
    expect(await countAt(key)).toMatchObject({ count: accepted })
    expect(await wb.store.events.streamVersion(designId, `Counter-${key}`)).toBe(accepted)
  })

  it('is told COMMAND_CONFLICT when others write each time before it gets through, or too many wait', async () => {
    const key = newKey()
    const loaded = await wb.catalogue.load(designId)
    const elsewhere: StreamAppend['events'][number] = {
      type: 'Added',
      data: { by: 1 },
      metadata: { messageId: '', correlationId: 'c', causationId: 'c', schemaVersion: 1 },
    }
    let tries = 0
    /** A store in which somebody else writes to the stream before every append. */
    const events: EventStore = {
      ...wb.store.events,
      async append(appends) {
        tries += 1
        const messageId = `elsewhere-${tries}`
        const other = { ...elsewhere, metadata: { ...elsewhere.metadata, messageId } }
        await wb.store.events.append([
          { designId, streamId: `Counter-${key}`, expectedVersion: 'any', events: [other] },
        ])
        return wb.store.events.append(appends)
      },
    }
    const message = (commandId: string) => ({
      aggregate: 'Counter',
      key,
      type: 'Add',
      payload: {},
      commandId,
      at: 1,
      correlationId: 'x',
      causationId: 'x',
    })
    const contested = createAggregates({ ...wb.store, events }, wb.code)
    expect(await codeOf(contested.handle(loaded, message('late')))).toBe('COMMAND_CONFLICT')
    expect(tries).toBe(LIMITS.commandRetries)

    const many = Array.from({ length: LIMITS.commandsInTurn + 2 }, (_, n) =>
      codeOf(wb.aggregates.handle(loaded, message(`many-${n}`))),
    )
    const codes = await Promise.all(many)
    expect(codes.filter((code) => code === 'COMMAND_CONFLICT')).toHaveLength(2)
    expect(codes.filter((code) => code === 'none')).toHaveLength(LIMITS.commandsInTurn)
  }, 60_000)

  it('decides on a rule with nobody in between: of 20 who want one of ten, ten get one', async () => {
    const key = newKey()
    await send(key, 'Add', { by: 10 })
    const remove = async (): Promise<string> => {
      const code = await codeOf(send(key, 'Remove'))
      return code === 'COMMAND_CONFLICT' ? remove() : code
    }
    const codes = await Promise.all(Array.from({ length: 20 }, remove))
    expect(codes.filter((code) => code === 'none')).toHaveLength(10)
    expect(codes.filter((code) => code === 'COMMAND_REJECTED')).toHaveLength(10)
    expect(await countAt(key)).toMatchObject({ count: 0 })
  })

  it('gives the first answer to a command that comes again, also when both come at once', async () => {
    const key = newKey()
    const first = await send(key, 'AddTwice', {}, 'same')
    await send(key, 'Add', { by: 5 })
    expect(await send(key, 'AddTwice', {}, 'same')).toEqual(first)
    expect(await countAt(key)).toMatchObject({ count: 7 })
    const [one, two] = await Promise.all([
      send(key, 'Add', { by: 1 }, 'race'),
      send(key, 'Add', { by: 2 }, 'race'),
    ])
    expect(one).toEqual(two)
    expect(await countAt(key)).toEqual(one.state)
  })

  it('refuses with the code of what is wrong', async () => {
    const key = newKey()
    expect(await codeOf(send(key, 'Remove'))).toBe('COMMAND_REJECTED')
    expect(await codeOf(send(key, 'Fly'))).toBe('COMMAND_NOT_FOUND')
    expect(await codeOf(sendCommand(wb, designId, 'Nobody', key, { type: 'Add', payload: {} }))).toBe(
      'AGGREGATE_NOT_FOUND',
    )
    expect(await codeOf(sendCommand(wb, 'nothing', 'Counter', key, { type: 'Add', payload: {} }))).toBe(
      'DESIGN_NOT_FOUND',
    )
    expect(await codeOf(send(key, 'Throw'))).toBe('CODE_THREW')
    expect(await codeOf(send(key, 'Loop'))).toMatch(/CODE_(TIMEOUT|OUT_OF_FUEL)/)
    expect(await codeOf(send(key, 'Hoard'))).toMatch(/CODE_(TIMEOUT|OUT_OF_FUEL|OUT_OF_MEMORY)/)
    expect(await codeOf(send(key, 'Function'))).toMatch(/CODE_RESULT/)
    expect(await wb.store.events.streamVersion(designId, `Counter-${key}`)).toBe(0)
  })

  it('never shares its stream with another whose name begins alike', async () => {
    const document = designOf([], [])
    const aggregates = (document.aggregates ?? []).flatMap((one) =>
      ['Order', 'Order-Item'].map((id) => ({ ...one, id })),
    )
    const both = await storeDesign(wb, { ...document, aggregates })
    const add = (aggregate: string, key: string) =>
      sendCommand(wb, both, aggregate, key, { type: 'Add', payload: { by: 1 } })
    expect((await add('Order-Item', '1')).version).toBe(1)
    await expect(add('Order', 'Item-1')).rejects.toMatchObject({
      code: 'COMMAND_PAYLOAD_INVALID',
      message: expect.stringContaining("stream is Order-Item's"),
    })
    expect((await add('Order', 'Item')).version).toBe(1)
  })

  it('says where the code went wrong', async () => {
    await expect(send(newKey(), 'Throw')).rejects.toMatchObject({
      details: { line: 1, fn: expect.stringContaining('Throw') },
    })
  })

  it('is seen as it was at a version and at a time', async () => {
    const key = newKey()
    const recorded: number[] = []
    for (let count = 1; count <= 12; count += 1) {
      const answer = await send(key, 'Add', { by: 1 })
      recorded.push(answer.events[0]?.recordedAt ?? 0)
    }
    for (const version of [0, 1, 7, 12])
      expect(await countAt(key, { version })).toMatchObject({ count: version })
    const at = recorded[5] ?? 0
    expect(await countAt(key, { at })).toMatchObject({ count: recorded.filter((time) => time <= at).length })
    expect(await countAt(key, { at: (recorded[0] ?? 0) - 1 })).toMatchObject({ count: 0 })
    expect(await codeOf(countAt(key, { version: 13 }))).toBe('VERSION_OUT_OF_RANGE')
  })

  it('tells what would happen at a past state and records nothing', async () => {
    const key = newKey()
    for (let count = 0; count < 4; count += 1) await send(key, 'Add', { by: 1 })
    const answer = await whatIf(wb, designId, 'Counter', key, {
      version: 1,
      commands: [
        { type: 'Remove', payload: {} },
        { type: 'Remove', payload: {} },
        { type: 'Add', payload: { by: 3 } },
      ],
    })
    expect(answer.steps.map(({ rejection }) => rejection?.code ?? null)).toEqual([null, 'TooFew', null])
    expect(answer).toMatchObject({ version: 3, state: { count: 3 } })
    expect(await wb.store.events.streamVersion(designId, `Counter-${key}`)).toBe(4)
  })

  it('answers the same without its snapshots', async () => {
    const own = await openTestWorkbench()
    const design = await storeDesign(own, designOf([], []))
    for (let count = 0; count < 23; count += 1) {
      await sendCommand(own, design, 'Counter', 'k', { type: 'Add', payload: { by: 1 } })
    }
    const loaded = await own.catalogue.load(design)
    const bare = createAggregates(
      {
        ...own.store,
        snapshots: { load: async () => null, save: async () => undefined, list: async () => [] },
      },
      own.code,
    )
    const message = {
      aggregate: 'Counter',
      key: 'k',
      type: 'Remove',
      payload: { by: 2 },
      commandId: 'x',
      at: 1,
      correlationId: 'x',
      causationId: 'x',
    }
    const [cached, folded] = await Promise.all([
      own.aggregates.decide(loaded, message),
      bare.decide(loaded, message),
    ])
    expect(cached.ok && cached.value.state).toEqual({ count: 21, by: [] })
    expect(JSON.parse(JSON.stringify(cached))).toEqual(JSON.parse(JSON.stringify(folded)))
    await own.close()
    // There were snapshots to do without.
    const store = await openSqliteStore({ path: own.databasePath })
    const { deciderHash, findAggregate } = await import('@/core/aggregate/handle')
    const aggregate = findAggregate(loaded.design, 'Counter')
    const snapshot = aggregate && (await store.snapshots.load(design, 'Counter-k', deciderHash(aggregate)))
    expect(snapshot?.version).toBeGreaterThanOrEqual(20)
    await store.close()
  })
})
