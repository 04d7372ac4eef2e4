/** Three steps forward and the way back beneath them. */
export function BrandMark() {
  return (
    <svg
      aria-hidden
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      strokeWidth="1.75"
      strokeLinecap="round"
    >
      <path d="M3 6h14" className="stroke-ink" />
      <circle cx="3.5" cy="6" r="1.9" className="fill-ink" />
      <circle cx="10" cy="6" r="1.9" className="fill-ink" />
      <circle cx="16.5" cy="6" r="1.9" className="fill-ink" />
      <path
        d="M16.5 9.5v2a3 3 0 0 1-3 3H5.5m2.5-2.75L5.25 14.5 8 17.25"
        className="stroke-state-compensating"
        strokeLinejoin="round"
      />
    </svg>
  )
}
