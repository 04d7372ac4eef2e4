import { EyeOff } from 'lucide-react'
import type { ReactNode } from 'react'

/** What every preview says first: it is one. */
export function PreviewFrame({ children, stale }: { readonly children: ReactNode; readonly stale: boolean }) {
  return (
    <div className="h-full overflow-y-auto" aria-busy={stale}>
      <p className="flex items-center gap-1.5 border-b border-line px-3 py-2 text-xs text-subtle">
        <EyeOff aria-hidden size={12} />
        Preview: nothing is saved
      </p>
      <div className="flex flex-col gap-3 p-3">{children}</div>
    </div>
  )
}

/** A fault of user code, with its place. */
export function FaultText({
  fault,
}: {
  readonly fault: {
    readonly code: string
    readonly message: string
    readonly fn?: string
    readonly line?: number
  }
}) {
  return (
    <p className="text-sm text-state-failed">
      <code className="data font-medium">{fault.code}</code> {fault.message}
      {fault.fn === undefined ? null : (
        <span className="data block text-muted">
          {fault.fn}
          {fault.line === undefined ? '' : `, line ${fault.line}`}
        </span>
      )}
    </p>
  )
}
