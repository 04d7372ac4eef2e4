import { defineConfig } from 'prisma/config'

/** Where the Prisma command line finds things. The server migrates and opens the database itself. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
