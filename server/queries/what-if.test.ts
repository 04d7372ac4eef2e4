import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWorkbenchError } from '@/core/errors'
import type { JsonObject } from '@/core/json'
import { sendCommand } from '../commands/aggregates'
import { designOf, openTestWorkbench, storeDesign, type TestWorkbench } from '../engine/testing'
import { whatIf } from './what-if'

let wb: TestWorkbench
let designId: string
let keys = 0
beforeAll(async () => {
  wb = await openTestWorkbench()
  designId = await storeDesign(wb, designOf([], []))
})
afterAll(async () => {
  await wb.close()
  expect(wb.defects).toEqual([])
})

const codeOf = (asking: Promise<unknown>) =>
  asking.then(
    () => 'none',
    (error: unknown) => (isWorkbenchError(error) ? error.code : String(error)),
  )

describe('a what-if', () => {
  const command = fc.record({
    type: fc.constantFrom('Add', 'Remove', 'AddTwice', 'Nothing'),
    payload: fc.record({ by: fc.integer({ min: 1, max: 5 }) }) as fc.Arbitrary<JsonObject>,
  })

  it('of the commands that were sent, at the versions they met, is what happened', () =>
    fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 6 }), async (commands) => {
        keys += 1
        const key = `law${keys}`
        let version = 0
        const sent: { readonly commandId: string; readonly events: readonly unknown[]; version: number }[] =
          []
        for (const [at, { type, payload }] of commands.entries()) {
          const commandId = `c${at}`
          const answer = await sendCommand(wb, designId, 'Counter', key, { type, payload, commandId }).catch(
            (error: unknown) => {
              if (isWorkbenchError(error) && error.code === 'COMMAND_REJECTED') return null
              throw error
            },
          )
          const events = (answer?.events ?? []).map(({ type: of, data }) => ({ type: of, data }))
          sent.push({ commandId, events, version })
          version += events.length
        }
        // each at the version it met, and all of them from the first on
        for (const [at, { commandId, events, version: met }] of sent.entries()) {
          const { type, payload } = commands[at] ?? { type: '', payload: {} }
          const { steps } = await whatIf(wb, designId, 'Counter', key, {
            version: met,
            commands: [{ type, payload, commandId }],
          })
          expect(steps[0]?.events).toEqual(events)
          expect(steps[0]?.rejection === null).toBe(type !== 'Remove' || events.length > 0)
        }
        const all = await whatIf(wb, designId, 'Counter', key, {
          version: 0,
          commands: commands.map((one, at) => ({ ...one, commandId: `c${at}` })),
        })
        expect(all.steps.flatMap(({ events }) => events)).toEqual(sent.flatMap(({ events }) => events))
        expect(all.version).toBe(version)
        expect(await wb.store.events.streamVersion(designId, `Counter-${key}`)).toBe(version)
      }),
      { numRuns: 30 },
    ))

  it('starts at the version it is given, records nothing, and says which command is not one', async () => {
    for (let count = 0; count < 4; count += 1)
      await sendCommand(wb, designId, 'Counter', 'k4', { type: 'Add', payload: { by: 1 } })
    const before = await wb.store.events.head()
    const ask = (type: string, payload: JsonObject = {}) =>
      whatIf(wb, designId, 'Counter', 'k4', {
        version: 2,
        commands: [
          { type: 'AddTwice', payload: {} },
          { type, payload },
        ],
      })
    expect(await ask('Add', { by: 5 })).toMatchObject({
      from: { version: 2, state: { count: 2 } },
      steps: [
        { version: 4, state: { count: 4 } },
        { version: 5, events: [{ type: 'Added' }] },
      ],
      version: 5,
      state: { count: 9 },
    })
    await expect(ask('Fly')).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND', details: { command: 1 } })
    await expect(ask('Throw')).rejects.toMatchObject({ code: 'CODE_THREW', details: { command: 1, line: 1 } })
    const none = { commands: [] }
    expect(await codeOf(whatIf(wb, designId, 'Counter', 'k4', { version: 5, ...none }))).toBe(
      'VERSION_OUT_OF_RANGE',
    )
    expect(await codeOf(whatIf(wb, designId, 'Nobody', 'k4', none))).toBe('AGGREGATE_NOT_FOUND')
    expect(await codeOf(whatIf(wb, designId, 'Counter', 'no/key', none))).toBe('INVALID_ID')
    expect(await wb.store.events.head()).toBe(before)
  })
})
