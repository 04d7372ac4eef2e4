import { codeEvent } from '@/core/aggregate/handle'
import { createRowsFolding } from '@/core/projection/folding'
import { type ChangedProjection, compareRows } from '@/core/travel'
import { TRAVEL_LIMITS } from '@/core/travel/limits'
import { type Checked, type CheckParts, SHOWN } from './effect'

/** Rows are compared now and then while a long log is folded, events. */
const COMPARE_EVERY = 5_000
/** Events that cross into the sandbox at once: between two crossings the check can be given up. */
const SLICE = 250

/** Folds the log anew into the rows of an edited read model, from the beginning, beside the rows of before. */
export async function refoldRows(parts: CheckParts, { before, after }: ChangedProjection): Promise<void> {
  const { code, history, baseline, edited, program, signal, tell } = parts
  const types = [...new Set([...Object.keys(before.on), ...Object.keys(after.on)])]
  const was = createRowsFolding(code, {
    program: baseline.program,
    design: baseline.design,
    projection: before,
  })
  const now = createRowsFolding(code, { program, design: edited, projection: after })
  let checked = 0
  let compared = 0
  const say = (total: number, ended: Checked['ended']) => {
    const changes = compareRows(was.rows, now.rows)
    compared = checked
    tell({
      kind: 'projection',
      id: after.id,
      events: { checked, total, ended },
      rows: new Set([...was.rows.keys(), ...now.rows.keys()]).size,
      changed: changes.length,
      shown: changes.slice(0, SHOWN),
      fault: now.fault,
      faultBefore: was.fault,
    })
  }
  say(0, 'no')
  let all = 0
  for await (const { items, total } of history.events(types, signal)) {
    all = total
    for (let at = 0; at < items.length; at += SLICE) {
      const seen = items.slice(at, at + SLICE).map(codeEvent)
      await Promise.all([was.feed(seen), now.feed(seen)])
      if (signal.aborted) return
    }
    checked += items.length
    if (checked < total && checked >= TRAVEL_LIMITS.refoldEvents) return say(total, 'limit')
    if (now.fault && was.fault) return say(total, checked < total ? 'breaks' : 'all')
    if (compared === 0 || checked - compared >= COMPARE_EVERY) say(total, 'no')
  }
  say(all, 'all')
}
