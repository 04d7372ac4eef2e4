import type { Design } from '@/core/design/document'
import { type Sketch, sagaSketch } from './saga-sketch'

/** What a card shows of a template: small enough to be sent with the page. */
export interface TemplateCardData {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly teaches: readonly string[]
  readonly steps: number
  readonly sketch: Sketch | null
}

export interface TemplateSource {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly teaches: readonly string[]
  readonly document: Design
}

export function templateCardData({ id, name, summary, teaches, document }: TemplateSource): TemplateCardData {
  const steps = document.sagas.flatMap((saga) => saga.nodes.filter((node) => node.type === 'step')).length
  return { id, name, summary, teaches, steps, sketch: sagaSketch(document) }
}
