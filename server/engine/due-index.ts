/** A run that is not in memory and is to be taken up at a time. About 100 bytes and its two ids. */
export interface DueRun {
  readonly runId: string
  readonly designId: string
  /** Epoch ms. */
  readonly at: number
}

/** Which runs are to be taken up when. */
export interface DueIndex {
  /** Sets when a run is due, in place of what was set before. */
  set(run: DueRun): void
  delete(runId: string): void
  readonly size: number
  close(): void
}

/** The clock on the wall may be set: it is looked at this often at least. */
const LOOK_MS = 60_000

/**
 * One timer for all of them: a heap by time, whose first is waited for. What was replaced or deleted is passed over when
 * it comes up.
 * @param onDue called once for each that is due, which is then forgotten
 */
export function createDueIndex(onDue: (run: DueRun) => void): DueIndex {
  const runs = new Map<string, DueRun>()
  let heap: DueRun[] = []
  let timer: NodeJS.Timeout | undefined
  let armedFor = Number.POSITIVE_INFINITY

  const isCurrent = (run: DueRun): boolean => runs.get(run.runId) === run

  function arm(): void {
    const [first] = heap
    if (!first || first.at === armedFor) return
    clearTimeout(timer)
    armedFor = first.at
    timer = setTimeout(wake, Math.min(Math.max(first.at - Date.now(), 0), LOOK_MS))
    // It must not keep a process alive that has nothing else to do.
    timer.unref()
  }

  function wake(): void {
    armedFor = Number.POSITIVE_INFINITY
    const now = Date.now()
    for (let first = heap[0]; first && (first.at <= now || !isCurrent(first)); first = heap[0]) {
      popHeap(heap)
      if (!isCurrent(first)) continue
      runs.delete(first.runId)
      onDue(first)
    }
    arm()
  }

  return {
    set(run) {
      runs.set(run.runId, run)
      pushHeap(heap, run)
      // Half of it is of no use any more: it is built again.
      if (heap.length > 64 && heap.length > 2 * runs.size) {
        heap = []
        for (const kept of runs.values()) pushHeap(heap, kept)
      }
      arm()
    },
    delete: (runId) => void runs.delete(runId),
    get size() {
      return runs.size
    },
    close() {
      clearTimeout(timer)
      runs.clear()
      heap = []
    },
  }
}

function pushHeap(heap: DueRun[], run: DueRun): void {
  let index = heap.push(run) - 1
  while (index > 0) {
    const above = (index - 1) >> 1
    const parent = heap[above]
    if (!parent || parent.at <= run.at) break
    heap[index] = parent
    index = above
  }
  heap[index] = run
}

function popHeap(heap: DueRun[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let index = 0
  for (;;) {
    let below = 2 * index + 1
    const left = heap[below]
    const right = heap[below + 1]
    if (!left) break
    if (right && right.at < left.at) below += 1
    const child = heap[below]
    if (!child || child.at >= last.at) break
    heap[index] = child
    index = below
  }
  heap[index] = last
}
