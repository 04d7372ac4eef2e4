import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@/core/json'
import type { LogHeader } from '@/core/log/file'
import type { EventAnswer, ImportAnswer } from '@/core/protocol'
import { sendCommand } from '../commands/aggregates'
import { createDesign } from '../commands/designs'
import { forkRun } from '../commands/fork-run'
import { importLog } from '../commands/import-log'
import { actOnRun } from '../commands/runs'
import {
  addStep,
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
} from '../engine/testing'
import { exportLog } from '../queries/export-log'
import { projectionRows } from '../queries/projection-rows'
import { listRuns, readRun } from '../queries/runs'

let here: TestWorkbench
const others: TestWorkbench[] = []
beforeAll(async () => {
  here = await openTestWorkbench()
})
afterEach(async () => {
  for (const one of others.splice(0)) await one.close()
})
afterAll(async () => {
  await here.close()
  expect(here.defects).toEqual([])
})

async function elsewhere(): Promise<TestWorkbench> {
  const other = await openTestWorkbench()
  others.push(other)
  return other
}

const saga = designOf(
  [addStep('add', 'shared'), step('take'), { id: 'ask', type: 'approval' as const }],
  chain('start', 'add', 'take', 'ask'),
)
const failing = designOf([addStep('add', 'failing'), failStep('no')], chain('start', 'add', 'no'))

async function exported(wb: TestWorkbench, designId: string): Promise<readonly string[]> {
  let text = ''
  for await (const chunk of (await exportLog(wb, designId, {})).lines) text += chunk
  return text.trimEnd().split('\n')
}

async function* upload(lines: readonly string[], chunk = 1_000): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  for (let from = 0; from < bytes.length; from += chunk) yield bytes.subarray(from, from + chunk)
}

const importInto = (wb: TestWorkbench, designId: string | null, lines: readonly string[]) =>
  importLog(wb, designId, upload(lines))

/** The lines without what is another in every log: positions count from 1, ids are numbered as they first appear. */
function bare(lines: readonly string[]): readonly string[] {
  const parsed = lines.map((line) => JSON.parse(line))
  const designId: string = parsed[0].design.id
  const runs = parsed.flatMap(({ streamId, version }) => {
    const run = /^run-(.+)$/.exec(streamId ?? '')?.[1]
    return run !== undefined && version === 1 ? [run] : []
  })
  let position = 0
  return parsed.map((value) => {
    if (value.position !== undefined) value.position = position += 1
    let line = JSON.stringify(value).replaceAll(`${designId}~`, '').replaceAll(designId, 'DESIGN')
    for (const [index, run] of runs.entries()) line = line.replaceAll(run, `RUN${index}`)
    return line
  })
}

/** A design in which runs have ended in every way, one still waits, and commands came from outside. */
async function lived(): Promise<{ readonly designId: string; readonly waiting: string }> {
  const designId = await storeDesign(here, saga)
  const waiting = await start(here, designId)
  await until(here, designId, waiting, ofType('ApprovalRequested'))
  await sendCommand(here, designId, 'Counter', 'mine', { type: 'Add', payload: { by: 2 }, commandId: 'once' })
  await sendCommand(here, designId, 'Counter', waiting, { type: 'Add', payload: {} })
  return { designId, waiting }
}

