import { aggregateStream } from '@/core/aggregate/stream'
import type { CodeRunner } from '@/core/code/contract'
import { WorkbenchError } from '@/core/errors'
import type { Json } from '@/core/json'
import type { RecordedEvent } from '@/core/log/event'
import { ok, type Result } from '@/core/result'
import { LIMITS } from '../limits'
import { randomBytesFromPool } from '../random-bytes'
import type { Store } from '../store/contract'
import { type AggregateReader, createAggregateReader } from './aggregate-reader'
import { type CommandDecision, type CommandRejection, createCommandDecider } from './command-decider'
import type { CommandMessage } from './command-records'
import { inTurn } from './in-turn'
import type { LoadedDesign } from './loaded-design'
import { readStream } from './read-stream'
import { timedId } from './run-id'

export interface AcceptedCommand {
  readonly version: number
  readonly events: readonly RecordedEvent[]
  readonly state: Json
}

type Answered = Result<AcceptedCommand, CommandRejection>

export interface Aggregates extends Pick<AggregateReader, 'stateAt'> {
  /**
   * Gives the first answer, or loads and decides; writes nothing. The caller appends, perhaps with something else, and
   * asks again on a conflict.
   */
  decide(loaded: LoadedDesign, message: CommandMessage): Promise<Result<CommandDecision, CommandRejection>>
  /**
   * Load, decide, append at the loaded version; on a conflict again, a few times. Commands to one instance take turns.
   * @throws {WorkbenchError} COMMAND_CONFLICT when it never got through
   */
  handle(loaded: LoadedDesign, message: CommandMessage): Promise<Answered>
}

export function createAggregates(store: Store, code: CodeRunner): Aggregates {
  const reader = createAggregateReader(store, code)
  const { judge, firstAnswer } = createCommandDecider(store.events, code, reader)
  const turns = inTurn()

  /** The first answer, if there is one, with its events as they stand in the log. */
  async function before(loaded: LoadedDesign, message: CommandMessage): Promise<Answered | null> {
    const first = await firstAnswer(loaded, message)
    if (!first?.ok) return first
    const { stream, version, state, events } = first.value
    const from = version - events.length + 1
    return ok({ version, state, events: await readStream(store.events, loaded.id, stream, from, version) })
  }

  /**
   * Whether a command came before is not asked of every one: its record's message id tells when it is appended, and
   * only then, or where nothing is appended, is it looked up.
   */
  async function once(loaded: LoadedDesign, message: CommandMessage): Promise<Answered> {
    const decided = await judge(loaded, message)
    const { appends } = decided.ok ? decided.value : decided.error
    if (!decided.ok && appends.length === 0) return (await before(loaded, message)) ?? decided
    try {
      const answer = await store.events.append(appends)
      const first = answer.repeated ? await before(loaded, message) : null
      if (first) return first
      if (!decided.ok) return decided
      const { version, state, stream } = decided.value
      const events = answer.events.filter(({ streamId }) => streamId === stream)
      reader.appended(loaded, stream, events)
      return ok({ version, state, events })
    } catch (error) {
      const reused = error instanceof WorkbenchError && error.code === 'MESSAGE_ID_REUSED'
      const first = reused ? await before(loaded, message) : null
      if (first) return first
      throw error
    }
  }

  async function tryUntilThrough(loaded: LoadedDesign, message: CommandMessage): Promise<Answered> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(loaded, message)
      } catch (error) {
        if (!(error instanceof WorkbenchError && error.code === 'WRONG_EXPECTED_VERSION')) throw error
        if (attempt >= LIMITS.commandRetries)
          throw conflict(
            message,
            `was changed by others ${attempt} times while this command was decided`,
            error,
          )
      }
    }
  }

  return {
    stateAt: reader.stateAt,
    decide: async (loaded, message) => (await firstAnswer(loaded, message)) ?? (await judge(loaded, message)),
    async handle(loaded, message) {
      const name = `${loaded.id}/${aggregateStream(message.aggregate, message.key)}`
      if (turns.waiting(name) >= LIMITS.commandsInTurn)
        throw conflict(message, `has ${LIMITS.commandsInTurn} commands waiting for their turn`)
      return turns.run(name, () => tryUntilThrough(loaded, message))
    },
  }
}

function conflict({ aggregate, key }: CommandMessage, why: string, cause?: unknown): WorkbenchError {
  const message = `${aggregateStream(aggregate, key)} ${why}. Send it again.`
  return new WorkbenchError('COMMAND_CONFLICT', message, {}, { cause })
}

/** An id for a command that came without one. */
export const newCommandId = (): string => timedId(Date.now(), randomBytesFromPool(10))
