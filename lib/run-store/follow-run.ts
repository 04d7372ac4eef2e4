import type { EventAnswer } from '@/core/protocol'
import { subscribeTopic } from '@/lib/socket/subscribe-topic'
import { headOf } from './history'
import { eventsAfter } from './load-run'
import type { RunStore } from './run-store'

/** Keeps a run's store up with the server, through lost connections and restarts. @returns what ends it */
export function followRun(store: RunStore): () => void {
  const { run, history } = store.getState()
  let ended = false
  const catchUp = async () => {
    const missing = await eventsAfter(run.id, headOf(store.getState().history))
    if (!ended) store.getState().receive(missing)
  }
  const leave = subscribeTopic<EventAnswer>(
    `run:${run.id}`,
    headOf(history),
    (events) => {
      // The socket leaves nothing out; if a proxy in between did, the log has it.
      if (!store.getState().receive(events)) catchUp().catch(() => store.getState().setConnected(false))
    },
    (connected) => store.getState().setConnected(connected),
  )
  return () => {
    ended = true
    leave()
  }
}
