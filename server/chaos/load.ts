import { setTimeout as pause } from 'node:timers/promises'
import type { JsonObject } from '@/core/json'
import { templates } from '@/examples'
import type { Answered, Caller } from './caller'
import { chaosDesign } from './chaos-design'
import { type Draws, seededDraws } from './seeded'

export interface LoadOptions {
  readonly seed: string
  /** Callers at once, each with a pause of up to `pauseMs` between its calls. */
  readonly workers: number
  readonly pauseMs: number
  readonly caller: Caller
  /** Where sagas really call. */
  readonly witnessUrl: string
  /** Calls go on until this says no more. */
  readonly going: () => boolean
}

interface Targets {
  readonly chaos: string
  readonly templates: readonly {
    readonly designId: string
    readonly saga: string
    readonly input: JsonObject
  }[]
}

/** What was not as it should have been: an answer nobody may get. */
function unexpected(what: string, { status, body }: Answered): Error {
  return new Error(`${what}: ${status} ${JSON.stringify(body)}`)
}

/**
 * Callers who start runs, send commands and decide approvals over HTTP, and never give up. What they are told, the
 * witness has on disk before they go on.
 */
export async function driveLoad(options: LoadOptions): Promise<void> {
  const targets = await createDesigns(options)
  await Promise.all(
    Array.from({ length: options.workers }, (_, index) => work(options, targets, `${options.seed}-${index}`)),
  )
}

async function createDesigns({ caller, seed, witnessUrl }: LoadOptions): Promise<Targets> {
  async function create(body: JsonObject, name: string): Promise<string> {
    const answer = await caller.insist('/api/designs', body, `${seed}-design-${name}`)
    if (answer.status !== 201) throw unexpected(name, answer)
    const designId = String(answer.body.id)
    await caller.witness({ kind: 'design', designId })
    return designId
  }
  const chaos = await create({ document: JSON.parse(JSON.stringify(chaosDesign(witnessUrl))) }, 'chaos')
  const made = []
  for (const { id, document } of templates) {
    const designId = await create({ template: id }, id)
    // Its first is the one to start; the others run within it.
    const [saga] = document.sagas
    const start = saga?.nodes.find(({ type }) => type === 'start')
    // What waits for a person would never end by itself.
    const asks = saga?.nodes.some(({ type }) => type === 'approval' || type === 'signal')
    if (saga && start?.type === 'start' && !asks)
      made.push({ designId, saga: saga.id, input: start.inputExample as JsonObject })
  }
  return { chaos, templates: made }
}

async function work(options: LoadOptions, targets: Targets, name: string): Promise<void> {
  const draws = seededDraws(name)
  for (let turn = 0; options.going(); turn += 1) {
    await act(options.caller, targets, draws, `${name}-${turn}`)
    await pause(draws.between(0, options.pauseMs))
  }
}

async function act(caller: Caller, targets: Targets, draws: Draws, key: string): Promise<void> {
  const drawn = draws.next()
  if (drawn < 0.2) return command(caller, targets.chaos, draws, key)
  if (drawn < 0.35) {
    const template = draws.pick(targets.templates)
    if (template) await start(caller, template.designId, { ...template, mode: 'virtual' }, key)
    return
  }
  const saga = drawn < 0.8 ? 'work' : drawn < 0.9 ? 'each' : 'asks'
  const runId = await start(caller, targets.chaos, { saga, input: {} }, key)
  if (saga === 'asks') await decide(caller, targets.chaos, runId, draws.next() < 0.7, key)
}

async function start(
  caller: Caller,
  designId: string,
  {
    saga,
    input,
    mode = 'live',
  }: { readonly saga: string; readonly input: JsonObject; readonly mode?: string },
  key: string,
): Promise<string> {
  const answer = await caller.insist(`/api/designs/${designId}/runs`, { saga, input, mode, seed: key }, key)
  if (answer.status !== 201) throw unexpected(`start ${saga}`, answer)
  const runId = String(answer.body.id)
  await caller.witness({ kind: 'run', designId, runId })
  return runId
}

async function command(caller: Caller, designId: string, draws: Draws, commandId: string): Promise<void> {
  const key = `shared-${draws.between(0, 4)}`
  const path = `/api/designs/${designId}/aggregates/Counter/${key}/commands`
  const answer = await caller.insist(path, { type: 'Add', payload: {}, commandId }, commandId)
  // Others were quicker a few times over: nothing was written, and nobody was told that it was.
  if (answer.body.code === 'COMMAND_CONFLICT') return
  if (answer.status !== 200) throw unexpected('command', answer)
  await caller.witness({ kind: 'command', designId, key, commandId, version: Number(answer.body.version) })
}

/** Asked for before the run waits, a decision is refused: it is given again until it counts, or has counted unheard. */
async function decide(
  caller: Caller,
  designId: string,
  runId: string,
  approved: boolean,
  key: string,
): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const body = { action: 'decide', node: 'ask', approved, by: 'chaos' }
    const answer = await caller.insist(`/api/runs/${runId}/actions`, body, `${key}-decide-${attempt}`)
    if (answer.status === 200) {
      await caller.witness({ kind: 'act', designId, runId, seq: Number(answer.body.seq) })
      return
    }
    if (answer.body.code === 'RUN_ENDED') return
    if (answer.status !== 409) throw unexpected('decide', answer)
    await pause(25)
  }
}
