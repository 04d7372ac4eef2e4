import type { JsonDifference } from '@/core/json-differences'
import type { PartResult, ScenarioResult } from '@/core/scenario'

const SIGN = { passed: '✓', failed: '✗', broken: '!' } as const

/** One scenario as a person reads it: a line, and beneath one that did not pass, what is different and where. */
export function scenarioLines(result: ScenarioResult & { readonly durationMs: number }): readonly string[] {
  const { status, name, type, parts, problem, durationMs } = result
  const own = `  ${SIGN[status]} ${name} (${type}, ${durationMs} ms)`
  if (problem) {
    const where = problem.fn === undefined ? '' : ` in ${problem.fn}`
    const line = problem.line === undefined ? '' : `, line ${problem.line}`
    return [
      own,
      `      broken: ${problem.code}${where}${line}: ${problem.message}`,
      ...(problem.issues ?? []).map(({ path, message }) => `        ${path.join('.') || 'it'}: ${message}`),
    ]
  }
  return [own, ...parts.filter(({ passed }) => !passed).flatMap(partLines)]
}

function partLines({ part, differences, note }: PartResult): readonly string[] {
  return [
    ...differences.map((difference) => `      ${placeOf(part, difference)}: ${sidesOf(difference)}`),
    ...(note === undefined ? [] : [`      ${note}`]),
  ]
}

/** `events[1].data.total` */
const placeOf = (part: string, { path }: JsonDifference): string =>
  path.reduce<string>((text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${step}`), part)

const sidesOf = ({ expected, actual }: JsonDifference): string =>
  `expected ${short(expected)}, got ${short(actual)}`

/** Longest value that is written out, characters. */
const LONGEST = 120

function short(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
