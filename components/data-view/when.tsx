const short = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** A moment of the log, to the second; the whole of it for those who ask. */
export function When({ at }: { readonly at: number }) {
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} title={iso} className="whitespace-nowrap">
      {short.format(at)}
    </time>
  )
}
