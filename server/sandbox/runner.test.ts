import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { createServerCodeRunner } from './runner'

const call = (fn: string, ...args: number[]) => ({ kind: 'call', fn, args }) as const
const functions = { add: '(a, b) => a + b', native: "() => new Array(1e9) + ''", loop: '() => { for (;;); }' }

describe('the server runner', () => {
  it('answers many calls of many programs, each its own', async () => {
    const runner = createServerCodeRunner()
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        runner.run({ functions: { f: `(a) => a + ${i % 150}` } }, { kind: 'call', fn: 'f', args: [1000] }),
      ),
    )
    expect(answers.map((answer) => answer.ok && answer.value.kind === 'value' && answer.value.value)).toEqual(
      Array.from({ length: 300 }, (_, i) => 1000 + (i % 150)),
    )
    await runner.close()
  })

  it('faults only the call that hung: those before and after it in the same message are answered', async () => {
    const runner = createServerCodeRunner({ size: 1 })
    const program = { functions }
    const answers = await Promise.all([
      runner.run(program, call('add', 1, 1)),
      runner.run(program, call('native')),
      runner.run(program, call('add', 2, 2)),
      runner.run(program, call('loop')),
      runner.run(program, call('add', 3, 3)),
    ])
    expect(
      answers.map((answer) =>
        answer.ok ? answer.value.kind === 'value' && answer.value.value : answer.error.code,
      ),
    ).toEqual([2, 'CODE_TIMEOUT', 4, 'CODE_OUT_OF_FUEL', 6])
    await runner.close()
  })

  it('counts the time of each call alone, not that of its message', async () => {
    const runner = createServerCodeRunner({ size: 1, limits: { timeMs: 100 } })
    // each sorts for some milliseconds; all of them together take far longer than one may
    const functions = { busy: '() => { for (let i = 0; i < 60000; i++) Math.max(i, 2); return 1 }' }
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => runner.run({ functions }, call('busy'))),
    )
    expect(answers.filter((answer) => !answer.ok)).toEqual([])
    await runner.close()
  })

  it('answers CODE_TIMEOUT for what is under way when it closes, and afterwards', async () => {
    const runner = createServerCodeRunner({ size: 1 })
    await runner.run({ functions }, call('add', 1, 1))
    const open = [runner.run({ functions }, call('native')), runner.run({ functions }, call('add', 1, 1))]
    await runner.close()
    for (const answer of [...(await Promise.all(open)), await runner.run({ functions }, call('add', 1, 1))]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'CODE_TIMEOUT' } })
    }
  })

  it('works from a built bundle, with its worker beside it, and lets the process end without being closed', async () => {
    const root = path.resolve(import.meta.dirname, '../..')
    const folder = mkdtempSync(path.join(os.tmpdir(), 'sandbox-'))
    try {
      writeFileSync(
        path.join(folder, 'main.ts'),
        `import { createServerCodeRunner } from '@/server/sandbox/runner'
        const runner = createServerCodeRunner()
        const run = () => runner.run({ functions: { f: '() => 7' } }, { kind: 'call', fn: 'f', args: [] })
        console.log(JSON.stringify(await Promise.all([run(), run(), run()])))`,
      )
      symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
      await build({
        entryPoints: {
          main: path.join(folder, 'main.ts'),
          'sandbox-worker': path.join(root, 'server/sandbox/worker.ts'),
        },
        outdir: folder,
        outExtension: { '.js': '.mjs' },
        bundle: true,
        platform: 'node',
        format: 'esm',
        packages: 'external',
        alias: { '@': root },
      })
      const { stdout } = await promisify(execFile)(process.execPath, [path.join(folder, 'main.mjs')])
      const seven = { ok: true, value: { kind: 'value', value: 7 } }
      expect(JSON.parse(stdout)).toEqual([seven, seven, seven])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
