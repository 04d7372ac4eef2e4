import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listRuns } from '../queries/runs'
import { add, caughtUp, copiesAdded, rewind, startsMain, streamOf, withPolicies } from './policy-testing'
import { reactionId } from './reaction-id'
import { openTestWorkbench, storeDesign, type TestWorkbench, temporaryDatabase } from './testing'

/** What both policies came to: every event that is theirs reacted to, once, and in the order of the log. */
async function reactedOnce(wb: TestWorkbench, designId: string): Promise<number> {
  await caughtUp(wb, designId, 'copies')
  await caughtUp(wb, designId, 'starts')
  const added = await wb.store.events.readAll(0, { designId, types: ['Added'] })
  const theirs = added.filter(({ streamId }) => streamId !== 'Counter-copy')
  const copies = await streamOf(wb, designId, 'Counter-copy')
  expect(copies.map(({ metadata }) => metadata.causationId)).toEqual(
    theirs.map(({ metadata }) => metadata.messageId),
  )
  const runs = (await listRuns(wb, { design: designId, limit: 500 })).items
  expect(runs.map(({ id }) => id).sort()).toEqual(added.map((event) => reactionId('starts', event)).sort())
  return theirs.length
}

const document = withPolicies([startsMain(), copiesAdded()], [])

type Happens =
  | { readonly type: 'add'; readonly key: string }
  /** It is as if the engine had died with the last `back` of what was delivered not noted. */
  | { readonly type: 'die'; readonly back: number }

const happens: fc.Arbitrary<Happens> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('add' as const), key: fc.constantFrom('a', 'b') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('die' as const), back: fc.nat(12) }) },
)

describe('a policy', () => {
  it('reacts to each event once and in order, however often it is given again', async () => {
    const wb = await openTestWorkbench()
    await fc.assert(
      fc.asyncProperty(fc.array(happens, { minLength: 1, maxLength: 6 }), async (all) => {
        const designId = await storeDesign(wb, document)
        for (const one of all) {
          if (one.type === 'add') await add(wb, designId, one.key)
          else {
            await wb.policies.forget(designId)
            const head = await wb.store.events.head()
            const [first] = await wb.store.events.readAll(0, { designId, limit: 1 })
            const to = Math.max((first?.position ?? head + 1) - 1, head - one.back)
            for (const policy of ['starts', 'copies']) await rewind(wb, designId, policy, to)
            await wb.policies.of(await wb.catalogue.load(designId))
          }
        }
        const wanted = all.filter(({ type }) => type === 'add').length
        expect(await reactedOnce(wb, designId)).toBe(wanted)
      }),
      { numRuns: 40 },
    )
    expect(wb.defects).toEqual([])
    await wb.close()
  }, 60_000)

  it('reacts to what it missed when the workbench comes back', async () => {
    const path = temporaryDatabase()
    const first = await openTestWorkbench(path)
    const designId = await storeDesign(first, document)
    await add(first, designId, 'a')
    await reactedOnce(first, designId)
    // Closed, it gets nothing; the command is taken all the same.
    await first.policies.close()
    await add(first, designId, 'b')
    await add(first, designId, 'a')
    await first.close()
    const second = await openTestWorkbench(path)
    expect(await reactedOnce(second, designId)).toBe(3)
    expect([...first.defects, ...second.defects]).toEqual([])
    await second.close()
  })

  it.each([1, 4])(
    'whose server is killed at its reaction %i doubles and loses none',
    async (reaction) => {
      const path = temporaryDatabase()
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', fileURLToPath(new URL('policy-child.ts', import.meta.url)), `file:${path}`],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      let copied = 0
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        // What it did is on disk; that it was done is perhaps not noted yet.
        copied += text.split('\n').filter((line) => line === 'Counter-copy').length
        if (copied >= reaction) child.kill('SIGKILL')
      })
      await once(child, 'close')
      expect(child.signalCode).toBe('SIGKILL')
      const wb = await openTestWorkbench(path)
      const [design] = await wb.store.designs.list({ limit: 1 })
      expect(await reactedOnce(wb, design?.id ?? '')).toBeGreaterThanOrEqual(reaction)
      expect(wb.defects).toEqual([])
      await wb.close()
    },
    60_000,
  )
})
