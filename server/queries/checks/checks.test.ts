import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DesignInput } from '@/core/design/document'
import type { CheckAnswer, CheckName } from '@/core/protocol'
import { sendCommand } from '../../commands/aggregates'
import { actOnProjection } from '../../commands/projections'
import {
  addStep,
  designOf,
  openTestWorkbench,
  runToEnd,
  storeDesign,
  type TestWorkbench,
} from '../../engine/testing'
import { type Db, openDb } from '../../store/sqlite/db'
import { projectionRows } from '../projection-rows'
import { runChecks } from './run-checks'

let wb: TestWorkbench
/** Another program that writes into the same file. */
let tamper: Db
beforeAll(async () => {
  wb = await openTestWorkbench()
  tamper = await openDb(`file:${wb.databasePath}`)
})
afterAll(async () => {
  await tamper.close()
  await wb.close()
  expect(wb.defects).toEqual([])
})

const document = (): DesignInput => {
  const made = designOf([addStep('a')], ['start>a'])
  return {
    ...made,
    aggregates:
      made.aggregates?.map((one) => ({
        ...one,
        stateSchema: {
          type: 'object',
          properties: { count: { type: 'number', minimum: 0 } },
          required: ['count'],
        },
        events: one.events?.map((event) => ({
          ...event,
          schema: { type: 'object', properties: { by: { type: 'number' } }, required: ['by'] },
        })),
      })) ?? [],
  }
}

/** A design to which something has happened: 12 commands to two counters, and a run. Snapshots come every 5 events. */
async function lived(): Promise<string> {
  const designId = await storeDesign(wb, document())
  for (let count = 0; count < 6; count += 1)
    for (const key of ['x', 'y'])
      await sendCommand(wb, designId, 'Counter', key, { type: 'Add', payload: { by: 1 } })
  // To its end: what came afterwards would be behind the head that is waited for.
  await runToEnd(wb, designId)
  await projectionRows(wb, designId, 'counts', { limit: 1, atLeast: await wb.store.events.head() })
  return designId
}
async function check(designId: string, name: CheckName): Promise<CheckAnswer> {
  const [found] = (await runChecks(wb, designId, [name])).checks
  if (!found) throw new Error('nothing was checked')
  return found
}

describe('checks of a design whose data are sound', () => {
  it('hold, and say what they looked at and when', async () => {
    const before = Date.now()
    const { checks, head } = await runChecks(wb, await lived())
    expect(head).toBeGreaterThan(12)
    expect(checks.map(({ check: name, outcome, complete }) => [name, outcome, complete])).toEqual([
      ['command_consistency', 'holds', true],
      ['query_eventual_consistency', 'holds', true],
      ['snapshot_consistency', 'holds', true],
      ['event_sourcing_correctness', 'holds', true],
    ])
    const [commands, queries, snapshots, sourcing] = checks
    expect(commands?.checked.commands).toBeGreaterThanOrEqual(12)
    expect(queries?.checked).toMatchObject({ projections: 1, rows: 3 })
    expect(snapshots?.checked).toMatchObject({ snapshots: 2, streams: 2, events: 12 })
    expect(sourcing?.checked.streams).toBeGreaterThanOrEqual(4)
    expect(sourcing?.checked.states).toBeGreaterThanOrEqual(12)
    for (const { at, counterexample } of checks) {
      expect(at).toBeGreaterThanOrEqual(before)
      expect(counterexample).toBeNull()
    }
  })

  it('have nothing to say of a design to which nothing has happened', async () => {
    const { checks } = await runChecks(wb, await storeDesign(wb, document()))
    expect(checks.map(({ outcome }) => outcome)).toEqual(['nothing', 'holds', 'nothing', 'nothing'])
  })
})

describe('checks that read a part only', () => {
  it('say so, and what they left out', async () => {
    const few = { checkEvents: 7, checkStreams: 1, checkSnapshots: 1, checkRows: 1 }
    const { checks } = await runChecks(wb, await lived(), undefined, few)
    expect(checks.map(({ outcome, complete }) => [outcome, complete])).toEqual([
      ['holds', false],
      ['nothing', false],
      ['holds', false],
      ['holds', false],
    ])
    const notes = checks.map((one) => one.notes.join(' '))
    expect(notes[0]).toMatch(/Only the first 7 events were looked at; \d+ come after/)
    expect(notes[1]).toMatch(/The rows of counts were not compared/)
    expect(notes[2]).toMatch(/Only the first 1 snapshots/)
    expect(notes[3]).toMatch(/Only the first 1 of 4 streams/)
    expect(checks[3]?.checked.streams).toBe(1)
  })
})

