import { CHECKS, type CheckAnswer, type CheckName, type ChecksAnswer } from '@/core/protocol'
import { assertNever } from '@/core/result'
import { turnstile } from '../../engine/turnstile'
import { LIMITS } from '../../limits'
import type { Workbench } from '../../workbench'
import { checkCommands } from './commands'
import { checkEventSourcing } from './event-sourcing'
import { breathe, type CheckLimits, type CheckParts, type Found } from './found'
import { type ReadLog, readLog } from './read-log'
import { checkReadModels } from './read-models'
import { checkSnapshots } from './snapshots'

/** One at a time: a check reads as much as it may. */
const inTurn = turnstile(1)

/**
 * Puts a design's recorded data to the test, now: nothing of it is kept, and nothing is changed.
 * @throws {WorkbenchError} DESIGN_NOT_FOUND
 */
export function runChecks(
  wb: Workbench,
  designId: string,
  names: readonly CheckName[] = CHECKS,
  limits: CheckLimits = LIMITS,
): Promise<ChecksAnswer> {
  return inTurn(async () => {
    const parts = { wb, loaded: await wb.catalogue.load(designId), limits }
    const { head } = await wb.store.events.lag(designId, Number.MAX_SAFE_INTEGER)
    let log: Promise<ReadLog> | null = null
    const theLog = () => {
      log ??= readLog(parts)
      return log
    }
    const checks: CheckAnswer[] = []
    for (const check of CHECKS.filter((one) => names.includes(one))) {
      await breathe()
      const at = Date.now()
      const began = performance.now()
      const found = await one(parts, check, theLog)
      const tookMs = Math.round(performance.now() - began)
      checks.push({ check, outcome: outcomeOf(found), ...found, at, tookMs })
    }
    return { head, checks }
  })
}

function one(parts: CheckParts, check: CheckName, log: () => Promise<ReadLog>): Promise<Found> {
  switch (check) {
    case 'command_consistency':
      return log().then((read) => checkCommands(parts, read))
    case 'query_eventual_consistency':
      return checkReadModels(parts)
    case 'snapshot_consistency':
      return checkSnapshots(parts)
    case 'event_sourcing_correctness':
      return log().then((read) => checkEventSourcing(parts, read))
    default:
      return assertNever(check)
  }
}

function outcomeOf({ counterexample, checked }: Found): CheckAnswer['outcome'] {
  if (counterexample) return 'violated'
  return Object.values(checked).some((many) => many > 0) ? 'holds' : 'nothing'
}
