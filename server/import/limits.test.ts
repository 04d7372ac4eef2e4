import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDesign } from '@/core/design/document'
import { logHeader } from '@/core/log/file'
import { importLog } from '../commands/import-log'
import { loadDesign } from '../engine/loaded-design'
import { chain, designOf, openTestWorkbench, step } from '../engine/testing'
import { createLogChecker } from './log-checker'
import { readLines } from './read-lines'

async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(from, from + size)
    from += size
  }
}

async function linesOf(text: string, sizes: readonly number[], limits?: Parameters<typeof readLines>[1]) {
  const lines: string[] = []
  for await (const some of readLines(cut(text, sizes), limits))
    for (const { number, bytes } of some) lines.push(`${number}:${bytes.toString('utf8')}`)
  return lines
}

describe('the lines of a file', () => {
  it('are the same wherever the network cuts it, letters of several bytes too', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((one) => !/[\r\n]/.test(one))
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 10 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.boolean(),
        async (lines, sizes, ended) => {
          const wanted = lines.flatMap((text, index) =>
            Buffer.from(text).toString('latin1').trim() === '' ? [] : [`${index + 1}:${text}`],
          )
          expect(await linesOf(lines.join('\n') + (ended ? '\n' : ''), sizes)).toEqual(wanted)
        },
      ),
    )
  })

  it('are refused when there is too much of them, before it is held', async () => {
    const limits = { importBytes: 100, importLineBytes: 20 } as never
    await expect(linesOf('12345\n'.repeat(20), [7], limits)).rejects.toMatchObject({
      code: 'IMPORT_TOO_LARGE',
    })
    await expect(linesOf(`1\n${'2'.repeat(21)}`, [4], limits)).rejects.toMatchObject({
      code: 'IMPORT_LINE_TOO_LONG',
      details: { line: 2 },
    })
  })
})

describe('a log', () => {
  const parsed = parseDesign(designOf([step('a')], chain('start', 'a')))
  if (!parsed.ok) throw new Error('the design of this test is none')
  const here = loadDesign('d', 1, parsed.value)
  const header = logHeader({ id: 'd', name: 'D', version: 1 }, null, null)
  const started = { saga: 'main', designVersion: 1, input: {}, seed: 's', mode: 'live', faults: [], at: 1 }
  const event = (index: number) => ({
    position: index,
    streamId: `run-${index}`,
    version: 1,
    type: 'SagaStarted',
    data: started,
    metadata: { messageId: `m${index}`, correlationId: 'c', causationId: 'c', schemaVersion: 1 },
    recordedAt: 1,
  })

  it.each([
    ['events', { importLines: 3, importOpenRuns: 100 }],
    ['runs that have not ended', { importLines: 100, importOpenRuns: 3 }],
  ])('may have so many %s and no more', async (_what, limits) => {
    const checker = createLogChecker(async () => here, 10, limits as never)
    const check = (value: object, number: number) =>
      checker.check({ number, bytes: Buffer.from(JSON.stringify(value)) })
    await check(header, 1)
    for (const index of [1, 2, 3]) await check(event(index), index + 1)
    await expect(check(event(4), 5)).rejects.toMatchObject({ code: 'IMPORT_TOO_LARGE', details: { line: 5 } })
  })

  it('waits for no third while two are imported', async () => {
    const wb = await openTestWorkbench()
    const held: (() => void)[] = []
    async function* slow(): AsyncGenerator<Buffer> {
      yield Buffer.from('\n')
      await new Promise<void>((resolve) => held.push(resolve))
    }
    const two = [importLog(wb, null, slow()), importLog(wb, null, slow())]
    await expect(importLog(wb, null, slow())).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    await expect.poll(() => held.length).toBe(2)
    const refused = two.map((one) => expect(one).rejects.toMatchObject({ code: 'IMPORT_HEADER_INVALID' }))
    for (const go of held) go()
    await Promise.all(refused)
    await expect(importLog(wb, null, cut('{}', [1]))).rejects.toMatchObject({ code: 'IMPORT_HEADER_INVALID' })
    await wb.close()
  })
})
