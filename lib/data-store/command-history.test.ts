import { describe, expect, it } from 'vitest'
import { commandOfEvent } from '@/core/protocol'
import { withNewer } from './command-history'

const event = (version: number, data: { readonly [key: string]: string | number } = {}) => ({
  type: 'code' in data ? 'CommandRejected' : 'CommandAccepted',
  data: {
    type: 'Put',
    payload: { by: 1 },
    commandId: `c${version}`,
    at: 5,
    atVersion: 3,
    ...('code' in data ? {} : { events: 2 }),
    ...data,
  },
  version,
  position: version * 10,
  recordedAt: 7,
  metadata: { messageId: 'm', correlationId: 'a', causationId: 'b', schemaVersion: 1 },
})
const command = (version: number) => {
  const read = commandOfEvent(event(version))
  if (!read) throw new Error('no command')
  return read
}

describe('the history of commands', () => {
  it('reads what is recorded: accepted with its last version, rejected with its rule', () => {
    expect(command(1)).toMatchObject({
      seq: 1,
      atVersion: 3,
      answer: { kind: 'accepted', events: 2, version: 5 },
    })
    expect(commandOfEvent(event(2, { code: 'No', message: 'why', rule: 'r' }))).toMatchObject({
      seq: 2,
      answer: { kind: 'rejected', code: 'No', message: 'why', rule: 'r' },
    })
    expect(commandOfEvent({ ...event(3), type: 'Other' })).toBeNull()
    expect(commandOfEvent({ ...event(3), data: {} })).toBeNull()
  })

  it('puts newer ones first, each once', () => {
    const history = withNewer({ items: [command(2), command(1)], older: null }, [
      command(2),
      command(3),
      command(4),
    ])
    expect(history.items.map(({ seq }) => seq)).toEqual([4, 3, 2, 1])
    expect(withNewer(history, [command(4)])).toBe(history)
  })
})
