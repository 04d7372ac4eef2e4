import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordedEvent } from '@/core/log/event'
import {
  addStep,
  brief,
  chain,
  designOf,
  failStep,
  ofType,
  openTestWorkbench,
  runToEnd,
  start,
  step,
  storeDesign,
  type TestWorkbench,
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

const dataOf = (event: RecordedEvent | undefined) => event?.data as Readonly<Record<string, unknown>>
const types = (events: readonly RecordedEvent[]) => events.map(({ type }) => type)

describe('a run that succeeds', () => {
  it('performs its steps in order, each with the data so far, and completes', async () => {
    const designId = await storeDesign(
      wb,
      designOf(
        [
          step('a', { action: { type: 'script', code: '(data) => ({ total: data.price * 2 })' } }),
          step('b', { action: { type: 'script', code: '(data) => ({ label: "total " + data.total })' } }),
        ],
        chain('start', 'a', 'b'),
      ),
    )
    const { run, events } = await runToEnd(wb, designId, { input: { price: 21 } })
    expect(brief(events)).toEqual([
      'SagaStarted',
      'StepStarted a',
      'StepCompleted a',
      'StepStarted b',
      'StepCompleted b',
      'SagaCompleted',
    ])
    expect(run).toMatchObject({
      status: 'completed',
      data: { price: 21, total: 42, label: 'total 42' },
      head: 6,
    })
    expect(run.nodes.b?.input).toEqual({ price: 21, total: 42 })
  })

  it('in live mode takes the time that its calls take', async () => {
    const designId = await storeDesign(wb, designOf([step('a')], chain('start', 'a')))
    const { run, events } = await runToEnd(wb, designId, { mode: 'live' })
    expect(run.status).toBe('completed')
    const [began, ended] = [events[1], events[2]].map((event) => Number(dataOf(event).at))
    expect((ended ?? 0) - (began ?? 0)).toBeGreaterThanOrEqual(5)
  })

  it('takes the first branch whose guard is true, and passes over what hangs on the others', async () => {
    const designId = await storeDesign(
      wb,
      designOf(
        [
          {
            id: 'c',
            type: 'choice',
            branches: [
              { id: 'big', when: '(data) => data.n > 10' },
              { id: 'odd', when: '(data) => data.n % 2 === 1' },
            ],
          },
          step('a'),
          step('b'),
          step('d'),
          step('last'),
        ],
        ['start>c', 'c>a:big', 'c>b:odd', 'c>d:default', 'a>last', 'b>last', 'd>last'],
      ),
    )
    for (const [n, taken] of [
      [11, 'a'],
      [3, 'b'],
      [2, 'd'],
    ] as const) {
      const { run } = await runToEnd(wb, designId, { input: { n } })
      const done = ['a', 'b', 'd', 'last'].filter((id) => run.nodes[id]?.status === 'succeeded')
      expect([run.status, done]).toEqual(['completed', [taken, 'last']])
    }
  })

  it('forks into branches that run side by side, and joins when all have arrived', async () => {
    const designId = await storeDesign(
      wb,
      designOf(
        [
          step('left'),
          step('right'),
          step('join', {
            action: {
              type: 'script',
              code: '(data) => ({ both: data.left !== undefined && data.right !== undefined })',
            },
          }),
        ],
        ['start>left', 'start>right', 'left>join', 'right>join'],
      ),
    )
    const { run, events } = await runToEnd(wb, designId)
    expect(run.data.both).toBe(true)
    expect(brief(events).slice(0, 3)).toEqual(['SagaStarted', 'StepStarted left', 'StepStarted right'])
    expect(brief(events).filter((what) => what === 'StepStarted join')).toHaveLength(1)
  })

  it('in virtual time is through a wait of 30 days in well under a second', async () => {
    const days = 30 * 24 * 3_600_000
    const designId = await storeDesign(
      wb,
      designOf([{ id: 'w', type: 'wait', durationMs: days }, step('a')], chain('start', 'w', 'a')),
    )
    const began = performance.now()
    const { run } = await runToEnd(wb, designId)
    expect(run.status).toBe('completed')
    expect((run.endedAt ?? 0) - run.startedAt).toBe(days + 5)
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

describe('a run whose last step fails', () => {
  it('undoes what was done in reverse, each with its own input and output, and reports the first error', async () => {
    const undo = { action: { type: 'script' as const, code: '(given) => given' } }
    const designId = await storeDesign(
      wb,
      designOf(
        [step('a', { compensation: undo }), step('b', { compensation: undo }), failStep('c')],
        chain('start', 'a', 'b', 'c'),
      ),
    )
    const { run, events } = await runToEnd(wb, designId, { input: { n: 1 } })
    expect(brief(events).slice(5)).toEqual([
      'StepStarted c',
      'StepFailed c',
      'SagaCompensating',
      'CompensationStarted b',
      'CompensationCompleted b',
      'CompensationStarted a',
      'CompensationCompleted a',
      'SagaCompensated',
    ])
    expect(run.status).toBe('compensated')
    expect(run.error).toMatchObject({ nodeId: 'c', code: 'Refused', kind: 'business' })
    for (const id of ['a', 'b']) {
      const node = run.nodes[id]
      expect(node?.compensation?.output).toMatchObject({
        input: node?.input,
        output: node?.output,
        error: { code: 'Refused' },
      })
      expect(Object.keys((node?.output ?? {}) as object)).toEqual([id])
    }
  })

  it('undoes parallel branches side by side, and what came before the fork after both', async () => {
    const designId = await storeDesign(
      wb,
      designOf(
        [step('first'), step('left'), step('right'), failStep('last')],
        ['start>first', 'first>left', 'first>right', 'left>last', 'right>last'],
      ),
    )
    const { events } = await runToEnd(wb, designId)
    const undoing = brief(events).filter((what) => what.startsWith('Compensation'))
    expect(undoing.slice(0, 2).sort()).toEqual(['CompensationStarted left', 'CompensationStarted right'])
    expect(undoing.slice(-2)).toEqual(['CompensationStarted first', 'CompensationCompleted first'])
  })

  it('goes on undoing when one compensation cannot be done, and says what is left', async () => {
    const stuck = { action: { type: 'script' as const, code: "() => fail('Stuck', 'no')" } }
    const designId = await storeDesign(
      wb,
      designOf([step('a'), step('b', { compensation: stuck }), failStep('c')], chain('start', 'a', 'b', 'c')),
    )
    const { run } = await runToEnd(wb, designId)
    expect(run).toMatchObject({ status: 'failed', notUndone: ['b'], error: { nodeId: 'c' } })
    expect(run.nodes.a?.compensation?.status).toBe('compensated')
  })

  it('waits for a person when the pivot has been passed', async () => {
    const designId = await storeDesign(
      wb,
      designOf(
        [step('a'), step('p', { kind: 'pivot', compensation: undefined }), failStep('c')],
        chain('start', 'a', 'p', 'c'),
      ),
    )
    const { run } = await runToEnd(wb, designId)
    expect(run).toMatchObject({
      status: 'suspended',
      suspended: { reason: 'failed-after-pivot', nodeId: 'c' },
    })
  })

  it('reports user code that throws as the error of its step, and undoes the rest', async () => {
    const broken = [
      ["() => { throw new Error('boom') }", 'CODE_THREW'],
      ['() => { for (;;) {} }', 'CODE_'],
      ['() => () => 1', 'CODE_RESULT_NOT_JSON'],
      ['() => process.exit(1)', 'CODE_THREW'],
    ] as const
    for (const [code, expected] of broken) {
      const designId = await storeDesign(
        wb,
        designOf(
          [step('a'), { id: 'x', type: 'step', action: { type: 'script', code } }],
          chain('start', 'a', 'x'),
        ),
      )
      const { run } = await runToEnd(wb, designId)
      expect(run.status).toBe('compensated')
      expect([code, run.error?.code]).toEqual([code, expect.stringContaining(expected)])
    }
  })
})

describe('attempts', () => {
  const retry = [{ maxAttempts: 4, intervalMs: 1000, backoffRate: 2 }]
  const broken = (attempt: number) =>
    ({ node: 'a', attempt, effect: { type: 'error', code: 'Unreachable', kind: 'technical' } }) as const

  it('are repeated after a technical failure, by the policy, until one succeeds', async () => {
    const designId = await storeDesign(wb, designOf([step('a', { retry })], chain('start', 'a')))
    const { run, events } = await runToEnd(wb, designId, { faults: [broken(1), broken(2)] })
    expect(run.status).toBe('completed')
    expect(run.nodes.a).toMatchObject({ status: 'succeeded', attempts: 3 })
    const starts = events
      .filter(({ type }) => type === 'StepStarted')
      .map((event) => Number(dataOf(event).at))
    const waits = events.filter(({ type }) => type === 'StepAttemptFailed')
    expect(waits.map((event) => Number(dataOf(event).retryAt) - Number(dataOf(event).at))).toEqual([
      1000, 2000,
    ])
    expect(starts).toHaveLength(3)
  })

  it('end with the policy, and then the step has failed', async () => {
    const designId = await storeDesign(
      wb,
      designOf([step('z'), step('a', { retry })], chain('start', 'z', 'a')),
    )
    const { run } = await runToEnd(wb, designId, {
      faults: [{ node: 'a', effect: { type: 'error', kind: 'technical' } }],
    })
    expect(run.status).toBe('compensated')
    expect(run.nodes.a).toMatchObject({ status: 'failed', attempts: 4 })
  })

  it('are not repeated after a business failure', async () => {
    const designId = await storeDesign(wb, designOf([step('a', { retry })], chain('start', 'a')))
    const { run } = await runToEnd(wb, designId, { faults: [{ node: 'a', effect: { type: 'error' } }] })
    expect(run.nodes.a).toMatchObject({ status: 'failed', attempts: 1 })
  })

  it('of a compensation are repeated five times unless it says otherwise', async () => {
    const designId = await storeDesign(wb, designOf([step('a'), failStep('c')], chain('start', 'a', 'c')))
    const { run } = await runToEnd(wb, designId, {
      faults: [{ node: 'a', phase: 'compensation', effect: { type: 'error', kind: 'technical' } }],
    })
    expect(run).toMatchObject({ status: 'failed', notUndone: ['a'] })
    expect(run.nodes.a?.compensation?.attempts).toBe(5)
  })
})

describe('a step that times out', () => {
  const slow = { type: 'call' as const, service: 'depot', operation: 'slow' }

  it('leaves its outcome unknown, and is undone with an output of null', async () => {
    const undo = { action: { type: 'script' as const, code: '({ output }) => ({ undid: output })' } }
    const designId = await storeDesign(
      wb,
      designOf([step('a', { action: slow, timeoutMs: 500, compensation: undo })], chain('start', 'a')),
    )
    const { run, events } = await runToEnd(wb, designId)
    expect(types(events)).toContain('StepTimedOut')
    expect(run.status).toBe('compensated')
    expect(run.nodes.a).toMatchObject({ status: 'timed-out', effect: 'unknown' })
    expect(run.nodes.a?.compensation).toMatchObject({ status: 'compensated', output: { undid: null } })
  })

  it('records an outcome that arrives late, also after the run has ended, and changes nothing else', async () => {
    const designId = await storeDesign(
      wb,
      designOf([step('a', { action: slow, timeoutMs: 500 })], chain('start', 'a')),
    )
    const runId = await start(wb, designId)
    const arrived = await until(wb, designId, runId, ofType('StepOutcomeArrivedLate'))
    expect(dataOf(arrived)).toMatchObject({
      nodeId: 'a',
      attempt: 1,
      outcome: { type: 'succeeded', output: { slow: true } },
    })
    const { run } = await wb.engine.read(designId, runId).then(({ state }) => ({ run: state }))
    expect(run.status).toBe('compensated')
    expect(run.nodes.a?.late).toEqual({ type: 'succeeded', output: { slow: true } })
  })

  it('commits no command whose latency is longer than its timeout', async () => {
    const designId = await storeDesign(
      wb,
      designOf([addStep('a', 'late', { timeoutMs: 500 })], chain('start', 'a')),
    )
    const { run } = await runToEnd(wb, designId, {
      faults: [{ node: 'a', effect: { type: 'latency', ms: 60_000 } }],
    })
    expect(run.nodes.a?.status).toBe('timed-out')
    expect(await wb.store.events.streamVersion(designId, 'Counter-late')).toBe(0)
  })
})

describe('a seed', () => {
  const unlucky = { type: 'call' as const, service: 'depot', operation: 'unlucky' }
  const nodes = ['a', 'b', 'c'].map((id) =>
    step(id, { action: unlucky, retry: [{ maxAttempts: 3, jitter: 'full' }] }),
  )
  const edges = ['start>a', 'start>b', 'a>c', 'b>c']

  it('gives the same events, outputs and times again; another seed gives others', async () => {
    const designId = await storeDesign(wb, designOf(nodes, edges))
    const story = async (seed: string) => {
      const { events, run } = await runToEnd(wb, designId, { seed, input: { n: 1 } })
      return events.map(({ type, data }) => {
        const { at, retryAt, ...rest } = data as Record<string, unknown>
        const sinceStart = (time: unknown) => (typeof time === 'number' ? time - run.startedAt : null)
        return [type, sinceStart(at), sinceStart(retryAt), rest]
      })
    }
    const stories = await Promise.all(['one', 'one', 'two', 'three', 'four'].map(story))
    expect(stories[0]).toEqual(stories[1])
    expect(new Set(stories.map((events) => JSON.stringify(events))).size).toBeGreaterThan(1)
  })
})
