'use client'
import { Field as Base } from '@base-ui/react/field'
import { CircleAlert } from 'lucide-react'
import { createContext, type ReactNode, useContext, useEffect, useId, useMemo, useState } from 'react'

export interface FieldIds {
  readonly labelId: string
  /** For `aria-describedby`; undefined when nothing describes it. */
  readonly describedBy: string | undefined
  readonly invalid: boolean
}

const Ids = createContext<FieldIds | null>(null)
const OwnError = createContext<((error: string | undefined) => void) | null>(null)

/** For a control that the form library does not know (the code editor): the ids to point at, or null outside a field. */
export function useFieldIds(): FieldIds | null {
  return useContext(Ids)
}

/** For a control that finds out by itself what is wrong with what is typed: its field tells it. */
export function useFieldError(error: string | undefined): void {
  const tell = useContext(OwnError)
  useEffect(() => {
    tell?.(error)
    return () => tell?.(undefined)
  }, [tell, error])
}

export interface FieldProps {
  readonly label: string
  readonly description?: ReactNode
  /** Shown under the control, which is marked invalid. */
  readonly error?: string
  readonly required?: boolean
  /** Stands at the end of the label's line. */
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** Names, describes and reports on the one control inside it. */
export function Field({ label, description, error: given, required = false, action, children }: FieldProps) {
  const id = useId()
  const [own, setOwn] = useState<string>()
  const error = own ?? given
  const invalid = error !== undefined && error !== ''
  const describedBy = [description === undefined ? '' : `${id}d`, invalid ? `${id}e` : '']
    .filter(Boolean)
    .join(' ')
  const ids = useMemo(
    () => ({ labelId: `${id}l`, describedBy: describedBy === '' ? undefined : describedBy, invalid }),
    [id, describedBy, invalid],
  )
  return (
    <Ids value={ids}>
      <Base.Root invalid={invalid} className="flex min-w-0 flex-col gap-1">
        <div className="flex min-h-5 items-center justify-between gap-2">
          <Base.Label id={ids.labelId} className="text-xs font-medium text-muted">
            {label}
            {required ? <span aria-hidden> *</span> : null}
          </Base.Label>
          {action}
        </div>
        <OwnError value={setOwn}>{children}</OwnError>
        {description === undefined ? null : (
          <Base.Description id={`${id}d`} className="text-xs text-subtle">
            {description}
          </Base.Description>
        )}
        {invalid ? (
          <Base.Error id={`${id}e`} match className="flex items-start gap-1 text-xs text-state-failed">
            <CircleAlert aria-hidden size={12} className="mt-0.5 shrink-0" />
            {error}
          </Base.Error>
        ) : null}
      </Base.Root>
    </Ids>
  )
}
