export type MapKind = 'command' | 'aggregate' | 'event' | 'policy' | 'saga' | 'projection'

/** What is missing around a thing. */
export type Lack =
  /** Something names it, and the design does not have it. */
  | 'not-defined'
  /** No command is seen to emit the event. */
  | 'not-emitted'
  /** No read model and no policy listens to the event. */
  | 'not-heard'
  /** The command is not seen to emit anything. */
  | 'emits-nothing'
  /** The read model listens to nothing. */
  | 'hears-nothing'

export interface MapNode {
  /** Its place key. */
  readonly id: string
  readonly kind: MapKind
  /** The aggregate it belongs to, of a command or an event. */
  readonly owner: string | null
  /** What code and references call it. */
  readonly name: string
  /** What a person calls it. */
  readonly title: string
  /** `run`: an event that the engine itself records. `missing`: it is named somewhere, and not there. */
  readonly from: 'design' | 'run' | 'missing'
  readonly lacks: readonly Lack[]
}

export type MapEdgeKind =
  /** command → aggregate */
  | 'handled'
  /** command → event; saga → event of its runs */
  | 'emits'
  /** event → read model */
  | 'feeds'
  /** event → policy */
  | 'triggers'
  /** policy → saga */
  | 'starts'
  /** saga or policy → command */
  | 'sends'
  /** saga → saga */
  | 'runs'

export interface MapEdge {
  readonly id: string
  readonly kind: MapEdgeKind
  readonly from: string
  readonly to: string
  /** The nodes of a saga that send or run, by id, in document order. */
  readonly via: readonly string[]
  /** Only compensations send it. */
  readonly undoes: boolean
}

export interface ModelMap {
  readonly nodes: readonly MapNode[]
  readonly edges: readonly MapEdge[]
}
