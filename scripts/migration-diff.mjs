/**
 * Prints the SQL that takes prisma/migrations to prisma/schema.prisma; nothing when they agree.
 * Write the next migration with it: `node scripts/migration-diff.mjs > prisma/migrations/0002_name/migration.sql`.
 *
 * It runs Prisma's schema engine as WebAssembly, so nothing is downloaded. One operation per process: the engine
 * does not survive a second.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'

const root = fileURLToPath(new URL('..', import.meta.url))
const migrationsPath = join(root, 'prisma/migrations')

async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      throw new Error(`the schema engine panicked: ${message}`)
    },
  }
  // Not resolvable: the package exports neither its glue nor its package.json.
  const directory = join(root, 'node_modules/@prisma/schema-engine-wasm')
  const glue = await import(join(directory, 'schema_engine_bg.js'))
  const bytes = readFileSync(join(directory, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine
}

/** The engine sends whole scripts through `executeRaw`, of which SQLite would run the first statement only. */
function scriptsThroughExecuteRaw(factory) {
  const rewrite = (adapter) => {
    adapter.executeRaw = async (query) => {
      await adapter.executeScript(query.sql)
      return 0
    }
    return adapter
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => rewrite(await factory.connect()),
    connectToShadowDb: async () => rewrite(await factory.connectToShadowDb()),
  }
}

function migrationList() {
  const names = readdirSync(migrationsPath, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return {
    baseDir: migrationsPath,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(join(migrationsPath, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsPath, path, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

const schemaPath = process.argv[2] ?? join(root, 'prisma/schema.prisma')
const files = [{ path: 'schema.prisma', content: readFileSync(schemaPath, 'utf8') }]
const factory = bindMigrationAwareSqlAdapterFactory(
  scriptsThroughExecuteRaw(new PrismaLibSql({ url: 'file::memory:' })),
)
const SchemaEngine = await loadEngine()
const engine = await SchemaEngine.new(
  { datamodels: files.map(({ path, content }) => [path, content]) },
  () => {},
  factory,
)
const answer = await engine.diff({
  from: { tag: 'migrations', ...migrationList() },
  to: { tag: 'schemaDatamodel', files },
  script: true,
  shadowDatabaseUrl: null,
  exitCode: true,
  filters: { externalTables: [], externalEnums: [] },
})
// Exit code 2 is "they differ".
if (answer.exitCode === 2) process.stdout.write(answer.stdout ?? '')
