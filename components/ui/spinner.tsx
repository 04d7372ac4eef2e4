import { LoaderCircle } from 'lucide-react'

/** @param props.label said to a screen reader; without one the spinner is decoration beside a text */
export function Spinner({ label, size = 16 }: { readonly label?: string; readonly size?: number }) {
  const ring = <LoaderCircle aria-hidden className="animate-spin motion-reduce:animate-none" size={size} />
  if (label === undefined) return ring
  return (
    <span role="status" className="inline-flex text-muted">
      {ring}
      <span className="sr-only">{label}</span>
    </span>
  )
}
