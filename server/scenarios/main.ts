import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { parseDesign } from '@/core/design/document'
import type { ScenariosAnswer } from '@/core/protocol'
import { createServerCodeRunner } from '../sandbox/runner'
import { runAll } from './run-all'
import { scenarioLines } from './words'

/**
 * `npm run scenarios -- FILE…`: runs the scenarios of design documents, with no server and no database. Ends with 1
 * when a document cannot be read or a scenario does not pass.
 */
const files = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const isJson = process.argv.includes('--json')
const code = createServerCodeRunner()

interface Checked {
  readonly file: string
  readonly design?: string
  /** Why the document is none. */
  readonly error?: string
  readonly answer?: ScenariosAnswer
}

const checked: Checked[] = []
for (const file of files) {
  const one = await check(file)
  checked.push(one)
  if (!isJson) process.stdout.write(`${linesOf(one).join('\n')}\n`)
}
await code.close()
if (isJson) process.stdout.write(`${JSON.stringify({ files: checked }, null, 2)}\n`)
process.exitCode = checked.every(({ answer }) => answer && answer.failed + answer.broken === 0) ? 0 : 1

async function check(file: string): Promise<Checked> {
  let document: unknown
  try {
    document = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    return { file, error: error instanceof Error ? error.message : String(error) }
  }
  const parsed = parseDesign(document)
  if (!parsed.ok) {
    const issues = parsed.error.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`)
    return { file, error: `not a design: ${issues.join('; ')}` }
  }
  const design = parsed.value
  return { file, design: design.name, answer: await runAll(design, design.scenarios, code) }
}

function linesOf({ file, design, error, answer }: Checked): readonly string[] {
  const inside = relative(process.cwd(), file)
  const shown = inside.startsWith('..') ? file : inside
  if (!answer) return [shown, `  ! ${error ?? 'cannot be read'}`, '']
  const { passed, failed, broken, results } = answer
  const more = [...(failed > 0 ? [`${failed} failed`] : []), ...(broken > 0 ? [`${broken} broken`] : [])]
  const sum = results.length === 0 ? 'It has no scenarios.' : [`${passed} passed`, ...more].join(', ')
  return [`${design} (${shown})`, ...results.flatMap(scenarioLines), `  ${sum}`, '']
}
