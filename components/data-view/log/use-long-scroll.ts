'use client'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import {
  isAtEnd,
  placeAt,
  revealing,
  rowsShown,
  type ScrollPlace,
  type ScrollSize,
  scrolledTo,
} from '@/lib/log-store/long-scroll'

/** Rows drawn beyond the edges, so that a quick turn of the wheel shows no gap. */
const BEYOND = 12

export interface LongScroll {
  readonly place: ScrollPlace
  readonly size: ScrollSize
  readonly from: number
  readonly to: number
  /** Moves no more than it must. */
  reveal(row: number): void
  toEnd(): void
  onScroll(): void
}

/**
 * The part of a long list that is in view. The rows have one height, so nothing is measured and nothing is kept of rows
 * that are not drawn: a list of a million costs what one of fifty does.
 * @param onLeftEnd the person scrolled away from the end, or came back to it
 */
export function useLongScroll(
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  rowPx: number,
  onEnd: (atEnd: boolean) => void,
): LongScroll {
  const [viewPx, setViewPx] = useState(0)
  const [place, setPlace] = useState<ScrollPlace>({ shown: 0, bar: 0 })
  const size = { rows, rowPx, viewPx }
  /** What the handlers go by: several may come before the next drawing. */
  const now = useRef({ place, size })
  now.current = { place, size }
  /** Where the scrollbar was put by us: browsers round and clamp it. */
  const put = useRef(0)

  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const observer = new ResizeObserver(() => setViewPx(box.clientHeight))
    observer.observe(box)
    return () => observer.disconnect()
  }, [scroller])

  // The box has its new height by now, so that the scrollbar can be put where it belongs.
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box || put.current === place.bar) return
    box.scrollTop = place.bar
    put.current = box.scrollTop
  }, [scroller, place])

  const moveTo = (next: ScrollPlace) => {
    // Before it has a height nothing of it is in view, and nothing can be said of its end.
    if (now.current.size.viewPx === 0) return
    now.current = { ...now.current, place: next }
    setPlace(next)
  }
  return {
    place,
    size,
    ...rowsShown(place, size, BEYOND),
    reveal: (row) => moveTo(revealing(row, now.current.place, now.current.size)),
    toEnd: () => moveTo(placeAt(Number.POSITIVE_INFINITY, now.current.size)),
    onScroll() {
      const box = scroller.current
      const { place: before, size: within } = now.current
      // It was put there just now, and not by a person.
      if (!box || box.scrollTop === put.current) return
      put.current = box.scrollTop
      const next = scrolledTo(box.scrollTop, before, within)
      moveTo(next)
      onEnd(isAtEnd(next, within))
    },
  }
}
