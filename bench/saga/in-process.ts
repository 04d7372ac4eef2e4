import { createDesign } from '@/server/commands/designs'
import { awaitRun, startRun } from '@/server/commands/runs'
import { openWorkbench, type Workbench } from '@/server/workbench'
import { benchDesign, ENDS, startOf, type Variant } from './bench-design'

/** Runs one saga from its start to its end, as a caller sees it. */
export interface Runner {
  run(variant: Variant): Promise<void>
  close(): Promise<void>
}

export const openBench = (path: string): Promise<Workbench> =>
  openWorkbench({
    databaseUrl: `file:${path}`,
    onDefect(error, about) {
      throw new Error(`a defect in ${about}`, { cause: error })
    },
  })

/** Through the commands, in this process: what the HTTP interface calls. */
export async function inProcess(path: string): Promise<Runner> {
  const wb = await openBench(path)
  const { id } = await createDesign(wb, { document: benchDesign })
  return {
    async run(variant) {
      const run = await startRun(wb, id, startOf(variant))
      checkEnding(variant, (await awaitRun(wb, id, run.id, 30_000)).status)
    },
    close: () => wb.close(),
  }
}

/** A bench that measures the wrong thing must not give a figure. */
export function checkEnding(variant: Variant, status: string): void {
  if (status !== ENDS[variant]) throw new Error(`a run that ${variant} ended ${status}`)
}
