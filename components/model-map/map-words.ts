import type { Lack, MapEdge, MapKind, MapNode, ModelMap } from '@/core/model-map'

export const KIND_WORDS: Readonly<Record<MapKind, string>> = {
  command: 'Command',
  aggregate: 'Aggregate',
  event: 'Event',
  policy: 'Policy',
  saga: 'Saga',
  projection: 'Read model',
}

const LACK_WORDS: Readonly<Record<Lack, string>> = {
  'not-defined': 'not defined',
  'not-emitted': 'nobody emits it',
  'not-heard': 'nobody listens',
  'emits-nothing': 'emits nothing',
  'hears-nothing': 'listens to nothing',
}

export const lackWords = (lacks: readonly Lack[]): string => lacks.map((lack) => LACK_WORDS[lack]).join(', ')

export const kindWords = ({ kind, from }: Pick<MapNode, 'kind' | 'from'>): string =>
  from === 'run' ? 'Event of runs' : KIND_WORDS[kind]

/** What the wires of each kind say of where they come from, and of where they lead. */
const INTO: Readonly<Record<MapEdge['kind'], string>> = {
  handled: 'handles',
  emits: 'emitted by',
  feeds: 'listens to',
  triggers: 'reacts to',
  starts: 'started by',
  sends: 'sent by',
  runs: 'run by',
}
const OUT: Readonly<Record<MapEdge['kind'], string>> = {
  handled: 'handled by',
  emits: 'emits',
  feeds: 'feeds',
  triggers: 'triggers',
  starts: 'starts',
  sends: 'sends',
  runs: 'runs',
}

/** One line of what a thing has to do with others: "emitted by CreateOrder". */
export interface Relation {
  readonly edge: MapEdge
  readonly other: MapNode
  readonly words: string
  readonly way: 'into' | 'out'
}

export function relationsOf(map: ModelMap, id: string): readonly Relation[] {
  const nodes = new Map(map.nodes.map((node) => [node.id, node]))
  return map.edges.flatMap((edge): readonly Relation[] => {
    const way = edge.to === id ? 'into' : edge.from === id ? 'out' : null
    const other = way === null ? undefined : nodes.get(way === 'into' ? edge.from : edge.to)
    if (way === null || other === undefined) return []
    return [{ edge, other, way, words: way === 'into' ? INTO[edge.kind] : OUT[edge.kind] }]
  })
}

/** "OrderShipped, event of Order, emitted by ShipOrder, feeds Orders". */
export function spokenLabel(map: ModelMap, node: MapNode): string {
  const said = new Map<string, string[]>()
  for (const { words, other, edge } of relationsOf(map, node.id)) {
    // a command's aggregate is named already, and an aggregate would name every command: how many is enough
    if (edge.kind === 'handled') continue
    said.set(words, [...(said.get(words) ?? []), other.title])
  }
  const owner = node.owner === null ? '' : ` of ${node.owner}`
  return [
    node.title,
    `${kindWords(node).toLowerCase()}${owner}`,
    ...(node.kind === 'aggregate' ? [memberWords(map, node.name)] : []),
    ...[...said].map(([words, others]) => `${words} ${others.join(' and ')}`),
    ...(node.lacks.length === 0 ? [] : [lackWords(node.lacks)]),
  ].join(', ')
}

export function memberWords(map: ModelMap, aggregate: string): string {
  const own = map.nodes.filter(({ owner }) => owner === aggregate)
  const count = (kind: MapKind, word: string): string => {
    const n = own.filter((node) => node.kind === kind).length
    return `${n} ${word}${n === 1 ? '' : 's'}`
  }
  return `${count('command', 'command')}, ${count('event', 'event')}`
}
