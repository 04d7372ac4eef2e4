// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { Dialog } from './dialog'
import { Input } from './input'

/** Focus moves with a frame of the page, which a busy machine draws late. */
const PATIENT = { timeout: 10_000 }

afterEach(cleanup)

describe('Dialog', () => {
  it('opens with the keyboard in its first field', async () => {
    render(
      <Dialog open onOpenChange={() => {}} title="Rename">
        <button type="button">Choose a file</button>
        <input aria-label="Design file" tabIndex={-1} />
        <Input aria-label="Name" />
      </Dialog>,
    )
    await waitFor(
      () => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })),
      PATIENT,
    )
  })

  it('keeps the keyboard itself when there is nothing to fill in', async () => {
    render(
      <Dialog open onOpenChange={() => {}} title="Shortcuts">
        <p>Ctrl+K</p>
      </Dialog>,
    )
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('dialog')), PATIENT)
  })
})
