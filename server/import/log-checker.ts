import { parseDesign } from '@/core/design/document'
import { WorkbenchError } from '@/core/errors'
import { asJson, type Json, sameJson } from '@/core/json'
import { nestsDeeperThan } from '@/core/json-depth'
import {
  designLineSchema,
  type EventLine,
  eventLineSchema,
  LOG_FORMAT,
  LOG_FORMAT_VERSION,
  type LogHeader,
  logHeaderSchema,
} from '@/core/log/file'
import { parseWith } from '@/core/parse'
import { type LoadedDesign, loadDesign } from '../engine/loaded-design'
import { LIMITS } from '../limits'
import type { Line } from './read-lines'
import { refusal } from './refusal'
import { createRunChecker } from './run-checker'

/** A version of the design that came with the log. */
export interface DesignInFile {
  readonly version: number
  readonly name: string
  readonly document: Json
}

export interface CheckedLog {
  readonly header: LogHeader
  readonly versions: ReadonlyMap<number, DesignInFile>
  readonly events: number
  readonly streams: number
  readonly runs: ReadonlySet<string>
}

export interface LogChecker {
  /** The id that the design had where the log was written; known with the first line. */
  readonly from: string
  /** @returns the event of this line; null for the lines that are none */
  check(line: Line): Promise<EventLine | null>
  /** The file is at its end. @throws {WorkbenchError} IMPORT_HEADER_INVALID, IMPORT_INCOMPLETE */
  end(): CheckedLog
}

/**
 * Reads a log line by line and believes nothing of it.
 * @param versionHere a version of the design that the log is to go into; null when there is none, or no such design
 * @param now epoch ms
 */
