import type { Phase } from '../saga/events'
import { isInside, type NodePath } from '../saga/path'
import { Draft, type DraftInput, type Ending, type Moment } from './draft'
import { traceIdOf } from './ids'
import type { Attributes, Span, SpanLink, TracedRun } from './span'

/** What goes on at one place: in a map, what it was begun for. */
export type Slot =
  | `action:${NodePath}`
  | `compensation:${NodePath}`
  | `wait:${NodePath}`
  | `scope:${NodePath}`

const slotPath = (slot: string): NodePath => slot.slice(slot.indexOf(':') + 1)

/** The spans of a run that have begun and not ended, and what of those that have is still needed. */
export class OpenSpans {
  private readonly drafts = new Map<string, Draft>()
  /** The last span at each half of a node, by what its attempts are called; kept for links. */
  private readonly last = new Map<string, string>()
  private root: string | null = null
  private episode: Draft | null = null
  private done: Span[] = []
  private takenOver: { readonly runId: string; readonly seq: number } | null = null

  constructor(readonly run: TracedRun) {}

  /** Spans that have ended since this was last asked, what stood within others first. */
  take(): readonly Span[] {
    const { done } = this
    this.done = []
    return done
  }

  get isEmpty(): boolean {
    return this.episode === null && this.drafts.size === 0
  }

  get open(): readonly Span[] {
    return [...(this.episode ? [this.episode] : []), ...this.drafts.values()].map(({ open }) => open)
  }

  get running(): Draft | null {
    return this.episode
  }

  /** The root, or another stretch of a run that had ended. */
  beginRun(input: Omit<DraftInput, 'kind' | 'parentId'>, moment: Moment): Draft {
    const draft = new Draft(this.run, { ...input, kind: 'run', parentId: this.root }, moment)
    this.root ??= draft.spanId
    this.episode = draft
    return draft
  }

  /** What begins up to that event happened in the other run, and stands here as a fork has it. */
  takeOver(from: { readonly runId: string; readonly seq: number }): void {
    this.takenOver = from
  }

  endRun(moment: Moment, how: Ending): void {
    this.endWithin('', moment)
    if (this.episode) this.done.push(this.episode.ended(moment, how))
    this.episode = null
  }

  begin(slot: Slot, input: Omit<DraftInput, 'parentId'>, moment: Moment): void {
    // One that was never told to end: what comes anew at its place says that it has.
    if (this.drafts.has(slot)) this.end(slot, moment, { outcome: 'abandoned' })
    const path = slotPath(slot)
    // An undoing stands in the run: what its action stood in may have ended long ago.
    const parentId = slot.startsWith('compensation:') ? this.runSpanId : this.parentOf(path)
    const attributes = this.attributesAt(moment, input.attributes)
    const draft = new Draft(this.run, { ...input, parentId, attributes }, moment)
    this.drafts.set(slot, draft)
    this.last.set(slot, draft.spanId)
  }

  /** @returns false when nothing goes on there */
  end(slot: Slot, moment: Moment, how: Ending): boolean {
    const draft = this.drafts.get(slot)
    if (!draft) return false
    if (slot.startsWith('scope:')) this.endWithin(slotPath(slot), moment)
    this.drafts.delete(slot)
    this.done.push(draft.ended(moment, how))
    return true
  }

  /** Something of no length. */
  mark(input: Omit<DraftInput, 'kind' | 'parentId'>, moment: Moment, how: Ending): void {
    const attributes = this.attributesAt(moment, input.attributes)
    const draft = new Draft(
      this.run,
      { ...input, kind: 'mark', parentId: this.runSpanId, attributes },
      moment,
    )
    this.done.push(draft.ended(moment, how))
  }

  at(slot: Slot): Draft | undefined {
    return this.drafts.get(slot)
  }

  /** What of a kind goes on anywhere. */
  slots(kind: 'wait' | 'scope'): readonly Slot[] {
    return [...this.drafts.keys()].filter((slot) => slot.startsWith(`${kind}:`)) as Slot[]
  }

  /** Whether a node has had a span of any kind. */
  knows(nodeId: NodePath): boolean {
    return (['action', 'wait', 'scope'] as const).some((kind) => this.last.has(`${kind}:${nodeId}`))
  }

  linkTo(phase: Phase, nodeId: NodePath, why: SpanLink['why']): readonly SpanLink[] {
    const spanId = this.last.get(`${phase}:${nodeId}`)
    return spanId === undefined ? [] : [{ traceId: traceIdOf(this.run.runId), spanId, why }]
  }

  /** The innermost saga, map or loop that goes on around a node; else the run. */
  around(nodeId: NodePath): Draft | null {
    let found: { readonly path: NodePath; readonly draft: Draft } | null = null
    for (const [slot, draft] of this.drafts) {
      if (!slot.startsWith('scope:')) continue
      const path = slotPath(slot)
      if (isInside(nodeId, path) && path.length > (found?.path.length ?? 0)) found = { path, draft }
    }
    return found?.draft ?? this.episode
  }

  private attributesAt({ seq }: Moment, attributes: Attributes = {}): Attributes {
    if (this.takenOver === null || seq > this.takenOver.seq) return attributes
    return { ...attributes, 'saga.taken_over_from': this.takenOver.runId }
  }

  private parentOf(nodeId: NodePath): string | null {
    return this.around(nodeId)?.spanId ?? this.root
  }

  private get runSpanId(): string | null {
    return this.episode?.spanId ?? this.root
  }

  /** Ends what goes on within a scope, or everything for `''`: the innermost first. */
  private endWithin(path: NodePath, moment: Moment): void {
    const inner = [...this.drafts.keys()].filter((slot) => path === '' || isInside(slotPath(slot), path))
    const deepestFirst = inner.sort((a, b) => slotPath(b).length - slotPath(a).length)
    for (const slot of deepestFirst) {
      const draft = this.drafts.get(slot)
      this.drafts.delete(slot)
      if (draft) this.done.push(draft.ended(moment, { outcome: 'abandoned' }))
    }
  }
}
