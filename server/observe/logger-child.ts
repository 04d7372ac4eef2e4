/** Logs far more than a pipe holds, and says on standard output what became of it: the program of logger.test.ts. */
import { createLog } from './logger'

const LINES = 20_000

const written = createLog('info')
const began = performance.now()
for (let n = 0; n < LINES; n++) written.log.info({ n, text: 'x'.repeat(100) }, 'a line')
const tookMs = performance.now() - began
process.stdout.write(`${JSON.stringify({ tookMs, dropped: written.dropped })}\n`, () => process.exit(0))
