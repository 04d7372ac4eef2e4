import { checkCommand, checkInstance, codeEvent, handleCall, initialPoint } from '../aggregate/handle'
import { aggregateStream } from '../aggregate/stream'
import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import type { Design } from '../design/document'
import { designProgram } from '../design/program'
import type { Issue } from '../errors'
import type { Json } from '../json'
import type { RecordedEvent } from '../log/event'
import { err, ok, type Result } from '../result'

export interface WorldCommand {
  readonly aggregate: string
  readonly key: string
  readonly type: string
  readonly payload: Json
  readonly commandId: string
  /** Epoch ms. */
  readonly at: number
  readonly correlationId?: string
  /** Given by whoever asks again under the same id after a refusal: then a refusal answers this attempt alone. */
  readonly attempt?: number
}

export interface WorldAnswer {
  readonly version: number
  readonly events: readonly RecordedEvent[]
  readonly state: Json
}

/** Why a command comes to nothing: the aggregate said no, it was not even asked, or its code is broken. */
export type WorldRefusal = {
  readonly code: string
  readonly message: string
} & ( // `state`: the one it was decided on; `rule`: the named rule that refused
  | { readonly kind: 'rejected'; readonly state: Json; readonly rule?: string }
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] }
  | { readonly kind: 'code'; readonly fault: CodeFault }
)

/** An event that is put into a stream without anybody having decided it. */
export interface GivenFact {
  readonly streamId: string
  readonly type: string
  readonly data: Json
  readonly schemaVersion: number
  readonly at: number
}

/**
 * The streams of a design in memory: commands are decided by the same code and the same crossing as on the server, and
 * nothing is kept. Made for one scenario, and thrown away.
 */
export class WorldStreams {
  readonly program: CodeProgram
  private readonly streams = new Map<string, RecordedEvent[]>()
  private readonly log: RecordedEvent[] = []
  /** Streams that commands went to, whatever came of them, in the order of the first. */
  private readonly asked = new Set<string>()
  /** By stream and command id, and for a refusal the attempt: the same command twice gets the first answer. */
  private readonly answered = new Map<string, Result<WorldAnswer, WorldRefusal>>()

  constructor(
    readonly design: Design,
    readonly code: CodeRunner,
  ) {
    this.program = designProgram(design)
  }

  /** Every event, in the order in which it was recorded. */
  get events(): readonly RecordedEvent[] {
    return this.log
  }

  /** The same, as user code sees them. */
  get codeEvents(): readonly CodeEvent[] {
    return this.log.map(codeEvent)
  }

  get askedStreams(): readonly string[] {
    return [...this.asked]
  }

  read(streamId: string): readonly RecordedEvent[] {
    return this.streams.get(streamId) ?? []
  }

  put({ streamId, type, data, schemaVersion, at }: GivenFact, correlationId = 'given'): RecordedEvent {
    const stream = this.streams.get(streamId) ?? []
    this.streams.set(streamId, stream)
    const position = this.log.length + 1
    const event: RecordedEvent = {
      type,
      data,
      designId: 'scenario',
      streamId,
      version: stream.length + 1,
      position,
      recordedAt: at,
      metadata: {
        messageId: `${correlationId}/${position}`,
        correlationId,
        causationId: correlationId,
        schemaVersion,
      },
    }
    stream.push(event)
    this.log.push(event)
    return event
  }

  /** Version that events of this type are written as now. */
  versionOf(aggregateId: string, type: string): number {
    const aggregate = this.design.aggregates.find(({ id }) => id === aggregateId)
    return aggregate?.events.find(({ name }) => name === type)?.version ?? 1
  }

  /** Load, decide, append: nobody else is there to be in conflict with. */
  async handle(command: WorldCommand): Promise<Result<WorldAnswer, WorldRefusal>> {
    const key = checkInstance(this.design, command.aggregate, command.key)
    if (!key.ok) return err(refused('COMMAND_PAYLOAD_INVALID', key.error))
    const checked = checkCommand(this.design, command.aggregate, command.type, command.payload)
    if (!checked.ok) {
      const { code, message } = checked.error
      return err(refused(code, message, 'issues' in checked.error ? checked.error.issues : []))
    }
    const { aggregate } = checked.value
    const streamId = aggregateStream(aggregate.id, command.key)
    this.asked.add(streamId)
    const stream = this.read(streamId)
    const asked = `${streamId}/${command.commandId}`
    const attempted = `${asked} ${command.attempt ?? ''}`
    const first = this.answered.get(asked) ?? this.answered.get(attempted)
    if (first) return first
    const { type, payload, at, commandId } = command
    const answer = await this.code.run(
      this.program,
      handleCall(aggregate, initialPoint(aggregate), stream.map(codeEvent), { type, payload, at, commandId }),
    )
    if (!answer.ok)
      return err({
        kind: 'code',
        code: answer.error.code,
        message: answer.error.message,
        fault: answer.error,
      })
    if (answer.value.kind === 'rejected') {
      const { code, message, before, rule } = answer.value
      const by = rule === undefined ? {} : { rule }
      const refusal = err<WorldRefusal>({ kind: 'rejected', code, message, state: before, ...by })
      this.answered.set(attempted, refusal)
      return refusal
    }
    const { state } = answer.value
    const events = answer.value.events.map((event) =>
      this.put(
        { streamId, ...event, schemaVersion: this.versionOf(aggregate.id, event.type), at },
        command.correlationId ?? commandId,
      ),
    )
    const accepted = ok({ version: this.read(streamId).length, events, state })
    this.answered.set(asked, accepted)
    return accepted
  }
}

const refused = (code: string, message: string, issues: readonly Issue[] = []): WorldRefusal => ({
  kind: 'refused',
  code,
  message,
  issues,
})
