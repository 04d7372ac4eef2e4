'use client'
import { OctagonX } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/toast'
import { aggregateOfStream } from '@/core/aggregate/handle'
import { isJsonObject, type Json } from '@/core/json'
import type { ProjectionAction } from '@/core/protocol'
import { useDesign } from '@/lib/design-store'
import { aggregateHref } from '../data-href'
import { useReadModelStore } from './read-model-context'

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** What stopped the read model, and the ways on: mend the handler and try again, or pass the event over. */
export function FaultPanel({ name, fault }: { readonly name: string; readonly fault: Json }) {
  const store = useReadModelStore()
  const designId = useDesign((state) => state.designId)
  const design = useDesign((state) => state.document)
  if (!isJsonObject(fault)) return null
  const { code, message, fn, line, position, streamId, version, type } = fault
  const owner = aggregateOfStream(design, text(streamId))
  const act = async (action: ProjectionAction) => {
    const refused = await store.getState().act(action)
    if (refused !== undefined) notify.error('That was not done', { description: refused })
  }
  return (
    <section
      aria-label="Fault"
      className="flex items-start gap-3 rounded-md border border-state-failed bg-soft-failed p-3"
    >
      <OctagonX aria-hidden size={18} className="mt-0.5 shrink-0 text-state-failed" />
      <div className="flex min-w-0 flex-1 flex-col gap-2 text-sm">
        <p>
          <span className="font-semibold text-state-failed">
            It stopped at event {String(position ?? '')}
          </span>{' '}
          <span className="data">{text(type)}</span>
          {owner === undefined ? null : (
            <>
              {' '}
              of{' '}
              <Link
                className="data rounded-sm underline"
                href={aggregateHref(
                  designId,
                  owner.aggregate.id,
                  owner.key,
                  typeof version === 'number' ? version : undefined,
                )}
              >
                {text(streamId)}
              </Link>
            </>
          )}
        </p>
        <p>
          <code className="data font-medium">{text(code)}</code> {text(message)}
          <span className="data block text-muted">
            {text(fn)}
            {typeof line === 'number' ? `, line ${line}` : ''}
          </span>
        </p>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => void act({ action: 'resume' })}>
            Try again
          </Button>
          <Button size="sm" onClick={() => void act({ action: 'skip' })}>
            Skip this event
          </Button>
          <Link
            href={`/w/${encodeURIComponent(designId)}/model?at=projection:${name}`}
            className="self-center rounded-sm text-sm text-accent underline"
          >
            Mend its code
          </Link>
        </div>
      </div>
    </section>
  )
}
