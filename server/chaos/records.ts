import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What the witness writes down. Only what was acknowledged: the rest may or may not have happened. */
export const recordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('design'), designId: z.string() }),
  z.object({ kind: z.literal('run'), designId: z.string(), runId: z.string() }),
  z.object({
    kind: z.literal('command'),
    designId: z.string(),
    key: z.string(),
    commandId: z.string(),
    version: z.number().int(),
  }),
  /** A person's act, and the run's last event after it. */
  z.object({ kind: z.literal('act'), designId: z.string(), runId: z.string(), seq: z.number().int() }),
  z.object({ kind: z.literal('effect'), name: z.string(), key: z.string().nullable() }),
])

export type WitnessRecord = z.infer<typeof recordSchema>
export type RecordOf<Kind extends WitnessRecord['kind']> = Extract<WitnessRecord, { kind: Kind }>

export function readRecords(file: string): readonly WitnessRecord[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recordSchema.parse(JSON.parse(line)))
}

export const ofKind = <Kind extends WitnessRecord['kind']>(
  records: readonly WitnessRecord[],
  kind: Kind,
): readonly RecordOf<Kind>[] => records.filter((one): one is RecordOf<Kind> => one.kind === kind)
