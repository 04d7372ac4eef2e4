/**
 * Where the time of a saga goes: the in-process bench at one concurrency under V8's sampling profiler, and the CPU time
 * of the whole process per saga, which other work on the machine moves least.
 * `npx tsx bench/saga-profile.ts [concurrency, default 200] [seconds, default 5] [succeeds | fifth-step-fails]`
 */
import { type Profiler, Session } from 'node:inspector/promises'
import { VARIANTS, type Variant } from './saga/bench-design'
import { inProcess } from './saga/in-process'
import { inFolder } from './support/in-folder'
import { drive } from './support/rounds'

const [concurrency = 200, seconds = 5] = process.argv.slice(2, 4).map(Number)
const variant: Variant = VARIANTS.find((one) => one === process.argv[4]) ?? 'succeeds'

/** Our folders by name, packages by theirs, the rest by what V8 calls it. */
function placeOf({ functionName, url }: Profiler.ProfileNode['callFrame']): string {
  const path = url.replaceAll('\\', '/')
  const dependency = /\/node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*\/node_modules\/)/.exec(path)?.[1]
  if (dependency !== undefined) return dependency
  const own = /\/((?:core|server|bench)\/[^?]+)/.exec(path)?.[1]
  if (own !== undefined) return own
  return path.startsWith('node:') ? path : functionName || 'native'
}

/** Share of the samples in which the function itself was running, in percent, most first. */
function selfShares(profile: Profiler.Profile, name: (frame: Profiler.ProfileNode['callFrame']) => string) {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const time = new Map<string, number>()
  let total = 0
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const frame = frames.get(id)
    if (!frame || frame.functionName === '(idle)') continue
    const delta = profile.timeDeltas?.[index] ?? 0
    total += delta
    const key = name(frame)
    time.set(key, (time.get(key) ?? 0) + delta)
  }
  return shares(time, total)
}

function shares(time: ReadonlyMap<string, number>, total: number) {
  return [...time]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 40)
    .map(([place, micros]) => ({ place, percent: Number(((micros * 100) / total).toFixed(1)) }))
}

/** Share of the samples in which a function of ours was running or waited for what it had called. */
function withinShares(profile: Profiler.Profile) {
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  )
  const names = new Map(
    profile.nodes.map(({ id, callFrame }) => [id, `${callFrame.functionName || '?'} ${placeOf(callFrame)}`]),
  )
  const time = new Map<string, number>()
  let total = 0
  for (const [index, id] of (profile.samples ?? []).entries()) {
    if (names.get(id)?.startsWith('(idle)')) continue
    const delta = profile.timeDeltas?.[index] ?? 0
    total += delta
    const seen = new Set<string>()
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at))
      seen.add(names.get(at) ?? '?')
    for (const name of seen)
      if (/ (?:core|server)\//.test(name)) time.set(name, (time.get(name) ?? 0) + delta)
  }
  return shares(time, total)
}

const answer = await inFolder(async (path) => {
  const runner = await inProcess(path)
  const once = () => runner.run(variant)
  await drive(concurrency, 2, once)
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  const before = process.cpuUsage()
  let sagas = 0
  const plain = await drive(concurrency, seconds, async () => {
    await once()
    sagas += 1
  })
  const used = process.cpuUsage(before)
  await session.post('Profiler.start')
  await drive(concurrency, seconds, once)
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  await runner.close()
  return {
    variant,
    concurrency,
    ...plain,
    cpuMicrosPerSaga: Math.round((used.user + used.system) / sagas),
    within: withinShares(profile),
    byFile: selfShares(profile, placeOf),
    byFunction: selfShares(
      profile,
      (frame) => `${frame.functionName || '?'} ${placeOf(frame)}:${frame.lineNumber + 1}`,
    ),
  }
})
console.log(JSON.stringify(answer, null, 1))
