'use client'
import { ArrowRight } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { SagaSketchView } from './saga-sketch-view'
import type { TemplateCardData } from './template-card-data'

export interface TemplateCardProps {
  readonly template: TemplateCardData
  readonly busy: boolean
  readonly onUse: () => void
}

export function TemplateCard({ template, busy, onUse }: TemplateCardProps) {
  return (
    <li className="flex min-w-0 flex-col overflow-hidden rounded-md border border-line bg-surface">
      <div className="flex h-32 items-center justify-center border-b border-line bg-canvas px-4 py-3">
        {template.sketch === null ? null : <SagaSketchView sketch={template.sketch} className="size-full" />}
      </div>
      <div className="flex flex-1 flex-col gap-2 p-4">
        <div className="flex items-baseline justify-between gap-2">
          <h3 className="text-base font-semibold">{template.name}</h3>
          <span className="shrink-0 text-xs text-subtle">{template.steps} steps</span>
        </div>
        <p className="text-sm text-muted">{template.summary}</p>
        <p className="pt-1 text-xs font-medium text-subtle">You will see</p>
        <ul className="flex flex-1 list-disc flex-col gap-0.5 pl-4 text-sm text-muted marker:text-line-strong">
          {template.teaches.map((lesson) => (
            <li key={lesson}>{lesson}</li>
          ))}
        </ul>
        <div className="pt-2">
          <Button
            variant="primary"
            loading={busy}
            onClick={onUse}
            aria-label={`Use template ${template.name}`}
            icon={<ArrowRight aria-hidden size={16} />}
          >
            Use template
          </Button>
        </div>
      </div>
    </li>
  )
}
