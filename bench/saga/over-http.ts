import { startServer } from '../support/real-server'
import { benchDesign, startOf, type Variant } from './bench-design'
import { checkEnding, type Runner } from './in-process'

/**
 * Against the real server, with a page that follows its list of runs. One request a saga, over connections that stay
 * open, which is answered at its end. Client and page share the machine with it.
 */
export async function overHttp(path: string): Promise<Runner> {
  const server = await startServer(path)
  const { id } = await server.post('/api/designs', { document: benchDesign })
  const closePage = await server.page(id)
  return {
    async run(variant: Variant) {
      const { status } = await server.post(`/api/designs/${id}/runs?wait=30`, startOf(variant))
      checkEnding(variant, status)
    },
    async close() {
      closePage()
      await server.end('SIGTERM')
    },
  }
}
