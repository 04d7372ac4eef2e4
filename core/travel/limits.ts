/** What looking back may take, on the server and in the page. The same on both sides, so that the page never asks for more. */
export const TRAVEL_LIMITS = {
  /** Commands in one what-if. */
  whatIfCommands: 50,
  /** Streams (of aggregates and runs) and read models shown at one position. */
  atStreams: 20,
  atProjections: 20,
  /** Rows of a read model given at a position; the others are counted. */
  atRows: 200,
  /** Events folded anew for one read model, when its present rows are of a later position. */
  atFoldEvents: 20_000,
  /** One slice of history: whole streams, up to this many of them and this many events. */
  sliceStreams: 50,
  sliceEvents: 2_000,
  /** Events of one stream that an edit is checked against. */
  streamEvents: 2_000,
  /** What an edit is checked against at most: the streams that changed last, the events from the beginning. */
  refoldStreams: 1_000,
  refoldEvents: 20_000,
} as const
