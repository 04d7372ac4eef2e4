import { expect, it } from 'vitest'
import { runChaos } from './run-chaos'

/** The long form is `npm run test:chaos`. */
it('a server killed again and again loses nothing it acknowledged and does no command twice; every run ends', async () => {
  const report = await runChaos({ seed: 'short', seconds: 22, kills: 6, workers: 8, pauseMs: 60 })
  expect(report).toMatchObject({ kills: 6, problems: [], defects: [] })
  expect(report.runs).toBeGreaterThan(20)
  expect(report.commands).toBeGreaterThan(20)
  expect(report.effects).toBeGreaterThan(20)
}, 180_000)
