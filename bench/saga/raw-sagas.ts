import { inFolder } from '../support/in-folder'
import { type Round, summarize } from '../support/rounds'
import { type Appends, openRawLog, rawRow } from './raw-rows'

/**
 * The ceiling: the same rows in the same table, on disk append by append, from a loop that interprets nothing.
 * `concurrency` sagas go side by side and share each commit.
 */
export const rawSagas = (appends: Appends, concurrency: number, seconds: number): Promise<Round> =>
  inFolder(async (path) => {
    const log = await openRawLog(path)
    const durations: number[] = []
    let position = 0
    let first = 0
    const start = performance.now()
    while (performance.now() - start < seconds * 1_000) {
      const before = performance.now()
      const sagas = Array.from({ length: concurrency }, (_, index) => first + index)
      for (const append of appends)
        log.write(sagas.flatMap((saga) => append.map((event) => rawRow(event, saga, ++position))))
      const took = performance.now() - before
      for (const _ of sagas) durations.push(took)
      first += concurrency
    }
    const round = summarize(durations, performance.now() - start)
    log.close()
    return round
  })
