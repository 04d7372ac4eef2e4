import type { ModelMap } from '@/core/model-map'
import { blockOf } from './model-boxes'

/** Blocks of the map, and what follows from what: the parts of one aggregate are one block. */
export interface Blocks {
  readonly ids: readonly string[]
  readonly after: ReadonlyMap<string, ReadonlySet<string>>
}

export function blocksOf(map: ModelMap): Blocks {
  const block = new Map(map.nodes.map((node) => [node.id, blockOf(node)]))
  const after = new Map<string, Set<string>>()
  for (const id of block.values()) if (!after.has(id)) after.set(id, new Set())
  for (const { from, to } of map.edges) {
    const [a, b] = [block.get(from), block.get(to)]
    if (a !== undefined && b !== undefined && a !== b) after.get(a)?.add(b)
  }
  return { ids: [...after.keys()], after }
}

/**
 * The column of each block: behind everything that leads to it. On a circle one wire leads back; what nothing leads to
 * stands right before what it leads to.
 */
export function stagesOf({ ids, after }: Blocks): ReadonlyMap<string, number> {
  const forward = withoutCircles(ids, after)
  const order = forward.order
  const stages = new Map(ids.map((id) => [id, 0]))
  for (const id of order)
    for (const next of forward.after.get(id) ?? [])
      stages.set(next, Math.max(stages.get(next) ?? 0, (stages.get(id) ?? 0) + 1))
  const led = new Set([...forward.after.values()].flatMap((nexts) => [...nexts]))
  for (const id of ids) {
    const nexts = [...(forward.after.get(id) ?? [])]
    if (led.has(id) || nexts.length === 0) continue
    stages.set(id, Math.min(...nexts.map((next) => stages.get(next) ?? 1)) - 1)
  }
  return stages
}

interface Forward extends Blocks {
  /** Every block behind all that lead to it. */
  readonly order: readonly string[]
}

function withoutCircles(ids: readonly string[], after: Blocks['after']): Omit<Forward, 'ids'> {
  const led = new Set([...after.values()].flatMap((nexts) => [...nexts]))
  const kept = new Map(ids.map((id) => [id, new Set<string>()]))
  const done: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const next of after.get(id) ?? []) {
      if (state.get(next) === 'open') continue
      kept.get(id)?.add(next)
      if (!state.has(next)) visit(next)
    }
    state.set(id, 'done')
    done.push(id)
  }
  // what nothing leads to comes first: then a circle is cut where it comes back, not where it begins
  for (const id of [...ids.filter((one) => !led.has(one)), ...ids]) if (!state.has(id)) visit(id)
  return { after: kept, order: done.reverse() }
}
