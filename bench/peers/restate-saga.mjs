// The saga of the benchmark as a Restate service: five durable steps, compensated in reverse when the fifth is refused.
// Restate's SDK asks for what Node 22 has.
Promise.withResolvers ??= () => {
  let resolve
  let reject
  const promise = new Promise((done, failed) => {
    resolve = done
    reject = failed
  })
  return { promise, resolve, reject }
}
const restate = await import('@restatedev/restate-sdk')

const saga = restate.service({
  name: 'Saga',
  handlers: {
    run: async (context, variant) => {
      const undo = []
      try {
        for (let step = 1; step <= 5; step += 1) {
          await context.run(`step-${step}`, async () => {
            if (step === 5 && variant === 'fifth-step-fails') throw new restate.TerminalError('Refused')
            return {}
          })
          undo.unshift(step)
        }
        return 'completed'
      } catch (error) {
        if (!(error instanceof restate.TerminalError)) throw error
        for (const step of undo) await context.run(`undo-${step}`, async () => ({}))
        return 'compensated'
      }
    },
  },
})

await restate.endpoint().bind(saga).listen(Number(process.argv[2]))
process.once('disconnect', () => process.exit(0))
process.send?.('ready')
