import { type ReactNode, useId } from 'react'

export interface ToggleProps {
  readonly checked: boolean
  readonly onCheckedChange: (checked: boolean) => void
  readonly label: string
  readonly description?: ReactNode
  readonly disabled?: boolean
}

/** A control with its words beside it: the whole line is the target. */
export function ToggleLabel(props: {
  readonly label: string
  readonly description?: ReactNode
  readonly control: (ids: { readonly labelId: string; readonly describedBy: string | undefined }) => ReactNode
}) {
  const id = useId()
  const describedBy = props.description === undefined ? undefined : `${id}d`
  return (
    <div className="flex items-start gap-2">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is rendered inside by the caller */}
      <label className="flex min-h-5 select-none items-center gap-2 text-sm has-data-disabled:opacity-50">
        {props.control({ labelId: `${id}l`, describedBy })}
        <span>
          <span id={`${id}l`}>{props.label}</span>
          {describedBy === undefined ? null : (
            <span id={describedBy} className="block text-xs text-muted">
              {props.description}
            </span>
          )}
        </span>
      </label>
    </div>
  )
}
