import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'
import { giveUp } from './say.mjs'

/** Writes what is generated (the Prisma client). Imported late: it needs the installed packages. */
export async function ensureGenerated() {
  if (!existsSync(join(root, 'scripts/generate.mjs'))) return
  try {
    const { generate } = await import('../generate.mjs')
    await generate()
  } catch (error) {
    giveUp(`Generating the database client failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
