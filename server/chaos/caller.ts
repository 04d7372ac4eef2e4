import { setTimeout as pause } from 'node:timers/promises'
import type { Json } from '@/core/json'
import type { WitnessRecord } from './records'

export interface Answered {
  readonly status: number
  readonly body: Readonly<Record<string, Json>>
}

/** Calls a server that may be gone at any moment. */
export interface Caller {
  /** Asks again under the same key until there is an answer that counts: a success, or a refusal for good. */
  insist(path: string, body: Json, key: string): Promise<Answered>
  /** Resolves once the witness has it on disk. */
  witness(record: WitnessRecord): Promise<void>
}

/** Not there, stopping, too busy, or at work on the first request under this key. */
const ASK_AGAIN: ReadonlySet<number> = new Set([429, 500, 503, 507])
const PAUSE_MS = 25

export function createCaller(serverUrl: () => string, witnessUrl: string): Caller {
  async function post(
    url: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  }

  return {
    async insist(path, body, key) {
      for (;;) {
        try {
          const response = await post(`${serverUrl()}${path}`, body, { 'idempotency-key': key })
          // The answer counts when it has come whole: until then nobody was told.
          const answer = { status: response.status, body: (await response.json()) as Answered['body'] }
          const busy = answer.body.code === 'IDEMPOTENCY_KEY_IN_USE'
          if (!ASK_AGAIN.has(answer.status) && !busy) return answer
        } catch {
          // It died: somebody starts it again.
        }
        await pause(PAUSE_MS)
      }
    },
    async witness(record) {
      const response = await post(`${witnessUrl}/acknowledged`, record, {})
      if (!response.ok) throw new Error(`the witness refused ${JSON.stringify(record)}`)
      await response.arrayBuffer()
    },
  }
}
