import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FaultInput } from '@/core/saga'
import { actOnRun } from '../commands/runs'
import { listRuns, readRun } from '../queries/runs'
import {
  addStep,
  brief,
  chain,
  designOf,
  ENDED,
  failStep,
  type NodeInput,
  ofType,
  openTestWorkbench,
  runToEnd,
  step,
  storeDesign,
  type TestWorkbench,
  temporaryDatabase,
  until,
} from './testing'
import { type SeenCall, witnessedRunner } from './witness'

let wb: TestWorkbench
let seen: SeenCall[] = []
const witness = () => witnessedRunner((call) => void seen.push(call))

beforeAll(async () => {
  wb = await openTestWorkbench(temporaryDatabase(), { code: witness() })
})
beforeEach(() => {
  seen = []
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

const crash = (when: 'before' | 'after', more: Partial<FaultInput> = {}): FaultInput => ({
  node: 'a',
  effect: { type: 'crash', when },
  ...more,
})

async function ends(nodes: readonly NodeInput[], faults: readonly FaultInput[]) {
  const designId = await storeDesign(wb, designOf(nodes, chain('start', ...nodes.map(({ id }) => id))))
  const { run, events } = await runToEnd(wb, designId, { faults })
  return { run, designId, story: brief(events), events }
}
const count = (story: readonly string[], what: string) => story.filter((said) => said === what).length
const commandIds = async (designId: string, key: string) =>
  (await wb.store.events.read(designId, `Counter-${key}`)).map(
    ({ data }) => (data as { readonly commandId?: string }).commandId,
  )

describe('a crash at a call', () => {
  it('before its outcome is recorded: the run is taken up from its events and asks again under the same key', async () => {
    const { run, story, events } = await ends([step('a'), step('b')], [crash('before')])
    expect(run).toMatchObject({ status: 'completed', nodes: { a: { attempts: 1 } } })
    expect(story.slice(0, 4)).toEqual(['SagaStarted', 'StepStarted a', 'FaultInjected a', 'StepCompleted a'])
    expect(events[2]?.data).toMatchObject({ fault: 'crash', phase: 'action', attempt: 1 })
    const [first, again, ...others] = seen.filter(({ node }) => node === 'a')
    expect(others).toEqual([])
    expect(again).toEqual(first)
    expect(seen.filter(({ node }) => node === 'b')).toHaveLength(1)
  })

  it('after it: nothing is asked again, and the run goes on', async () => {
    const { run, story } = await ends([step('a'), step('b')], [crash('after')])
    expect(run.status).toBe('completed')
    expect([count(story, 'FaultInjected a'), count(story, 'StepCompleted a')]).toEqual([1, 1])
    expect(seen.map(({ node }) => node)).toEqual(['a', 'b'])
  })

  it('of a compensation, under a key of its own that is the same again', async () => {
    const { run } = await ends([step('a'), failStep('b')], [crash('before', { phase: 'compensation' })])
    expect(run).toMatchObject({ status: 'compensated', nodes: { a: { compensation: { attempts: 1 } } } })
    const [action, undo, again] = seen
    expect(seen).toHaveLength(3)
    expect(again).toEqual(undo)
    expect(undo?.id).not.toBe(action?.id)
  })

  it('strikes once for each attempt, or as often as the seed says', async () => {
    const retry = [{ maxAttempts: 3, intervalMs: 1 }]
    const failing: FaultInput = { node: 'a', effect: { type: 'error', kind: 'technical' } }
    const { story } = await ends([step('a', { retry })], [crash('before'), failing])
    expect([count(story, 'FaultInjected a'), count(story, 'StepStarted a')]).toEqual([3, 3])
  })

  it('while others are under way loses theirs too, and they are asked again under their own keys', async () => {
    const designId = await storeDesign(wb, designOf([step('a'), step('b')], ['start>a', 'start>b']))
    const slow: FaultInput = { node: 'b', effect: { type: 'latency', ms: 50 } }
    const { run } = await runToEnd(wb, designId, { faults: [crash('before'), slow] })
    expect(run.status).toBe('completed')
    const bees = seen.filter(({ node }) => node === 'b')
    expect(bees).toHaveLength(2)
    expect(bees[1]).toEqual(bees[0])
  })
})

describe('a crash at a command', () => {
  it.each(['before', 'after'] as const)('%s its outcome is recorded: it is done once', async (when) => {
    const { run, story, designId } = await ends([addStep('a', when), step('b')], [crash(when)])
    expect(run.status).toBe('completed')
    expect([count(story, 'FaultInjected a'), count(story, 'StepCompleted a')]).toEqual([1, 1])
    expect(await commandIds(designId, when)).toEqual([`${run.id}:a:0:action`])
  })
})

describe('a duplicate delivery', () => {
  const twice = (phase: 'action' | 'compensation'): FaultInput => ({
    node: 'a',
    phase,
    effect: { type: 'duplicate' },
  })

  it('does a command once, and what undoes it once', async () => {
    const { run, story, designId } = await ends(
      [addStep('a', 'dup'), failStep('b')],
      [twice('action'), twice('compensation')],
    )
    expect(run.status).toBe('compensated')
    expect([count(story, 'FaultInjected a'), count(story, 'StepCompleted a')]).toEqual([2, 1])
    const recorded = await wb.store.events.read(designId, 'Counter-dup')
    expect(recorded.map(({ type }) => type)).toEqual(['Added', 'Removed'])
  })

  it('of the answer of a call changes nothing the second time', async () => {
    const { run, story } = await ends([step('a'), step('b')], [twice('action')])
    expect(run).toMatchObject({ status: 'completed', nodes: { a: { attempts: 1, late: null } } })
    expect([count(story, 'FaultInjected a'), count(story, 'StepCompleted a')]).toEqual([1, 1])
  })
})

describe('a process that is killed', () => {
  it('while a call is under way asks again when it is back, with the same input under the same key', async () => {
    const path = temporaryDatabase()
    const calls = `${path}.calls`
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('crash-child.ts', import.meta.url)), `file:${path}`, calls],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'close')
    const before = JSON.parse(readFileSync(calls, 'utf8').trim()) as SeenCall

    const back = await openTestWorkbench(path, { code: witness() })
    const [run] = (await listRuns(back, { limit: 1 })).items
    const [id, designId] = [run?.id ?? '', run?.designId ?? '']
    expect(await readRun(back, id)).toMatchObject({ nodes: { a: { status: 'running', attempts: 1 } } })
    // It would take its hour: time is let go.
    await actOnRun(back, id, { action: 'set-speed', mode: 'virtual' })
    await until(back, designId, id, ofType(...ENDED))
    expect(await readRun(back, id)).toMatchObject({ status: 'completed', nodes: { a: { attempts: 1 } } })
    expect(seen.filter(({ node }) => node === 'a')).toEqual([before])
    await back.close()
    expect(back.defects).toEqual([])
  }, 60_000)
})