describe('query_eventual_consistency', () => {
  it.each([
    [
      'changed',
      `UPDATE ProjectionRow SET row = '{"count":7}' WHERE designId = ? AND key = 'x'`,
      { key: 'x' },
    ],
    ['taken away', "DELETE FROM ProjectionRow WHERE designId = ? AND key = 'y'", { key: 'y' }],
    [
      'made up',
      `INSERT INTO ProjectionRow SELECT designId, name, generation, 'z', row FROM ProjectionRow WHERE designId = ? AND key = 'x'`,
      { key: 'z' },
    ],
  ])('finds a row that was %s', async (_how, sql, found) => {
    const designId = await lived()
    await tamper.execute(sql, designId)
    const { outcome, counterexample } = await check(designId, 'query_eventual_consistency')
    expect(outcome).toBe('violated')
    expect(counterexample).toMatchObject({ projection: 'counts', ...found })
    const swapped = new Promise<void>((resolve) => {
      wb.projections.onChange((change) => {
        if (change.designId === designId && change.rows === null) resolve()
      })
    })
    await actOnProjection(wb, designId, 'counts', { action: 'rebuild' })
    await swapped
    expect((await check(designId, 'query_eventual_consistency')).outcome).toBe('holds')
  })

  it('does not hold of one that stands still, and holds of one that is only late', async () => {
    const designId = await lived()
    await actOnProjection(wb, designId, 'counts', { action: 'set-delay', delayMs: 60_000 })
    await sendCommand(wb, designId, 'Counter', 'x', { type: 'Add', payload: { by: 1 } })
    const late = await check(designId, 'query_eventual_consistency')
    expect(late).toMatchObject({
      outcome: 'holds',
      notes: [expect.stringMatching(/2 events are not in it yet/)],
    })
    await actOnProjection(wb, designId, 'counts', { action: 'pause' })
    expect((await check(designId, 'query_eventual_consistency')).counterexample?.message).toMatch(/paused/)
  })
})

describe('snapshot_consistency', () => {
  it.each([
    [
      'changed',
      `UPDATE Snapshot SET state = '{"count":6,"by":[]}' WHERE designId = ? AND streamId = 'Counter-y'`,
    ],
    [
      'put at another version',
      "UPDATE Snapshot SET version = 6 WHERE designId = ? AND streamId = 'Counter-y'",
    ],
    ['put behind the end', "UPDATE Snapshot SET version = 99 WHERE designId = ? AND streamId = 'Counter-y'"],
    ['made no JSON', "UPDATE Snapshot SET state = '{' WHERE designId = ? AND streamId = 'Counter-y'"],
  ])('finds a snapshot that was %s', async (_how, sql) => {
    const designId = await lived()
    await tamper.execute(sql, designId)
    const { outcome, counterexample } = await check(designId, 'snapshot_consistency')
    expect(outcome).toBe('violated')
    expect(counterexample).toMatchObject({ streamId: 'Counter-y' })
  })
})

describe('event_sourcing_correctness', () => {
  it.each([
    [
      'a version that is missing',
      "UPDATE Event SET version = 9 WHERE designId = ? AND streamId = 'Counter-x' AND version = 6",
      { version: 9 },
    ],
    [
      'a state that fits no schema',
      `UPDATE Event SET data = '{"by":-5}' WHERE designId = ? AND streamId = 'Counter-x' AND version = 2`,
      { version: 2 },
    ],
    [
      'an event that cannot be read',
      "UPDATE Event SET data = '{' WHERE designId = ? AND streamId = 'Counter-x' AND version = 3",
      { version: 3 },
    ],
    [
      'a run that does not fold',
      "UPDATE Event SET type = 'Nonsense' WHERE designId = ? AND streamId LIKE 'run-%' AND version = 1",
      {},
    ],
  ])('finds %s', async (_what, sql, found) => {
    const designId = await lived()
    await tamper.execute(sql, designId)
    const { outcome, counterexample } = await check(designId, 'event_sourcing_correctness')
    expect(outcome).toBe('violated')
    expect(counterexample).toMatchObject({ streamId: expect.stringMatching(/^(Counter-x|run-)/), ...found })
  })
})

describe('command_consistency', () => {
  it.each([
    ['a command that is there twice', "messageId = replace(messageId, '/0', '/1')", 4],
    ['an event the aggregate does not know', "type = 'Vanished'", 4],
    ['data that fit no schema', `data = '{"by":"one"}'`, 4],
  ])('finds %s', async (_what, set, version) => {
    const designId = await lived()
    await tamper.execute(
      `UPDATE Event SET ${set} WHERE designId = ? AND streamId = 'Counter-x' AND version = ${version}`,
      designId,
    )
    const { outcome, counterexample } = await check(designId, 'command_consistency')
    expect(outcome).toBe('violated')
    expect(counterexample).toMatchObject({ streamId: 'Counter-x', version })
  })
})
