'use client'
import { PanelBottom, PanelLeft, PanelRight } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Panel, usePanelRef } from 'react-resizable-panels'
import { classNames } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/icon-button'
import { type RegionName, recallLayout, rememberRegion } from './layout-memory'

export interface RegionSlot {
  /** Names the region, and its button when it is collapsed. */
  readonly title: string
  readonly content: ReactNode
  /**
   * The content brings its own first row (Tabs do): 36 px high, with 32 px free at its right end for the
   * button that collapses the region. Without it the title stands in such a row.
   */
  readonly bare?: boolean
}

const RAIL_PX = 32
const looks = {
  left: { Icon: PanelLeft, defaultPx: 260, tightPx: 220, minPx: 200, side: 'right', line: 'border-r' },
  right: { Icon: PanelRight, defaultPx: 340, tightPx: 300, minPx: 260, side: 'left', line: 'border-l' },
  bottom: { Icon: PanelBottom, defaultPx: 240, tightPx: 240, minPx: 120, side: 'top', line: 'border-t' },
} as const

/** Below this the canvas is worth more than a roomy panel: a saga of six nodes in a row is then seen whole. */
const TIGHT_WINDOW_PX = 1360

export interface LayoutRegionProps {
  /** Key of what is remembered. */
  readonly layoutId: string
  readonly name: RegionName
  readonly slot: RegionSlot
  /** Focus mode: out of sight altogether. */
  readonly hidden: boolean
}

/** A panel at an edge: resizable, collapsible to a rail, and found again as it was left. */
export function LayoutRegion({ layoutId, name, slot, hidden }: LayoutRegionProps) {
  const panel = usePanelRef()
  const [collapsed, setCollapsed] = useState(false)
  /** What to come back to; sizes seen in focus mode are not the person's. */
  const wanted = useRef<{ sizePx: number; collapsed: boolean }>({
    sizePx: looks[name].defaultPx,
    collapsed: false,
  })
  const ready = useRef(false)
  const { Icon, defaultPx, minPx, side, line } = looks[name]

  // The server knows no sizes, and the group answers only once all of it is mounted: not in a layout effect.
  useEffect(() => {
    if (!ready.current) {
      const { defaultPx, tightPx } = looks[name]
      const sizePx = window.innerWidth < TIGHT_WINDOW_PX ? tightPx : defaultPx
      wanted.current = recallLayout(layoutId, localStorage)[name] ?? { sizePx, collapsed: false }
      ready.current = true
    }
    if (hidden || wanted.current.collapsed) panel.current?.collapse()
    else panel.current?.resize(wanted.current.sizePx)
  }, [layoutId, name, hidden, panel])

  const toggle = (): void => {
    if (collapsed) panel.current?.resize(wanted.current.sizePx)
    else panel.current?.collapse()
  }

  const button = (
    <IconButton
      size="sm"
      side={side}
      label={`${collapsed ? 'Show' : 'Hide'} ${slot.title}`}
      aria-expanded={!collapsed}
      onClick={toggle}
    >
      <Icon />
    </IconButton>
  )
  return (
    <Panel
      id={name}
      // the panel scrolls what is in its flow: the region fills it instead, and scrolls its own content
      className="relative"
      panelRef={panel}
      defaultSize={defaultPx}
      minSize={minPx}
      collapsible
      collapsedSize={hidden ? 0 : RAIL_PX}
      groupResizeBehavior="preserve-pixel-size"
      onResize={(size) => {
        const small = size.inPixels < minPx - 1
        setCollapsed(small)
        if (!ready.current || hidden) return
        wanted.current = {
          sizePx: small ? wanted.current.sizePx : Math.round(size.inPixels),
          collapsed: small,
        }
        rememberRegion(layoutId, name, wanted.current, localStorage)
      }}
    >
      <section
        aria-label={slot.title}
        hidden={hidden}
        className={classNames(
          'absolute inset-0 flex flex-col overflow-clip bg-surface',
          line,
          hidden && 'hidden',
        )}
      >
        {collapsed ? (
          <div className={classNames('flex items-center gap-2 p-1', name !== 'bottom' && 'flex-col')}>
            {button}
            <span
              className={classNames('text-xs text-muted', name !== 'bottom' && '[writing-mode:vertical-rl]')}
            >
              {slot.title}
            </span>
          </div>
        ) : (
          <>
            {slot.bare ? null : (
              <h2 className="flex h-9 shrink-0 items-center border-b border-line px-3 text-sm font-semibold">
                {slot.title}
              </h2>
            )}
            <div className="absolute top-1.5 right-1.5 z-10">{button}</div>
            {/* relative: what is visually hidden inside must scroll with it, not stick out of the region */}
            <div className="relative min-h-0 flex-1 overflow-auto">{slot.content}</div>
          </>
        )}
      </section>
    </Panel>
  )
}
