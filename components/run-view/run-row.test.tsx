// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { RunSummary } from '@/core/protocol'
import { RunRow } from './run-row'

const run: RunSummary = {
  id: 'mwxhyytvny9jzsfyym',
  designId: 'd',
  designVersion: 1,
  saga: 'order',
  mode: 'live',
  status: 'completed',
  startedAt: 1_000,
  endedAt: 3_500,
  error: null,
  gist: 'customer ada · amount 25000',
  archived: false,
  attention: [],
  needsPerson: 0,
}

afterEach(cleanup)

it('a run is told from others of its saga by its id and by what it was started with', () => {
  render(<RunRow designId="d" run={run} sagaName="Fulfil order" plan={undefined} />)
  const text = screen.getByRole('link').textContent
  for (const part of ['Fulfil order', 'zsfyym', 'customer ada · amount 25000', '2.5 s'])
    expect(text).toContain(part)
})
