'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import { designsApi } from '@/lib/api/designs'
import { ApiError } from '@/lib/api/request'
import { DesignProvider, useDesign } from '@/lib/design-store/design-provider'
import { createDesignStore, type DesignStore } from '@/lib/design-store/design-store'
import type { TextDraft } from '@/lib/design-store/state'
import { CommandHost } from './command-host'
import { DesignMenu } from './design-menu'
import { LoadFailed, Loading } from './load-states'
import { ModeSwitch } from './mode-switch'
import { RunButton } from './run-button'
import { SaveStatus } from './save-status'

/** Texts of designs that were left as no design, by the design's id: there again when one comes back. */
const drafts = new Map<string, TextDraft>()

/** One design, whichever way it is looked at: reads it, holds it, and frames its modes. */
export function Workbench({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const [store, setStore] = useState<DesignStore | null>(null)
  const [failure, setFailure] = useState<ApiError | null>(null)
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads again
  useEffect(() => {
    let gone = false
    let made: DesignStore | null = null
    setFailure(null)
    designsApi
      .get(id)
      .then((answer) => {
        if (gone) return
        made = createDesignStore(answer)
        made.getState().keepDraft(drafts.get(id) ?? null)
        setStore(made)
      })
      .catch((error: unknown) => {
        if (!gone) setFailure(error instanceof ApiError ? error : new ApiError('INTERNAL', 0, String(error)))
      })
    return () => {
      gone = true
      const draft = made?.getState().draft
      if (draft) drafts.set(id, draft)
      else if (made) drafts.delete(id)
      // What was typed in the last moment still goes out.
      void made
        ?.getState()
        .saveNow()
        .catch(() => {})
      made?.getState().dispose()
    }
  }, [id, attempt])

  if (failure) return <LoadFailed failure={failure} onRetry={() => setAttempt((now) => now + 1)} />
  if (store === null) return <Loading />
  return (
    <DesignProvider store={store}>
      <CommandHost>
        <Frame id={id}>{children}</Frame>
      </CommandHost>
    </DesignProvider>
  )
}

function Frame({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const name = useDesign((state) => state.document.name)
  return (
    <AppShell
      breadcrumb={[{ label: name }]}
      center={<ModeSwitch id={id} />}
      right={
        <>
          <SaveStatus />
          <DesignMenu />
          <RunButton />
        </>
      }
    >
      {children}
    </AppShell>
  )
}
