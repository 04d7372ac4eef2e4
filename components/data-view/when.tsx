import { formatMoment } from '@/lib/moment'

/** A moment, to the second; the whole of it for those who ask. */
export function When({ at }: { readonly at: number }) {
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={iso} className="whitespace-nowrap">
      {formatMoment(at)}
    </time>
  )
}
