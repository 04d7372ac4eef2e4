import { isWorkbenchError } from '@/core/errors'
import { type Env, processEnv } from './env'
import { createLog } from './observe/logger'
import { serveMetrics } from './observe/metrics/serve-metrics'
import { observe } from './observe/observe'
import { otlpSettings } from './observe/otlp/settings'
import { noteRoute, observeRequests } from './observe/requests'
import { createRouter } from './transport/http/router'
import { routes } from './transport/http/routes'
import { knownHosts, refuseUnknownHosts } from './transport/known-hosts'
import { attachSockets } from './transport/socket/attach'
import { listenRefusal } from './web/listen-refusal'
import { servePages } from './web/pages'
import { secureHeaders } from './web/security-headers'
import { stopOnSignals } from './web/stop-signals'
import { createWebServer } from './web/web-server'
import { type OnDefect, openWorkbench } from './workbench'

/** Starts everything behind one port. The order is the order in which a request is offered. */
async function main(env: Env): Promise<void> {
  const dev = env.NODE_ENV === 'development'
  const web = createWebServer()
  stopOnSignals(() => web.close(), { withParent: env.npm_lifecycle_event !== undefined })

  const written = createLog(env.LOG_LEVEL)
  const { log } = written
  const onDefect: OnDefect = (error, about, ids) =>
    log.error({ err: error, about, ...ids }, 'a fault of our own')
  const observation = observe(written)
  const otlp = otlpSettings(env)
  web.onRequest(observeRequests(observation.observer))
  web.onRequest((request, response) => {
    secureHeaders(request, response, dev)
    return false
  })
  const isKnownHost = knownHosts([env.HOST.toLowerCase(), ...env.ALLOWED_HOSTS])
  web.onRequest(refuseUnknownHosts(isKnownHost))
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
      effectsAtOnce: env.EFFECTS_AT_ONCE,
      effectsAtOncePerDesign: env.EFFECTS_AT_ONCE_PER_DESIGN,
      backlog: env.BACKLOG,
      backlogPerDesign: env.BACKLOG_PER_DESIGN,
    },
    archiveAfterDays: env.ARCHIVE_AFTER_DAYS,
    onDefect,
    observer: observation.observer,
    traceCalls: otlp.tracesUrl !== null,
  })
  web.onClose(() => workbench.close())
  web.onRequest(serveMetrics(observation.registry))
  web.onRequest(createRouter(workbench, routes, onDefect))
  const sockets = attachSockets(web.http, workbench, {
    isKnownHost,
    onDefect: (error) => onDefect(error, 'sockets'),
  })
  web.onClose(() => sockets.close())
  const stop = await observation.follow(workbench, sockets, otlp)
  web.onClose(stop)
  web.onRequest((request) => {
    noteRoute(request, 'pages')
    return false
  })
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
