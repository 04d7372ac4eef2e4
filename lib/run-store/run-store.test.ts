import { describe, expect, it } from 'vitest'
import { headOf } from './history'
import { createRunStore, isPast, seqShown, stateNow, viewShown } from './run-store'
import { recordRun } from './testing'

const seed = recordRun()

describe('the store of a run', () => {
  it('is live until the cursor is moved, and shows the run as of it then', () => {
    const store = createRunStore(seed)
    expect(isPast(store.getState())).toBe(false)
    expect(viewShown(store.getState()).status).toBe('completed')
    store.getState().goTo(2)
    expect(isPast(store.getState())).toBe(true)
    expect(viewShown(store.getState()).status).toBe('running')
    expect(viewShown(store.getState()).seq).toBe(2)
    expect(stateNow(store.getState()).status).toBe('completed')
  })

  it('returns to live when the cursor reaches the end', () => {
    const store = createRunStore(seed, 3)
    expect(seqShown(store.getState())).toBe(3)
    store.getState().step(seed.events.length)
    expect(store.getState().cursor).toBeNull()
  })

  it('does not go before the first event', () => {
    const store = createRunStore(seed)
    store.getState().step(-1000)
    expect(seqShown(store.getState())).toBe(1)
  })

  it('stays where it is in the past while events arrive, and follows them when live', () => {
    const past = createRunStore({ ...seed, events: seed.events.slice(0, 4) }, 2)
    const live = createRunStore({ ...seed, events: seed.events.slice(0, 4) })
    for (const store of [past, live]) expect(store.getState().receive(seed.events.slice(4))).toBe(true)
    expect(seqShown(past.getState())).toBe(2)
    expect(seqShown(live.getState())).toBe(seed.events.length)
  })

  it('says when events in between are missing', () => {
    const store = createRunStore({ ...seed, events: seed.events.slice(0, 2) })
    expect(store.getState().receive(seed.events.slice(3))).toBe(false)
    expect(headOf(store.getState().history)).toBe(2)
  })

  it('plays from the beginning when it is at the end', () => {
    const store = createRunStore(seed)
    store.getState().play()
    expect([store.getState().playing, seqShown(store.getState())]).toEqual([true, 1])
  })
})
