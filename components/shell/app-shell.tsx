import Link from 'next/link'
import type { ReactNode } from 'react'
import { BrandMark } from './brand-mark'
import { ThemeToggle } from './theme-toggle'

export interface Crumb {
  readonly label: string
  /** Without one it is where we are. */
  readonly href?: string
}

export interface AppShellProps {
  /** The one without an address is the page's heading; a page without a breadcrumb brings its own `<h1>`. */
  readonly breadcrumb?: readonly Crumb[]
  /** The mode switch. */
  readonly center?: ReactNode
  /** Presence, Share, Run. */
  readonly right?: ReactNode
  /** Fills the window below the bar; brings its own `<main>`. */
  readonly children: ReactNode
}

export function AppShell({ breadcrumb = [], center, right, children }: AppShellProps) {
  return (
    <div className="flex h-dvh flex-col">
      <header className="grid h-11 shrink-0 grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3 border-b border-line bg-surface px-3">
        <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1 text-sm">
          <Link href="/" className="flex shrink-0 items-center gap-2 rounded-sm px-1 py-0.5 font-semibold">
            <BrandMark />
            <span className={breadcrumb.length > 0 ? 'max-lg:sr-only' : ''}>Saga Workbench</span>
          </Link>
          {breadcrumb.length === 0 ? null : (
            <ol className="flex min-w-0 items-center gap-1">
              {breadcrumb.map((crumb) => (
                <li key={`${crumb.href}${crumb.label}`} className="flex min-w-0 items-center gap-1">
                  <span aria-hidden className="text-line-strong">
                    /
                  </span>
                  {crumb.href === undefined ? (
                    <h1 aria-current="page" className="truncate px-1 font-medium">
                      {crumb.label}
                    </h1>
                  ) : (
                    <Link href={crumb.href} className="truncate rounded-sm px-1 text-muted hover:text-ink">
                      {crumb.label}
                    </Link>
                  )}
                </li>
              ))}
            </ol>
          )}
        </nav>
        <div className="flex items-center justify-center">{center}</div>
        <div className="flex min-w-0 items-center justify-end gap-1.5">
          {right}
          <ThemeToggle />
        </div>
      </header>
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  )
}
