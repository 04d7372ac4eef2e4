import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const schemaPath = join(root, 'prisma/schema.prisma')
const outputPath = join(root, 'server/store/generated')
const stampPath = join(outputPath, '.stamp')

/** What the generated client depends on: the schema and the generator's own version. */
function fingerprint() {
  const prisma = createRequire(import.meta.url)('prisma/package.json')
  return createHash('sha256')
    .update(prisma.version)
    .update('\0')
    .update(readFileSync(schemaPath))
    .digest('hex')
}

/**
 * Writes the Prisma client into server/store/generated, offline, unless the one there is of this very schema.
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<{ generated: boolean }>} false when it was fresh
 * @throws {Error} with the output of `prisma generate` when that fails
 */
export async function generate(options = {}) {
  const hash = fingerprint()
  const fresh = existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash
  if (fresh && !options.force) return { generated: false }
  await runPrisma(['generate', '--schema', schemaPath])
  writeFileSync(stampPath, hash)
  return { generated: true }
}

/** @param {readonly string[]} args */
function runPrisma(args) {
  const packagePath = createRequire(import.meta.url).resolve('prisma/package.json')
  const cli = join(dirname(packagePath), 'build/index.js')
  const env = {
    ...process.env,
    // `generate` never runs the schema engine, yet downloads it unless a path to an executable is given.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(undefined)
      else reject(new Error(`prisma ${args[0]} ended with ${code}:\n${output}`))
    })
  })
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const { generated } = await generate({ force: process.argv.includes('--force') })
  console.log(generated ? 'Generated the Prisma client.' : 'The Prisma client is fresh.')
}
