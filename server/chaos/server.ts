import { createRouter } from '../transport/http/router'
import { routes } from '../transport/http/routes'
import { createWebServer } from '../web/web-server'
import { openWorkbench } from '../workbench'
import { serverSettings } from './settings'

/**
 * A server process to be killed: the workbench and its HTTP interface as `npm start` has them, without the pages.
 * Its settings are one argument, as JSON. It says `ready` and where, and ends with 1 when it may not go on.
 */
const settings = serverSettings(process.argv[2])

function giveUp(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}: ` : ''
  process.stderr.write(`${code}${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

const onDefect = (error: unknown, about: string) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stdout.write(`defect ${JSON.stringify(`${about}: ${text}`)}\n`)
}

const web = createWebServer()
try {
  const workbench = await openWorkbench({
    ...settings.workbench,
    lease: {
      ...settings.workbench.lease,
      onWaiting: (message) => process.stdout.write(`waiting ${message}\n`),
      onLost: giveUp,
    },
    onDefect,
  })
  web.onClose(() => workbench.close())
  web.onRequest(createRouter(workbench, routes, onDefect))
  const url = await web.listen(settings.port, '127.0.0.1')
  process.stdout.write(`ready ${url}\n`)
} catch (error) {
  giveUp(error)
}
process.on('SIGTERM', () => void web.close().then(() => process.exit(0)))
// Whoever started it is gone: nobody would end it.
process.stdin.on('end', () => process.exit(0)).resume()
