import { WorkbenchError } from '../errors'
import type { ExpectedVersion } from './event'

/** Thrown when a stream is not at the version an append expects. Nothing was written. */
export class WrongExpectedVersionError extends WorkbenchError {
  override readonly name = 'WrongExpectedVersionError'
  constructor(
    readonly designId: string,
    readonly streamId: string,
    readonly expectedVersion: ExpectedVersion,
    /** 0 when there is no such stream. */
    readonly actualVersion: number,
  ) {
    super(
      'WRONG_EXPECTED_VERSION',
      `Stream ${streamId} is at version ${actualVersion}, not at ${expectedVersion}. Read it again and decide anew.`,
      { designId, streamId, expectedVersion, actualVersion },
    )
  }
}

/**
 * Thrown when an append carries a message id that stands for something else: it is twice in the append, or in
 * the log with another stream or type, or only some of the append's messages are in the log. Nothing was written.
 */
export class MessageIdReusedError extends WorkbenchError {
  override readonly name = 'MessageIdReusedError'
  constructor(readonly messageId: string) {
    super(
      'MESSAGE_ID_REUSED',
      `Message ${messageId} is already recorded as something else. Give every new message its own id.`,
      { messageId },
    )
  }
}
