/**
 * The server of the bench over HTTP: the workbench behind its own web server and router, as server/main.ts has them,
 * without the pages. One call more than the interface has: `GET /bench/runs/{id}/end` answers when the run has ended.
 */
import { createRouter } from '@/server/transport/http/router'
import { routes } from '@/server/transport/http/routes'
import { createWebServer } from '@/server/web/web-server'
import { followEndings } from './endings'
import { openBench } from './in-process'

const [path = ''] = process.argv.slice(2)
const wb = await openBench(path)
const endings = await followEndings(wb.store.events)
const web = createWebServer()
web.onClose(() => wb.close())
web.onRequest(async (request, response) => {
  const id = /^\/bench\/runs\/([a-z0-9]+)\/end$/.exec(request.url ?? '')?.[1]
  if (id === undefined) return false
  response.end(await endings.of(id))
  return true
})
web.onRequest(
  createRouter(wb, routes, (error, about) => {
    throw new Error(`a defect in ${about}`, { cause: error })
  }),
)
process.once('disconnect', () => void web.close())
process.send?.(await web.listen(0, '127.0.0.1'))
