import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')
const alias = [{ find: /^@\//, replacement: `${root}/` }]

/**
 * Two projects: `unit` is pure code (core, lib, components, examples) and `int` is the server on
 * real SQLite, real sockets and a real sandbox. `*.test.tsx` files run in jsdom.
 */
export default defineConfig({
  resolve: { alias },
  test: {
    // Much of what is tested waits for disks and clocks: two at a time, also where there are two cores.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{core,lib,components,examples,app,scripts}/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: { name: 'int', include: ['server/**/*.test.ts'], environment: 'node', testTimeout: 20_000 },
      },
    ],
  },
})
