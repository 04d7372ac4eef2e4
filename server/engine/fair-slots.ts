/** What may be under way at once. */
export interface SlotLimits {
  /** Of all lanes together. */
  readonly most: number
  readonly mostPerLane: number
}

interface Lane {
  readonly waiting: (() => void)[]
  underWay: number
}

/** Lanes of work that take turns. */
export interface FairSlots {
  /** Begins the work at once where there is room, else in its lane's turn. Rejects only as the work does. */
  run<T>(lane: string, work: () => Promise<T>): Promise<T>
  readonly underWay: number
  /** How many wait; of one lane, or of all. */
  waiting(lane?: string): number
  /** About how long until what waits now has begun, by how fast it went lately. Whole seconds, at least 1. */
  drainsInSeconds(lane?: string): number
}

/** Longest wait that is foretold: nobody knows what the load is by then. */
const LONGEST_FORETOLD_S = 60

/**
 * Slots that lanes share fairly: those that wait take turns, whatever the number that waits in each, so that a design
 * with ten thousand runs to do holds up another's only run by one turn.
 */
export function createFairSlots({ most, mostPerLane }: SlotLimits): FairSlots {
  const lanes = new Map<string, Lane>()
  /** Lanes that wait and have room, in the order of their turns. */
  const turns = new Set<string>()
  let underWay = 0
  let waiting = 0
  const pace = createPace()

  function laneOf(name: string): Lane {
    const held = lanes.get(name)
    if (held) return held
    const lane: Lane = { waiting: [], underWay: 0 }
    lanes.set(name, lane)
    return lane
  }

  async function begin<T>(name: string, lane: Lane, work: () => Promise<T>): Promise<T> {
    underWay += 1
    lane.underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
      lane.underWay -= 1
      pace.count()
      if (lane.waiting.length > 0) turns.add(name)
      else if (lane.underWay === 0) lanes.delete(name)
      if (waiting > 0) next()
    }
  }

  function next(): void {
    for (const name of turns) {
      if (underWay >= most) return
      turns.delete(name)
      const lane = lanes.get(name)
      if (!lane || lane.underWay >= mostPerLane) continue
      const go = lane.waiting.shift()
      if (!go) continue
      waiting -= 1
      go()
      // To the end of the row: this very loop comes to it again after the others.
      if (lane.waiting.length > 0) turns.add(name)
    }
  }

  return {
    run(name, work) {
      const lane = laneOf(name)
      if (underWay < most && lane.underWay < mostPerLane && lane.waiting.length === 0)
        return begin(name, lane, work)
      return new Promise((resolve, reject) => {
        lane.waiting.push(() => void begin(name, lane, work).then(resolve, reject))
        waiting += 1
        if (lane.underWay < mostPerLane) turns.add(name)
      })
    },
    get underWay() {
      return underWay
    },
    waiting: (name) => (name === undefined ? waiting : (lanes.get(name)?.waiting.length ?? 0)),
    drainsInSeconds(name) {
      const before = name === undefined ? waiting : (lanes.get(name)?.waiting.length ?? 0)
      return Math.min(LONGEST_FORETOLD_S, Math.max(1, Math.ceil(before / Math.max(1, pace.perSecond()))))
    },
  }
}

/** How many ended in each of the last two seconds. */
function createPace() {
  let second = Math.floor(performance.now() / 1000)
  let current = 0
  let last = 0
  const turn = () => {
    const now = Math.floor(performance.now() / 1000)
    if (now === second) return
    last = now === second + 1 ? current : 0
    current = 0
    second = now
  }
  return {
    count() {
      turn()
      current += 1
    },
    perSecond() {
      turn()
      return Math.max(last, current)
    },
  }
}
