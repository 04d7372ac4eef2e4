import { describe, expect, it } from 'vitest'
import { type LessonPorts, type LessonStep, runLesson } from './lesson'

/** A read side that comes to the write when it is waited for. */
function world(checkpoint: number): LessonPorts {
  let at = checkpoint
  let clock = 0
  return {
    write: async () => ({ type: 'OrderCreated', streamId: 'Order-1', position: 8 }),
    read: async (_streamId, atLeast) => {
      clock += 5
      if (atLeast !== null) at = atLeast
      return { checkpoint: at, row: at >= 8 ? { status: 'Pending' } : undefined }
    },
    reached: async (position) => {
      clock += 2_000
      at = position
    },
    now: () => clock,
  }
}
async function steps(ports: LessonPorts, readYourWrites: boolean): Promise<readonly string[]> {
  const seen: LessonStep[] = []
  await runLesson(ports, readYourWrites, (step) => seen.push(step))
  return seen.map((step) => (step.kind === 'read' ? `${step.how} after ${step.afterMs}` : step.kind))
}

describe('the consistency lesson', () => {
  it('reads stale, and again when the read side has caught up', async () => {
    expect(await steps(world(5), false)).toEqual(['wrote', 'stale after 5', 'later after 2010'])
  })

  it('reads once where the read side was quick, or where it waits', async () => {
    expect(await steps(world(8), false)).toEqual(['wrote', 'fresh after 5'])
    expect(await steps(world(5), true)).toEqual(['wrote', 'waited after 5'])
  })

  it('says why a write or a read was refused', async () => {
    const refuses: LessonPorts = {
      ...world(5),
      read: async () => {
        throw new Error('it stands still')
      },
    }
    expect(await steps(refuses, true)).toEqual(['wrote', 'refused'])
  })
})