export function createLogChecker(
  versionHere: (version: number) => Promise<LoadedDesign | null>,
  now: number,
  limits: Pick<typeof LIMITS, 'importLines' | 'importOpenRuns'> = LIMITS,
): LogChecker {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const versions = new Map<number, DesignInFile>()
  const plans = new Map<number, LoadedDesign>()
  const streams = new Map<string, number>()
  const messages = new Set<string>()
  let header: LogHeader | null = null
  let events = 0
  let before = { position: 0, recordedAt: 0 }

  const runs = createRunChecker(limits.importOpenRuns, async (version, saga, line) => {
    const loaded = plans.get(version) ?? (await find(version, line))
    plans.set(version, loaded)
    try {
      return loaded.plan(saga)
    } catch (error) {
      const why = error instanceof WorkbenchError ? error.message.replace(/\.$/, '') : 'it has no such saga'
      throw refusal('IMPORT_RUN_INVALID', line, why)
    }
  })

  /** What a run was started with must be known, and be the same here and in the file. */
  async function find(version: number, line: number): Promise<LoadedDesign> {
    const inFile = versions.get(version)
    const here = await versionHere(version)
    if (inFile && here && !sameJson(inFile.document, asJson(here.design)))
      throw refusal(
        'IMPORT_DESIGN_MISMATCH',
        line,
        `version ${version} of this design is not the one that the run was started with. Import the log as a new design`,
      )
    if (here) return here
    const parsed = inFile ? parseDesign(inFile.document) : null
    if (!parsed?.ok)
      throw refusal(
        'IMPORT_DESIGN_MISMATCH',
        line,
        `the run was started with version ${version} of its design, which is neither here nor in the file`,
      )
    return loadDesign('imported', version, parsed.value)
  }

  function parse({ number, bytes }: Line): Record<string, unknown> {
    let value: unknown
    try {
      const text = decoder.decode(bytes)
      if (nestsDeeperThan(LIMITS.bodyDepth, text))
        throw refusal('IMPORT_LINE_INVALID', number, `it nests deeper than ${LIMITS.bodyDepth} levels`)
      value = JSON.parse(text)
    } catch (error) {
      if (error instanceof WorkbenchError) throw error
      throw refusal('IMPORT_LINE_INVALID', number, 'it is not JSON')
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw refusal('IMPORT_LINE_INVALID', number, 'it is not an object')
    return value as Record<string, unknown>
  }

  function readHeader(value: Record<string, unknown>, line: number): LogHeader {
    if (value.format === LOG_FORMAT && value.formatVersion !== LOG_FORMAT_VERSION)
      throw new WorkbenchError(
        'UNSUPPORTED_FORMAT_VERSION',
        `Line ${line}: this log has format version ${String(value.formatVersion)}; this workbench reads ${LOG_FORMAT_VERSION}.`,
        { line },
      )
    const parsed = parseWith(logHeaderSchema, value)
    if (!parsed.ok)
      throw refusal(
        'IMPORT_HEADER_INVALID',
        line,
        `a log begins with a line of format "${LOG_FORMAT}". ${said(parsed.error)}`,
      )
    return parsed.value
  }

  function readDesign(value: unknown, line: number): void {
    const parsed = parseWith(designLineSchema, value)
    if (!parsed.ok) throw refusal('IMPORT_LINE_INVALID', line, said(parsed.error))
    const { version, name, document } = parsed.value.design
    const design = parseDesign(document)
    if (!design.ok)
      throw refusal('IMPORT_LINE_INVALID', line, `its design is no design document: ${said(design.error)}`)
    if (versions.has(version))
      throw refusal('IMPORT_LINE_INVALID', line, `version ${version} of the design came before`)
    versions.set(version, { version, name, document: asJson(design.value) })
  }

  function checkOrder({ position, recordedAt, streamId, version, metadata }: EventLine, line: number): void {
    if (position <= before.position)
      throw refusal(
        'IMPORT_POSITION_ORDER',
        line,
        `position ${position} comes after position ${before.position}`,
      )
    if (recordedAt < before.recordedAt)
      throw refusal('IMPORT_TIME_ORDER', line, 'it was recorded earlier than the event before it')
    if (recordedAt > now + LIMITS.importClockSkewMs)
      throw refusal('IMPORT_TIME_ORDER', line, "it was recorded in the future, by this server's clock")
    const expected = (streams.get(streamId) ?? 0) + 1
    if (version !== expected)
      throw refusal(
        'IMPORT_VERSION_GAP',
        line,
        `stream ${streamId} goes on with version ${expected}, not with ${version}`,
      )
    if (messages.has(metadata.messageId))
      throw refusal('IMPORT_MESSAGE_TWICE', line, `message ${metadata.messageId} came before`)
    before = { position, recordedAt }
    streams.set(streamId, version)
    messages.add(metadata.messageId)
  }

  return {
    get from() {
      return header?.design.id ?? ''
    },
    async check(line) {
      const value = parse(line)
      if (header === null) {
        header = readHeader(value, line.number)
        return null
      }
      if ('design' in value) {
        readDesign(value, line.number)
        return null
      }
      const parsed = parseWith(eventLineSchema, value)
      if (!parsed.ok) throw refusal('IMPORT_LINE_INVALID', line.number, said(parsed.error))
      const event = parsed.value as EventLine
      if (events >= limits.importLines)
        throw new WorkbenchError('IMPORT_TOO_LARGE', `A log may have at most ${limits.importLines} events.`, {
          line: line.number,
        })
      checkOrder(event, line.number)
      await runs.check(event, line.number)
      events += 1
      return event
    },

    end() {
      if (header === null) throw refusal('IMPORT_HEADER_INVALID', 1, 'the file is empty')
      if (header.events !== null && header.events !== events)
        throw new WorkbenchError(
          'IMPORT_INCOMPLETE',
          `The first line promises ${header.events} events, and the file has ${events}: it was cut off or changed.`,
          { line: 1 },
        )
      return { header, versions, events, streams: streams.size, runs: runs.runs }
    },
  }
}

function said(
  issues: readonly { readonly path: readonly (string | number)[]; readonly message: string }[],
): string {
  const [first] = issues
  return `${first?.path.join('.') || 'it'}: ${first?.message ?? 'is not as it should be'}`
}
