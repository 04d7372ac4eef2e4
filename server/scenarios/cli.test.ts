import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findTemplate } from '@/examples'

const folder = mkdtempSync(join(tmpdir(), 'saga-scenarios-'))
const template = findTemplate('order-fulfilment')?.document
if (!template) throw new Error('the template')

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** The command as a person gives it; no server, no database. */
function run(
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: 'file:/nowhere/at/all.db' }
    execFile(process.execPath, ['scripts/scenarios.mjs', ...words], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
  })
}

const [refused, , , undone] = template.scenarios
if (refused?.type !== 'aggregate' || undone?.type !== 'saga') throw new Error('the scenarios')
const wrong = {
  ...template,
  name: 'Wrong',
  scenarios: [
    refused,
    { ...refused, id: 'other', name: 'Another rule', expect: { rejection: 'TooLate' } },
    { ...undone, id: 'nobody', name: 'No such saga', saga: 'nobody' },
  ],
}

describe('npm run scenarios', { timeout: 60_000 }, () => {
  it('prints each scenario and ends with 0 when all pass', async () => {
    const { code, out } = await run(file('good.json', template))
    expect(code).toBe(0)
    for (const { name } of template.scenarios) expect(out).toContain(`✓ ${name}`)
    expect(out).toContain(`${template.scenarios.length} passed`)
  })

  it('says what is different and what is broken, goes on after a document that is none, and ends with 1', async () => {
    const { code, out } = await run(file('none.json', '{ "formatVersion": 1 '), file('wrong.json', wrong))
    expect(code).toBe(1)
    expect(out).toMatch(/none\.json\n {2}! /)
    expect(out).toContain('rejection: expected "TooLate", got "EmptyOrder"')
    expect(out).toContain('broken: SAGA_NOT_FOUND')
    expect(out).toContain('1 passed, 1 failed, 1 broken')
  })

  it('prints nothing but JSON for a program', async () => {
    const { code, out } = await run(
      '--json',
      file('wrong.json', wrong),
      file('empty.json', { formatVersion: 2 }),
    )
    expect(code).toBe(1)
    const [first, second] = JSON.parse(out).files
    expect(first).toMatchObject({ design: 'Wrong', answer: { passed: 1, failed: 1, broken: 1 } })
    expect(second.error).toContain('format version 2')
  })

  it('says how it is called', async () => {
    const { code, err } = await run('--verbose')
    expect([code, err]).toEqual([1, expect.stringContaining('Usage: npm run scenarios')])
  })
})
