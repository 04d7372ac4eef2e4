'use client'
import type { ReactNode } from 'react'
import { Checkbox } from '@/components/ui/checkbox'

export interface ExpectedPartProps {
  readonly label: string
  readonly description?: string
  readonly isOn: boolean
  readonly onToggle: (on: boolean) => void
  readonly children: ReactNode
}

/** One part of what may be expected: compared only while it is on. */
export function ExpectedPart({ label, description, isOn, onToggle, children }: ExpectedPartProps) {
  return (
    <div className="flex flex-col gap-2">
      <Checkbox
        label={label}
        {...(description === undefined ? {} : { description })}
        checked={isOn}
        onCheckedChange={onToggle}
      />
      {isOn ? <div className="pl-6">{children}</div> : null}
    </div>
  )
}

/** "Expect", and how to fill it in from what happens. */
export function ExpectSection({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-expect`} className="flex flex-col gap-3">
      <h3 id={`${id}-expect`} className="text-md font-semibold">
        Then
      </h3>
      {children}
    </section>
  )
}
