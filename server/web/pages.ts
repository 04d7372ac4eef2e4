import next from 'next'
import type { WebServer } from './web-server'

/**
 * Adds the pages: Next answers whatever is left, so this comes last.
 * @param dir the repository's root, which holds `app/` and (unless `dev`) the built `.next/`
 */
export async function servePages(
  web: WebServer,
  options: { readonly dev: boolean; readonly dir: string },
): Promise<void> {
  const app = next({ dev: options.dev, dir: options.dir, httpServer: web.http })
  await app.prepare()
  const handle = app.getRequestHandler()
  web.onClose(() => app.close())
  web.onRequest(async (request, response) => {
    await handle(request, response)
    return true
  })
}
