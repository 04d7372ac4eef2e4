import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * What a vitest JSON report says. A file that could not be loaded has no tests to fail: it counts as one.
 * @returns {Count | null} null when there is no report
 */
export function countVitest(path) {
  const report = readJson(path)
  if (report === null) return null
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }
}

/**
 * What a Playwright JSON report says. A flaky test passed in the end; an error outside every test counts as one.
 * @returns {Count | null}
 */
export function countPlaywright(path) {
  const report = readJson(path)
  if (report === null) return null
  const { expected, flaky, unexpected } = report.stats
  return { passed: expected + flaky, failed: unexpected + report.errors.length }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
