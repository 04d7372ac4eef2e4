import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunAction, RunSummary } from '@/core/protocol'
import { actOnRun } from '../commands/runs'
import { LIMITS } from '../limits'
import { listRuns, readRun } from '../queries/runs'
import { openDb } from '../store/sqlite/db'
import {
  chain,
  designOf,
  ENDED,
  type NodeInput,
  ofType,
  openTestWorkbench,
  start,
  step,
  storeDesign,
  type TestWorkbench,
  temporaryDatabase,
  until,
} from './testing'

let wb: TestWorkbench
beforeAll(async () => {
  wb = await openTestWorkbench()
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

const ask: NodeInput = { id: 'ask', type: 'approval', message: 'May it?', timeoutMs: 3_600_000 }
const hear: NodeInput = { id: 'hear', type: 'signal', signal: 'Paid' }
const pivot = step('p', { kind: 'pivot', compensation: undefined })

const designId = async (...nodes: readonly NodeInput[]) =>
  storeDesign(wb, designOf(nodes, chain('start', ...nodes.map(({ id }) => id))))

const listed = async (design: string, needs?: 'person'): Promise<readonly RunSummary[]> =>
  (await listRuns(wb, { design, needs, limit: 100 })).items
const rowOf = async (design: string, runId: string) =>
  (await listed(design)).find(({ id }) => id === runId)?.attention

describe('the list of runs', () => {
  it('says what a run waits for and is asked for those that need a person', async () => {
    const design = await designId(ask, step('b'))
    const idle = await designId(step('a'))
    const id = await start(wb, design, { mode: 'live' })
    await until(wb, design, id, ofType('ApprovalRequested'))
    const [row] = await listed(design, 'person')
    expect(row).toMatchObject({
      id,
      status: 'running',
      needsPerson: 1,
      attention: [
        { why: 'approval', nodeId: 'ask', message: 'May it?', expiresAt: (row?.startedAt ?? 0) + 3_600_000 },
      ],
    })
    await actOnRun(wb, id, { action: 'decide', node: 'ask', approved: true })
    expect(await listed(design, 'person')).toEqual([])
    const other = await start(wb, idle)
    await until(wb, idle, other, ofType(...ENDED))
    expect(await listed(idle)).toMatchObject([{ id: other, needsPerson: 0, attention: [] }])
  })

  it('shows a signal that is waited for, which needs nobody', async () => {
    const design = await designId(hear)
    const id = await start(wb, design, { mode: 'live' })
    await until(wb, design, id, ofType('SignalAwaited'))
    expect(await rowOf(design, id)).toEqual([
      { why: 'signal', nodeId: 'hear', signal: 'Paid', expiresAt: null },
    ])
    expect(await listed(design, 'person')).toEqual([])
  })

  it('says the same as the run itself, whatever a person does', async () => {
    const design = await designId(step('a'), ask, pivot, step('c'), hear)
    const id = await start(wb, design, {
      mode: 'manual',
      faults: [{ node: 'c', attempt: 1, effect: { type: 'error' } }],
    })
    const acts: readonly RunAction[] = [
      { action: 'step' },
      { action: 'pause' },
      { action: 'resume' },
      { action: 'set-speed', mode: 'live' },
      { action: 'set-breakpoints', breakpoints: ['p'] },
      { action: 'decide', node: 'ask', approved: true },
      { action: 'step' },
      { action: 'retry', node: 'c' },
      { action: 'signal', signal: 'Paid', data: {} },
    ]
    const seen: string[] = []
    for (const action of acts) {
      // What an act sets going is waited for: an attempt is still to settle, or it all stands.
      await expect
        .poll(
          async () => {
            const { nodes, status } = await readRun(wb, id)
            const moves = Object.values(nodes).some((node) => node.status === 'running')
            return moves || (status === 'running' && (await rowOf(design, id))?.length === 0)
          },
          { timeout: 10_000 },
        )
        .toBe(false)
      const { attention } = await readRun(wb, id)
      expect(await rowOf(design, id)).toEqual(attention)
      seen.push(attention.map(({ why }) => why).join())
      await actOnRun(wb, id, action)
    }
    await until(wb, design, id, ofType(...ENDED))
    expect(seen).toEqual([
      'held',
      'held',
      'suspended',
      'held',
      'approval',
      'approval',
      'held',
      'suspended',
      'signal',
    ])
    expect(await rowOf(design, id)).toEqual([])
  })

  it('names the first of very many, and counts them all', async () => {
    const many = LIMITS.attentionPerRun + 5
    const nodes = Array.from({ length: many }, (_, at): NodeInput => ({ id: `ask${at}`, type: 'approval' }))
    const design = await storeDesign(
      wb,
      designOf(
        nodes,
        nodes.map(({ id }) => `start>${id}`),
      ),
    )
    const id = await start(wb, design, { mode: 'live' })
    await until(wb, design, id, ofType('ApprovalRequested'))
    const [row] = await listed(design, 'person')
    expect([row?.needsPerson, row?.attention.length]).toEqual([many, LIMITS.attentionPerRun])
  })
})

describe('what runs wait for', () => {
  /** What the migration that brought it does: the list is folded anew. */
  async function forget(path: string): Promise<void> {
    const db = await openDb(`file:${path}`)
    await db.execute(`UPDATE Run SET attention = '[]', needsPerson = 0, watched = 0, position = 0`)
    await db.execute(`DELETE FROM Mark WHERE name = 'runs'`)
    await db.close()
  }

  it('is the same after a restart, and when the list is folded from the log again', async () => {
    const path = temporaryDatabase()
    const first = await openTestWorkbench(path)
    const design = await storeDesign(first, designOf([ask, step('b')], chain('start', 'ask', 'b')))
    const waiting = await start(first, design, { mode: 'live' })
    await until(first, design, waiting, ofType('ApprovalRequested'))
    const paused = await start(first, design, { mode: 'live' })
    await actOnRun(first, paused, { action: 'pause' })
    const held = await start(first, design, { mode: 'manual' })
    const ended = await start(first, design)
    await until(first, design, ended, ofType(...ENDED))
    const rows = async (of: TestWorkbench) => (await listRuns(of, { design, limit: 100 })).items
    const before = await rows(first)
    expect(before.map(({ needsPerson }) => needsPerson).sort()).toEqual([0, 1, 1, 2])
    await first.close()

    const second = await openTestWorkbench(path)
    expect(await rows(second)).toEqual(before)
    await second.close()

    await forget(path)
    const third = await openTestWorkbench(path)
    expect(await rows(third)).toEqual(before)
    // It is followed on from there, too.
    await actOnRun(third, held, { action: 'step' })
    expect((await rows(third)).find(({ id }) => id === held)?.attention).toMatchObject([{ why: 'approval' }])
    await third.close()
    expect([...first.defects, ...second.defects, ...third.defects]).toEqual([])
  })

  it('of more runs than are kept folded is known all the same', async () => {
    const path = temporaryDatabase()
    const own = await openTestWorkbench(path)
    const design = await storeDesign(own, designOf([ask, step('b')], chain('start', 'ask', 'b')))
    const ids: string[] = []
    for (let index = 0; index < LIMITS.watchedRunsHeld + 20; index++)
      ids.push(await start(own, design, { mode: 'live' }))
    // The first of them is no longer at hand.
    const [oldest = ''] = ids
    await actOnRun(own, oldest, { action: 'pause' })
    const rows = async () =>
      (await listRuns(own, { design, needs: 'person', limit: LIMITS.listMost })).items.length
    await own.runs.waitFor(await own.store.events.head())
    expect((await own.store.runs.get(oldest))?.attention.map(({ why }) => why)).toEqual([
      'suspended',
      'approval',
    ])
    expect(await rows()).toBe(LIMITS.listMost)
    await own.close()
    expect(own.defects).toEqual([])
  }, 60_000)
})
