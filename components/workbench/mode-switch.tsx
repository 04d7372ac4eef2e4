'use client'
import { Braces, Database, PencilRuler, Play } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { classNames } from '@/components/ui/class-names'

const MODES = [
  { label: 'Design', path: '', also: ['/map', '/model'], Icon: PencilRuler },
  { label: 'Run', path: '/runs', also: [], Icon: Play },
  { label: 'Data', path: '/data', also: [], Icon: Database },
  { label: 'Code', path: '/code', also: [], Icon: Braces },
] as const

/** The ways to look at one design. Links, so that they open in new tabs and the back key works. */
export function ModeSwitch({ id }: { readonly id: string }) {
  const pathname = usePathname()
  const base = `/w/${encodeURIComponent(id)}`
  const isIn = (path: string): boolean => pathname === base + path || pathname.startsWith(`${base}${path}/`)
  return (
    <nav aria-label="Mode" className="flex items-center gap-0.5 rounded-md bg-sunken p-0.5">
      {MODES.map(({ label, path, also, Icon }) => {
        const current = path === '' ? pathname === base || also.some(isIn) : isIn(path)
        return (
          <Link
            key={label}
            href={base + path}
            aria-current={current ? 'page' : undefined}
            className={classNames(
              'flex h-6 items-center gap-1.5 rounded-sm px-2.5 text-sm transition-colors duration-hover',
              current
                ? 'bg-surface font-medium text-ink shadow-[0_0_0_1px_var(--line)]'
                : 'text-muted hover:text-ink',
            )}
          >
            <Icon aria-hidden size={14} />
            {label}
          </Link>
        )
      })}
    </nav>
  )
}
