import { afterAll, describe, expect, it } from 'vitest'
import type { Policy } from '@/core/design/aggregate'
import { type DesignInput, parseDesign } from '@/core/design/document'
import { designProgram } from '@/core/design/program'
import { createInlineCodeRunner } from './inline-runner'
import { previewPolicy } from './policy-preview'

const code = createInlineCodeRunner()
afterAll(() => code.close())

const BASE: DesignInput = {
  formatVersion: 1,
  name: 'Points',
  aggregates: [
    {
      id: 'Card',
      initialState: {},
      commands: [
        {
          name: 'AddPoints',
          schema: { type: 'object', required: ['points'], properties: { points: { type: 'number' } } },
          decide: '() => []',
        },
      ],
    },
  ],
  sagas: [
    {
      id: 'welcome',
      nodes: [
        {
          id: 'start',
          type: 'start',
          inputSchema: { type: 'object', required: ['card'], properties: { card: { type: 'string' } } },
        },
      ],
      edges: [],
    },
  ],
}

async function preview(reaction: Policy['reaction'], when?: string) {
  const policy = { id: 'p', on: 'Paid', reaction, ...(when === undefined ? {} : { when }) }
  const parsed = parseDesign({ ...BASE, policies: [policy] })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  const design = parsed.value
  const event = { type: 'Paid', data: { card: 'c1', total: 12 }, streamId: 'Order-1' }
  const [one] = await previewPolicy(code, designProgram(design), design, policy, [event])
  return one
}

const send = (more: Partial<Extract<Policy['reaction'], { type: 'send-command' }>> = {}) =>
  ({
    type: 'send-command',
    aggregate: 'Card',
    command: 'AddPoints',
    key: '({ data }) => data.card',
    payload: '({ data }) => ({ points: data.total })',
    ...more,
  }) as const

describe('the preview of a policy', () => {
  it('says which command it would send, and with what', async () => {
    expect(await preview(send())).toMatchObject({
      reaction: { type: 'send-command', command: 'AddPoints', key: 'c1', payload: { points: 12 } },
      fault: null,
      refused: null,
    })
  })

  it('says which saga it would start; without an input with the data of the event', async () => {
    expect(await preview({ type: 'start-saga', saga: 'welcome' })).toMatchObject({
      reaction: { type: 'start-saga', saga: 'welcome', input: { card: 'c1', total: 12 } },
      refused: null,
    })
  })

  it('says so when it would do nothing', async () => {
    const when = '({ data }) => data.total > 100'
    expect(await preview(send(), when)).toMatchObject({ reaction: null, fault: null, refused: null })
  })

  it('shows a throw at its line', async () => {
    const when = "() => {\n  throw new Error('no')\n}"
    expect((await preview(send(), when))?.fault).toMatchObject({
      code: 'CODE_THREW',
      fn: 'policy.p.when',
      line: 2,
    })
  })

  it.each([
    [send({ payload: '() => ({})' }), /does not fit its schema.*points/],
    [send({ command: 'Nothing' }), /no command "Nothing"/],
    [send({ key: "() => 'a b'" }), /a key has/],
    [{ type: 'start-saga', saga: 'nothing' } as const, /no saga "nothing"/],
    [{ type: 'start-saga', saga: 'welcome', input: '() => ({})' } as const, /does not take this input.*card/],
  ])('says why what it wants could not be asked for: %o', async (reaction, why) => {
    expect((await preview(reaction))?.refused).toMatch(why)
  })
})
