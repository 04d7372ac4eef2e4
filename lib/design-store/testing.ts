import { parseDesign } from '@/core/design/document'
import type { DesignAnswer } from '@/core/protocol'
import type { DesignPorts } from './ports'

/** A small design as the server answers it: start → reserve → charge → end; charge has a compensation. */
export function sampleAnswer(version = 1): DesignAnswer {
  const script = { type: 'script', code: '(input) => ({})' }
  const parsed = parseDesign({
    formatVersion: 1,
    name: 'Shop',
    sagas: [
      {
        id: 'order',
        nodes: [
          { id: 'start', type: 'start' },
          { id: 'reserve', name: 'Reserve stock', type: 'step', action: script },
          {
            id: 'charge',
            name: 'Charge card',
            type: 'step',
            action: script,
            compensation: { action: script },
          },
          { id: 'end', type: 'end' },
        ],
        edges: [
          { id: 'e1', from: 'start', to: 'reserve' },
          { id: 'e2', from: 'reserve', to: 'charge' },
          { id: 'e3', from: 'charge', to: 'end' },
        ],
      },
    ],
    layout: {
      sagas: {
        order: {
          start: { x: 0, y: 0 },
          reserve: { x: 300, y: 0 },
          charge: { x: 600, y: 0 },
          end: { x: 900, y: 0 },
        },
      },
    },
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return { id: 'd1', name: 'Shop', version, createdAt: 0, updatedAt: 0, document: parsed.value }
}

/** A server of one design in memory, and a clock that moves when it is told to. */
export function testWorld(initial = sampleAnswer()) {
  let held = initial
  let nowMs = 0
  let failing = false
  const timers: { readonly at: number; readonly act: () => void; cancelled: boolean }[] = []
  const ports: DesignPorts = {
    save: async (version, document) => {
      if (failing) throw new Error('the server is away')
      if (version !== held.version) return { kind: 'stale' }
      held = { ...held, version: version + 1, document }
      return { kind: 'saved', version: held.version }
    },
    load: async () => held,
    check: async () => [],
    now: () => nowMs,
    after: (ms, act) => {
      const timer = { at: nowMs + ms, act, cancelled: false }
      timers.push(timer)
      return () => {
        timer.cancelled = true
      }
    },
  }
  return {
    ports,
    server: () => held,
    /** Somebody else saves. */
    saveElsewhere: (change: (answer: DesignAnswer) => DesignAnswer['document']) => {
      held = { ...held, version: held.version + 1, document: change(held) }
    },
    fail: (away: boolean) => {
      failing = away
    },
    /** Lets time pass, and what it sets off finish. */
    pass: async (ms: number) => {
      nowMs += ms
      for (const timer of timers.splice(0)) {
        if (timer.cancelled) continue
        if (timer.at <= nowMs) timer.act()
        else timers.push(timer)
      }
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
