import { runStream } from '@/core/aggregate/stream'
import { WorkbenchError } from '@/core/errors'
import type { Store } from '../store/contract'

/**
 * Whether a run came from a file. Then it is history: what it was owed by the world was owed elsewhere, and nothing of it
 * is performed here. A fork of it is a run of this server.
 */
export async function isImportedRun(store: Store, designId: string, runId: string): Promise<boolean> {
  const importedTo = store.imports.importedTo(designId)
  if (importedTo === 0) return false
  const [first] = await store.events.read(designId, runStream(runId), { limit: 1 })
  return first !== undefined && first.position <= importedTo
}

export const runImported = (runId: string): WorkbenchError =>
  new WorkbenchError(
    'RUN_IMPORTED',
    `Run "${runId}" came from a file and stays as it was. Fork it to go on from any of its events.`,
  )
