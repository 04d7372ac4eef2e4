/** Below this names cannot be read: rather the beginning than everything. */
export const LEAST_ZOOM = 0.32
/** The whole may be this much smaller than that, rather than lose its ends. */
const WHOLE_SHRINKS_TO = 0.85
const MARGIN_PX = 40

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * How everything is seen in a frame, no larger than it is; or its beginning, when everything would be too small to read.
 * @param all where it stands on the canvas
 */
export function firstViewport(
  frame: Size,
  all: Size & { readonly x: number; readonly y: number },
  leastZoom = LEAST_ZOOM,
): { readonly x: number; readonly y: number; readonly zoom: number } {
  const whole = Math.min(
    1,
    (frame.width - 2 * MARGIN_PX) / all.width,
    (frame.height - 2 * MARGIN_PX) / all.height,
  )
  const isWhole = whole >= leastZoom * WHOLE_SHRINKS_TO
  const zoom = isWhole ? whole : leastZoom
  return {
    zoom,
    x: (isWhole ? (frame.width - all.width * zoom) / 2 : MARGIN_PX) - all.x * zoom,
    y: (frame.height - all.height * zoom) / 2 - all.y * zoom,
  }
}
