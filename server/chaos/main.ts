import { runChaos } from './run-chaos'

/** `npm run test:chaos -- --minutes=30 --kills=120 --seed=x`: prints its report as JSON; ends with 1 when anything is wrong. */
function setting(name: string, otherwise: string): string {
  const given = process.argv.find((one) => one.startsWith(`--${name}=`))
  return given === undefined ? otherwise : given.slice(name.length + 3)
}

function number(name: string, otherwise: number): number {
  const value = Number(setting(name, String(otherwise)))
  if (Number.isFinite(value) && value > 0) return value
  process.stderr.write(`--${name} must be a number above 0.\n`)
  process.exit(1)
}

const minutes = number('minutes', 30)
const report = await runChaos({
  seed: setting('seed', 'chaos'),
  seconds: Math.round(minutes * 60),
  kills: Math.round(number('kills', Math.max(1, minutes * 4))),
  workers: number('workers', 8),
  pauseMs: number('pause-ms', 150),
  onKill: (kills, left) => process.stderr.write(`kill ${kills}, ${left} s left\n`),
})
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
process.exit(report.problems.length === 0 && report.defects.length === 0 ? 0 : 1)
