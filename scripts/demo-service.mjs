import { createDemoService } from './lib/demo-service.mjs'
import { giveUp } from './lib/say.mjs'

/** `npm run demo-service`: a service on this machine for sagas to call. `DEMO_PORT` 0 picks a free port. */
const port = Number(process.env.DEMO_PORT || 4100)
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  giveUp('DEMO_PORT must be a whole number from 0 to 65535')

const server = createDemoService()
server.on('error', (error) => giveUp(`DEMO_PORT ${port}: ${error.message}`))
server.listen(port, '127.0.0.1', () => {
  const place = `127.0.0.1:${server.address().port}`
  process.stdout.write(
    `The demo service is ready at http://${place}\nStart the workbench so that it may be called: HTTP_ALLOW=${place} npm start\n`,
  )
})
for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    server.closeAllConnections()
    server.close()
  })
