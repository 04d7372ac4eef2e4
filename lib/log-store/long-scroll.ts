/**
 * Scrolling over more rows than a browser has pixels for. Browsers cut an element off at some height (Firefox near 17.8,
 * Chromium near 33.5 million px), so the box that scrolls is capped, and what is shown is kept apart from where its
 * scrollbar is. Turning the wheel moves both by the same number of pixels, so that no row is passed over; dragging the
 * scrollbar goes to that share of the whole.
 */
const MOST_BOX_PX = 8_000_000

export interface ScrollSize {
  readonly rows: number
  readonly rowPx: number
  /** Height of what is seen. */
  readonly viewPx: number
}

/** `shown`: pixels of rows above the view. `bar`: `scrollTop` of the box. The same while the box is not capped. */
export interface ScrollPlace {
  readonly shown: number
  readonly bar: number
}

const mostShown = ({ rows, rowPx, viewPx }: ScrollSize): number => Math.max(0, rows * rowPx - viewPx)
const mostBar = (size: ScrollSize): number => Math.max(0, boxPx(size) - size.viewPx)

/** Height of the box. */
export const boxPx = ({ rows, rowPx }: ScrollSize): number => Math.min(rows * rowPx, MOST_BOX_PX)

const isCapped = (size: ScrollSize): boolean => mostShown(size) > mostBar(size)

/** The place that shows these pixels, with the scrollbar where it belongs. */
export function placeAt(shown: number, size: ScrollSize): ScrollPlace {
  const within = Math.min(Math.max(0, shown), mostShown(size))
  if (!isCapped(size)) return { shown: within, bar: within }
  const share = mostShown(size) === 0 ? 0 : within / mostShown(size)
  const bar = Math.round(share * mostBar(size))
  // At its ends the scrollbar would not move any more, though there is more to see.
  const inner = within > 0 && within < mostShown(size) ? Math.min(Math.max(bar, 1), mostBar(size) - 1) : bar
  return { shown: within, bar: inner }
}

/** The place after the box was scrolled to `bar`. */
export function scrolledTo(bar: number, place: ScrollPlace, size: ScrollSize): ScrollPlace {
  if (!isCapped(size)) return placeAt(bar, size)
  const moved = bar - place.bar
  const ends = bar <= 0 || bar >= mostBar(size)
  if (Math.abs(moved) < size.viewPx && !ends) {
    const shown = Math.min(Math.max(0, place.shown + moved), mostShown(size))
    return { shown, bar }
  }
  return { shown: (bar / mostBar(size)) * mostShown(size), bar }
}

/** The place that shows a row whole, moved no more than it must be. */
export function revealing(row: number, place: ScrollPlace, size: ScrollSize): ScrollPlace {
  const top = row * size.rowPx
  if (top < place.shown) return placeAt(top, size)
  const bottom = top + size.rowPx - size.viewPx
  return bottom > place.shown ? placeAt(bottom, size) : place
}

/** First and last row in view, with some beyond its edges. */
export function rowsShown(
  { shown }: ScrollPlace,
  { rows, rowPx, viewPx }: ScrollSize,
  beyond: number,
): { readonly from: number; readonly to: number } {
  const first = Math.floor(shown / rowPx) - beyond
  const last = Math.ceil((shown + viewPx) / rowPx) + beyond
  return { from: Math.max(0, first), to: Math.min(rows, last) - 1 }
}

export const isAtEnd = ({ shown }: ScrollPlace, size: ScrollSize): boolean =>
  shown >= mostShown(size) - size.rowPx / 2
