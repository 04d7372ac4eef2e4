'use client'
import { Minimize2 } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { LayoutRegion, type RegionSlot } from './layout-region'

export interface WorkbenchLayoutProps {
  /** Sizes are remembered under it: one id per mode. */
  readonly id: string
  readonly left?: RegionSlot
  readonly right?: RegionSlot
  readonly bottom?: RegionSlot
  /** The canvas. */
  readonly children: ReactNode
}

/** Left 260 · canvas · right 340, and a dock of 240 under the canvas. `Ctrl+\` leaves the canvas alone. It is the page's `<main>`. */
export function WorkbenchLayout({ id, left, right, bottom, children }: WorkbenchLayoutProps) {
  const [focus, setFocus] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '\\' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setFocus((now) => !now)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  return (
    <main className="h-full">
      <Group orientation="horizontal" className="h-full">
        {left === undefined ? null : (
          <>
            <LayoutRegion layoutId={id} name="left" slot={left} hidden={focus} />
            <Handle label={`Width of ${left.title}`} hidden={focus} />
          </>
        )}
        <Panel id="center" minSize={240}>
          <Group orientation="vertical" className="h-full">
            <Panel id="canvas" minSize={160} className="relative">
              <section aria-label="Canvas" className="absolute inset-0 bg-canvas">
                {children}
                {focus ? (
                  <div className="absolute top-3 right-3 z-10">
                    <Button size="sm" icon={<Minimize2 />} onClick={() => setFocus(false)}>
                      Leave focus mode <Kbd keys="Ctrl+\" />
                    </Button>
                  </div>
                ) : null}
              </section>
            </Panel>
            {bottom === undefined ? null : (
              <>
                <Handle label={`Height of ${bottom.title}`} hidden={focus} />
                <LayoutRegion layoutId={id} name="bottom" slot={bottom} hidden={focus} />
              </>
            )}
          </Group>
        </Panel>
        {right === undefined ? null : (
          <>
            <Handle label={`Width of ${right.title}`} hidden={focus} />
            <LayoutRegion layoutId={id} name="right" slot={right} hidden={focus} />
          </>
        )}
      </Group>
    </main>
  )
}

/** A line of no width that is felt 10 px wide; arrow keys move it. */
function Handle({ label, hidden }: { readonly label: string; readonly hidden: boolean }) {
  return (
    <Separator
      aria-label={label}
      disabled={hidden}
      className="relative z-10 basis-0 bg-transparent transition-colors duration-hover before:absolute before:bg-transparent before:transition-colors aria-[orientation=vertical]:before:inset-y-0 aria-[orientation=vertical]:before:-left-px aria-[orientation=vertical]:before:w-0.5 aria-[orientation=horizontal]:before:inset-x-0 aria-[orientation=horizontal]:before:-top-px aria-[orientation=horizontal]:before:h-0.5 data-[separator=hover]:before:bg-accent data-[separator=active]:before:bg-accent focus-visible:before:bg-accent"
    />
  )
}
