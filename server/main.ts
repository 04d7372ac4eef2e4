import { pino } from 'pino'
import { isWorkbenchError } from '@/core/errors'
import { type Env, processEnv } from './env'
import { createRouter } from './transport/http/router'
import { routes } from './transport/http/routes'
import { attachSockets } from './transport/socket/attach'
import { listenRefusal } from './web/listen-refusal'
import { servePages } from './web/pages'
import { secureHeaders } from './web/security-headers'
import { stopOnSignals } from './web/stop-signals'
import { createWebServer } from './web/web-server'
import { openWorkbench } from './workbench'

/** Starts everything behind one port. The order is the order in which a request is offered. */
async function main(env: Env): Promise<void> {
  const dev = env.NODE_ENV === 'development'
  const web = createWebServer()
  stopOnSignals(() => web.close(), { withParent: env.npm_lifecycle_event !== undefined })

  web.onRequest((request, response) => {
    secureHeaders(request, response, dev)
    return false
  })
  const log = pino({ level: env.LOG_LEVEL }, pino.destination(2))
  const onDefect = (error: unknown, about: string) => log.error({ err: error, about }, 'a fault of our own')
  const workbench = await openWorkbench({
    databaseUrl: env.DATABASE_URL,
    http: { allowPrivate: env.ALLOW_PRIVATE_HTTP, allow: env.HTTP_ALLOW },
    lease: {
      waitMs: env.LEASE_WAIT_MS,
      ttlMs: env.LEASE_TTL_MS,
      onWaiting: (message) => process.stderr.write(`${message}\n`),
      onLost: (error) => giveUp(`${error.code}: ${error.message}`),
    },
    limits: {
      decisionsPerAppend: env.DECISIONS_PER_APPEND,
      effectsAtOnce: env.EFFECTS_AT_ONCE,
      effectsAtOncePerDesign: env.EFFECTS_AT_ONCE_PER_DESIGN,
      backlog: env.BACKLOG,
      backlogPerDesign: env.BACKLOG_PER_DESIGN,
    },
    archiveAfterDays: env.ARCHIVE_AFTER_DAYS,
    onDefect,
  })
  web.onClose(() => workbench.close())
  web.onRequest(createRouter(workbench, routes, onDefect))
  const sockets = attachSockets(web.http, workbench, { onDefect: (error) => onDefect(error, 'sockets') })
  web.onClose(() => sockets.close())
  await servePages(web, { dev, dir: process.cwd() })

  const url = await web.listen(env.PORT, env.HOST)
  process.stdout.write(`Saga Workbench is ready at ${url}\n`)
}

/** A line for a person, not a stack: these are things they can mend. */
function giveUp(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const env = processEnv()
if (!env.ok) giveUp(env.error.message)
main(env.value).catch((error: unknown) => {
  const refusal = listenRefusal(error, env.value)
  if (refusal !== null) giveUp(refusal)
  // The message says what to do: an edited migration, a database that cannot be opened.
  if (isWorkbenchError(error)) giveUp(`${error.code}: ${error.message}`)
  giveUp(error instanceof Error ? (error.stack ?? error.message) : String(error))
})