describe('a log that is exported and imported', () => {
  it('is the same log, in the same workbench and in another', async () => {
    const { designId } = await lived()
    const file = await exported(here, designId)
    const copy = await importInto(here, null, file)
    expect(copy).toMatchObject({ ids: 'new', runs: 1, events: file.length - 2 })
    expect(bare(await exported(here, copy.id))).toEqual(bare(file))
    const other = await elsewhere()
    const moved = await importInto(other, null, file)
    expect(moved).toMatchObject({ ids: 'kept', runs: 1 })
    const again = await exported(other, moved.id)
    expect(bare(again)).toEqual(bare(file))
    const ids = (lines: readonly string[]) => lines.slice(2).map((line) => JSON.parse(line).streamId)
    expect(ids(again)).toEqual(ids(file))
    const third = await createDesign(other, { document: saga })
    expect(await importInto(other, third.id, file)).toMatchObject({ id: third.id, ids: 'new' })
    expect(bare(await exported(other, third.id))).toEqual(bare(file))
  })

  it('is the same log whatever is in it, however it was cut on the way', async () => {
    const event = fc.record({
      stream: fc.constantFrom('Order-1', 'Order-x.y', 'Cart-2', 'rejected'),
      type: fc.constantFrom('Placed', 'Paid.Late'),
      data: fc.jsonValue({ maxDepth: 3 }),
      user: fc.option(fc.constantFrom('Ada', 'Zoë 🦊'), { nil: undefined }),
      schemaVersion: fc.integer({ min: 1, max: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 12 }),
        fc.integer({ min: 1, max: 400 }),
        async (log, chunk) => {
          const designId = await storeDesign(here, saga)
          for (const [index, { stream, type, data, user, schemaVersion }] of log.entries()) {
            const metadata = {
              messageId: `${designId}/${index}`,
              correlationId: `c${index % 3}`,
              causationId: `outside-${index}`,
              schemaVersion,
              ...(user === undefined ? {} : { userId: user }),
            }
            const events = [{ type, data: JSON.parse(JSON.stringify(data)) as Json, metadata }]
            await here.store.events.append([{ designId, streamId: stream, expectedVersion: 'any', events }])
          }
          const file = await exported(here, designId)
          const copy = await importLog(here, null, upload(file, chunk))
          expect(bare(await exported(here, copy.id))).toEqual(bare(file))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('brings aggregates, read models and the list of runs with it, and knows a command it had before', async () => {
    const { designId, waiting } = await lived()
    const copy = await importInto(here, null, await exported(here, designId))
    const rows = async (of: string) => {
      const { items } = await projectionRows(here, of, 'counts', { limit: 50 })
      return items.map(({ row }) => row)
    }
    await expect.poll(() => rows(copy.id)).toEqual(await rows(designId))
    expect(await rows(copy.id)).toHaveLength(3)
    const { items } = await listRuns(here, { design: copy.id, limit: 10 })
    expect(items).toMatchObject([{ status: 'running', saga: 'main' }])
    expect(items[0]?.id).not.toBe(waiting)
    const again = { type: 'Add', payload: { by: 2 }, commandId: 'once' }
    expect(await sendCommand(here, copy.id, 'Counter', 'mine', again)).toMatchObject({ version: 1 })
    const own = await sendCommand(here, copy.id, 'Counter', items[0]?.id ?? '', { type: 'Add', payload: {} })
    expect(own).toMatchObject({ version: 2 })
  })

  it('brings every version of the design that a run was started with', async () => {
    const design = await createDesign(here, { document: failing })
    await runToEnd(here, design.id)
    await here.store.designs.save(design.id, 1, {
      name: 'Two',
      document: design.document as unknown as Json,
      at: 1,
    })
    await here.store.designs.save(design.id, 2, {
      name: 'Three',
      document: design.document as unknown as Json,
      at: 2,
    })
    here.catalogue.forget(design.id)
    const copy = await importInto(here, null, await exported(here, design.id))
    expect(copy).toMatchObject({ version: 3, runs: 1 })
    const [run] = (await listRuns(here, { design: copy.id, limit: 1 })).items
    expect(await readRun(here, run?.id ?? '')).toMatchObject({ designVersion: 1, status: 'compensated' })
    expect(await here.store.designs.get(copy.id, 2)).toBeNull()
  })
})

describe('a run that came from a file', () => {
  it('is never gone on with: not at once, not when asked, not after a start; a fork of it is', async () => {
    const { designId } = await lived()
    const file = await exported(here, designId)
    const there = await elsewhere()
    const copy = await importInto(there, null, file)
    const [run] = (await listRuns(there, { design: copy.id, limit: 1 })).items
    const runId = run?.id ?? ''
    expect(await readRun(there, runId)).toMatchObject({ imported: true, status: 'running' })
    const decide = { action: 'decide', node: 'ask', approved: true, by: 'Ada' } as const
    await expect(actOnRun(there, runId, decide)).rejects.toMatchObject({ code: 'RUN_IMPORTED' })
    await there.close()
    others.splice(0)
    const back = await openTestWorkbench(there.databasePath)
    others.push(back)
    await back.engine.recovered
    expect(back.engine.active).toBe(0)
    expect(back.defects).toEqual([])
    await expect(actOnRun(back, runId, decide)).rejects.toMatchObject({ code: 'RUN_IMPORTED' })
    const fork = await forkRun(back, runId, { seq: (await readRun(back, runId)).head })
    await actOnRun(back, fork.id, decide)
    await expect.poll(async () => (await readRun(back, fork.id)).status).toBe('completed')
    expect(await readRun(back, fork.id)).not.toHaveProperty('imported')
    expect(await exported(back, copy.id)).toEqual(expect.arrayContaining([expect.stringContaining(runId)]))
  })
})

describe('a file that is no log', () => {
  let file: readonly string[]
  let empty: TestWorkbench
  beforeAll(async () => {
    file = await exported(here, (await lived()).designId)
    empty = await openTestWorkbench()
  })
  afterAll(() => empty.close())

  /** The file with one line made another; `null` leaves it out. */
  const withLine = (index: number, change: (value: never) => unknown) =>
    file.flatMap((line, at) => {
      if (at !== index) return [line]
      const changed = change(JSON.parse(line) as never)
      return changed === null ? [] : [typeof changed === 'string' ? changed : JSON.stringify(changed)]
    })
  const event = (index: number, change: Partial<EventAnswer>) =>
    withLine(index, (value: EventAnswer) => ({ ...value, ...change }))
  const last = () => file.length - 1

  it.each<readonly [string, number, () => readonly string[]]>([
    ['IMPORT_HEADER_INVALID', 1, () => []],
    ['IMPORT_HEADER_INVALID', 1, () => file.slice(1)],
    ['IMPORT_HEADER_INVALID', 1, () => withLine(0, (value: object) => ({ ...value, more: 1 }))],
    ['UNSUPPORTED_FORMAT_VERSION', 1, () => withLine(0, (value: object) => ({ ...value, formatVersion: 2 }))],
    ['IMPORT_LINE_INVALID', 5, () => withLine(4, () => '{"half":')],
    ['IMPORT_LINE_INVALID', 5, () => withLine(4, () => '[]')],
    ['IMPORT_LINE_INVALID', 5, () => withLine(4, () => '['.repeat(1_000))],
    ['IMPORT_LINE_INVALID', 5, () => event(4, { type: 'no name' })],
    ['IMPORT_LINE_INVALID', 5, () => event(4, { streamId: 'a/b' })],
    ['IMPORT_LINE_INVALID', 2, () => withLine(1, (value: object) => ({ ...value, design: { version: 1 } }))],
    [
      'IMPORT_HEADER_INVALID',
      1,
      () => withLine(0, (value: LogHeader) => ({ ...value, design: { ...value.design, name: '\ud83d' } })),
    ],
    ['IMPORT_POSITION_ORDER', 6, () => event(5, { position: JSON.parse(file[4] ?? '').position })],
    ['IMPORT_TIME_ORDER', 6, () => event(5, { recordedAt: 5 })],
    ['IMPORT_TIME_ORDER', 4, () => event(3, { recordedAt: Date.now() + 1e7 })],
    ['IMPORT_VERSION_GAP', 4, () => event(3, { version: 7 })],
    ['IMPORT_VERSION_GAP', 4, () => withLine(3, () => null)],
    ['IMPORT_MESSAGE_TWICE', 5, () => event(4, { metadata: JSON.parse(file[3] ?? '').metadata })],
    ['IMPORT_RUN_INVALID', 3, () => event(2, { type: 'StepStarted' })],
    ['IMPORT_RUN_INVALID', 4, () => event(3, { data: { at: 'noon' } })],
    [
      'IMPORT_RUN_INVALID',
      3,
      () =>
        withLine(2, (value: EventAnswer) => ({
          ...value,
          data: { ...(value.data as object), saga: 'other' },
        })),
    ],
    ['IMPORT_DESIGN_MISMATCH', 2, () => withLine(1, () => null)],
    ['IMPORT_INCOMPLETE', 1, () => file.slice(0, -1)],
    ['IMPORT_LINE_TOO_LONG', 4, () => withLine(3, () => 'x'.repeat(3 * 1024 * 1024))],
  ])('%s in line %i: nothing of it is kept', async (code, line, made) => {
    const refused = await importInto(empty, null, made()).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code, details: { line } })
    expect(await empty.store.designs.list({ limit: 1 })).toEqual([])
    expect(await empty.store.events.head()).toBe(0)
  })

  it('is refused at its very last line, and the next append has the next position', async () => {
    const wb = await elsewhere()
    const design = await createDesign(wb, { document: saga })
    const refused = importInto(wb, design.id, event(last(), { type: 'no name' }))
    await expect(refused).rejects.toMatchObject({
      code: 'IMPORT_LINE_INVALID',
      details: { line: last() + 1 },
    })
    const { events } = await sendCommand(wb, design.id, 'Counter', 'a', { type: 'Add', payload: {} })
    expect(events).toMatchObject([{ position: 2, version: 1 }]) // The command, accepted, stands before it.
    await expect(importInto(wb, design.id, file)).rejects.toMatchObject({ code: 'LOG_NOT_EMPTY' })
  })

  it('goes into a design only when that is the one its runs were started with', async () => {
    const wb = await elsewhere()
    const other = await createDesign(wb, { document: failing })
    const refused = importInto(wb, other.id, file)
    await expect(refused).rejects.toMatchObject({ code: 'IMPORT_DESIGN_MISMATCH', details: { line: 3 } })
    await expect(importInto(wb, 'nobody', file)).rejects.toMatchObject({ code: 'DESIGN_NOT_FOUND' })
  })

  it('leaves nothing when the disk is full while it is written', async () => {
    const wb = await elsewhere()
    const design = await createDesign(wb, { document: saga })
    const broken = wb.store.imports.run({
      designId: design.id,
      at: 1,
      async *events() {
        yield [imported(1)]
        throw new Error('the disk went away')
      },
    })
    await expect(broken).rejects.toThrow('the disk went away')
    expect(await wb.store.events.count(design.id, { after: 0, most: 9 })).toMatchObject({ events: 0 })
    expect(wb.store.imports.importedTo(design.id)).toBe(0)
    const answer: ImportAnswer = await importInto(wb, design.id, file)
    expect(answer.events).toBe(file.length - 2)
    expect(wb.store.imports.importedTo(design.id)).toBe(await wb.store.events.head())
  })
})

const imported = (version: number) => ({
  streamId: 's',
  version,
  type: 'Placed',
  data: null,
  metadata: { messageId: `m${version}`, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
  recordedAt: 1,
})

describe('policies of a design that comes with its log', () => {
  const echoing = designOf([], [], {
    policies: [
      {
        id: 'echo',
        on: 'Added',
        when: "(event) => event.streamId === 'Counter-heard'",
        reaction: {
          type: 'send-command',
          aggregate: 'Counter',
          command: 'Add',
          key: "() => 'echo'",
          payload: '() => ({ by: 1 })',
        },
      },
    ],
  })
  const say = (wb: TestWorkbench, designId: string) =>
    sendCommand(wb, designId, 'Counter', 'heard', { type: 'Add', payload: { by: 1 } })
  const echoes = async (wb: TestWorkbench, designId: string) =>
    (await wb.store.events.read(designId, 'Counter-echo')).length

  it('react to nothing in the file, which was reacted to where it happened, and to what comes after', async () => {
    const designId = await storeDesign(here, echoing)
    await say(here, designId)
    await say(here, designId)
    await expect.poll(() => echoes(here, designId)).toBe(2)
    const other = await elsewhere()
    const { id } = await importInto(other, null, await exported(here, designId))
    expect(await echoes(other, id)).toBe(2)
    await say(other, id)
    await expect.poll(() => echoes(other, id)).toBe(3)
    expect(other.defects).toEqual([])
  })
})
