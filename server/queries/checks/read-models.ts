import type { Projection } from '@/core/design/aggregate'
import { type Json, sameJson } from '@/core/json'
import { projectionHash } from '@/core/projection/fold'
import type { Counterexample } from '@/core/protocol'
import { followBatch, readBatch } from '../../engine/projection-batch'
import type { ProjectionProgress } from '../../engine/projection-runner'
import { LIMITS } from '../../limits'
import { type CheckParts, type Found, Tally } from './found'

/**
 * The rows of every projection are what its events up to the checkpoint come to, folded from zero; and it is on its way
 * to the events behind that.
 */
export async function checkReadModels(parts: CheckParts): Promise<Found> {
  const tally = new Tally()
  for (const projection of parts.loaded.design.projections) {
    const wrong = await wrongRows(parts, projection, tally)
    if (wrong) return tally.end({ ...wrong, projection: projection.id })
  }
  return tally.end()
}

async function wrongRows(
  parts: CheckParts,
  projection: Projection,
  tally: Tally,
): Promise<Counterexample | null> {
  const { wb, loaded } = parts
  const runner = await wb.projections.get(loaded, projection.id)
  const before = runner.progress
  if (!before) return null
  if (before.rebuilding !== null) {
    tally.partly(`${projection.id} is being rebuilt: look again when it is done.`)
    return null
  }
  const fold = new FoldFromZero(parts, projection)
  // Most of it is folded while the projection goes on; it stands still only for the rest, and to be read.
  await fold.upTo(before.state.checkpoint)
  const found = await runner.still(async (progress) => {
    await fold.upTo(progress.state.checkpoint)
    return compare(parts, projection, progress, fold, tally)
  })
  return found ?? null
}

async function compare(
  { wb, loaded, limits }: CheckParts,
  projection: Projection,
  { state, rebuilding }: ProjectionProgress,
  fold: FoldFromZero,
  tally: Tally,
): Promise<Counterexample | null> {
  const { id } = projection
  if (rebuilding !== null || state.definitionHash !== projectionHash(loaded.design, projection)) {
    tally.partly(`${id} is being rebuilt: look again when it is done.`)
    return null
  }
  if (fold.position < state.checkpoint) {
    tally.partly(
      `The rows of ${id} were not compared: they come from more than ${limits.checkEvents} events.`,
    )
    return null
  }
  tally.count('projections')
  tally.count('events', fold.events)
  if (fold.skipped > 0) tally.count('events passed over by hand', fold.skipped)
  const expected = new Map(fold.rows)
  let after: string | undefined
  let read = 0
  for (;;) {
    const page = await wb.store.projections.rows(loaded.id, id, state.generation, {
      limit: LIMITS.readMost,
      ...(after === undefined ? {} : { after }),
    })
    for (const { key, row } of page) {
      tally.count('rows')
      const wanted = expected.get(key)
      expected.delete(key)
      if (wanted !== undefined && sameJson(row, wanted)) continue
      return {
        message: `Row "${key}" of ${id} is not what the events up to ${state.checkpoint} come to.`,
        ...{ key, position: state.checkpoint, found: row },
        ...(wanted === undefined ? {} : { expected: wanted }),
      }
    }
    read += page.length
    after = page.at(-1)?.key
    if (page.length < LIMITS.readMost) break
    if (read >= limits.checkRows) {
      tally.partly(`Only the first ${read} rows of ${id} were compared.`)
      return standsStill(id, state, await wb.store.events.lag(loaded.id, state.checkpoint), tally)
    }
  }
  const [missing] = expected
  if (missing)
    return {
      message: `Row "${missing[0]}" is missing from ${id}: the events up to ${state.checkpoint} come to one.`,
      ...{ key: missing[0], position: state.checkpoint, expected: missing[1] },
    }
  return standsStill(id, state, await wb.store.events.lag(loaded.id, state.checkpoint), tally)
}

/** Eventually: only while it goes on. */
function standsStill(
  id: string,
  { status, checkpoint }: ProjectionProgress['state'],
  { lag }: { readonly lag: number },
  tally: Tally,
): Counterexample | null {
  if (lag === 0) return null
  const behind = `${lag} ${lag === 1 ? 'event is' : 'events are'} not in it yet`
  if (status !== 'running')
    return {
      message: `${id} is ${status} at ${checkpoint}: ${behind}, and will not be until somebody acts.`,
      position: checkpoint,
    }
  tally.note(`${id} has come to ${checkpoint}: ${behind}.`)
  return null
}

/** A second fold of a projection's events, in memory and up to a limit. */
class FoldFromZero {
  readonly rows = new Map<string, Json>()
  position = 0
  events = 0
  /** Events whose handler fails, behind which the projection has come all the same: somebody passed them over. */
  skipped = 0

  constructor(
    private readonly parts: CheckParts,
    private readonly projection: Projection,
  ) {}

  async upTo(checkpoint: number): Promise<void> {
    const { wb, loaded, limits } = this.parts
    while (this.position < checkpoint && this.events < limits.checkEvents) {
      const read = await readBatch(wb.store.events, loaded.id, this.position)
      const events = read.events
        .slice(0, limits.checkEvents - this.events)
        .filter(({ position }) => position <= checkpoint)
      if (events.length === 0) {
        if (read.fault && read.fault.position <= checkpoint) this.pass(read.fault.position)
        else return
        continue
      }
      const parts = { code: wb.code, loaded, projection: this.projection }
      const folded = await followBatch(parts, this.position, events, async (keys) =>
        Object.fromEntries(keys.flatMap((key) => this.entry(key))),
      )
      this.events += events.filter(({ position }) => position <= folded.checkpoint).length
      for (const [key, row] of Object.entries(folded.rows)) {
        if (row === null) this.rows.delete(key)
        else this.rows.set(key, row)
      }
      this.position = folded.checkpoint
      if (folded.fault) this.pass(folded.fault.position)
    }
  }

  private pass(position: number): void {
    this.skipped += 1
    this.events += 1
    this.position = position
  }

  private entry(key: string): readonly (readonly [string, Json])[] {
    const row = this.rows.get(key)
    return row === undefined ? [] : [[key, row]]
  }
}
