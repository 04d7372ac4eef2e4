'use client'
import { Boxes, Map as MapIcon, Workflow } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { classNames } from '@/components/ui/class-names'
import { useDesign } from '@/lib/design-store/design-provider'

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** The three ways to look at a design in Design mode: its sagas, how its model hangs together, its definitions. */
export function DesignLinks() {
  const id = useDesign(({ designId }) => designId)
  const document = useDesign((state) => state.document)
  const pathname = usePathname()
  const base = `/w/${encodeURIComponent(id)}`
  const { aggregates, projections, sagas, services } = document
  const events = aggregates.reduce((count, aggregate) => count + aggregate.events.length, 0)
  const views = [
    { path: '', title: 'Sagas', Icon: Workflow, detail: plural(sagas.length, 'saga') },
    {
      path: '/map',
      title: 'Model map',
      Icon: MapIcon,
      detail: `${plural(aggregates.length, 'aggregate')}, ${plural(events, 'event')}`,
    },
    {
      path: '/model',
      title: 'Definitions',
      Icon: Boxes,
      detail: `${plural(services.length, 'service')}, ${plural(projections.length, 'read model')}`,
    },
  ]
  return (
    <nav aria-label="Design" className="shrink-0 border-t p-1">
      {views.map(({ path, title, Icon, detail }) => {
        const current = pathname === base + path
        return (
          <Link
            key={title}
            href={base + path}
            aria-current={current ? 'page' : undefined}
            className={classNames(
              'flex h-7 items-center gap-2 rounded-sm px-2 -outline-offset-2! hover:bg-hover',
              current && 'bg-hover',
            )}
          >
            <Icon aria-hidden size={14} className="shrink-0 text-muted" />
            <span className={classNames('shrink-0 text-sm', current && 'font-medium')}>{title}</span>
            <span className="ml-auto truncate text-xs text-muted">{detail}</span>
          </Link>
        )
      })}
    </nav>
  )
}
