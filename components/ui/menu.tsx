'use client'
import { ContextMenu as BaseContext } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names'
import { optionClass } from './control-class'
import { Kbd } from './kbd'

export type MenuEntry =
  | {
      readonly kind?: 'item'
      readonly id: string
      readonly label: string
      readonly icon?: ReactNode
      readonly shortcut?: string
      readonly danger?: boolean
      readonly disabled?: boolean
      readonly onSelect: () => void
    }
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'heading'; readonly id: string; readonly label: string }

export interface MenuProps {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly items: readonly MenuEntry[]
  readonly align?: 'start' | 'center' | 'end'
}

export function Menu({ trigger, items, align = 'start' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <MenuPopup items={items} align={align} />
    </Base.Root>
  )
}

/** The same entries at the pointer; the keyboard opens it with Shift+F10 or the menu key. */
export function ContextMenu(props: { readonly children: ReactNode; readonly items: readonly MenuEntry[] }) {
  return (
    <BaseContext.Root>
      <BaseContext.Trigger className="contents">{props.children}</BaseContext.Trigger>
      <MenuPopup items={props.items} />
    </BaseContext.Root>
  )
}

function MenuPopup(props: { readonly items: readonly MenuEntry[]; readonly align?: MenuProps['align'] }) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} align={props.align} className="z-50 outline-none">
        <Base.Popup className="floats min-w-44 p-1 outline-none">
          {props.items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  if (entry.kind === 'separator') return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
  if (entry.kind === 'heading') {
    return <div className="px-2 pt-1.5 pb-1 text-xs font-medium text-subtle">{entry.label}</div>
  }
  return (
    <Base.Item
      disabled={entry.disabled}
      onClick={entry.onSelect}
      className={classNames(optionClass, entry.danger && 'text-state-failed')}
    >
      {entry.icon}
      <span className="flex-1 pr-4">{entry.label}</span>
      {entry.shortcut === undefined ? null : <Kbd keys={entry.shortcut} />}
    </Base.Item>
  )
}
