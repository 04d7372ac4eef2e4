'use client'
import { ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import { SaveVersion } from '@/components/scenarios/save-version'
import { Button } from '@/components/ui/button'
import { useDesign } from '@/lib/design-store'
import { type Decision, decisionAt } from '@/lib/scenarios/of-version'
import { commandBehind, type SentCommand } from '@/lib/scenarios/read-command'
import { type InstanceId, useStreamStore } from './stream-context'

/** Makes a scenario of the version that is looked at. */
export function SaveAsScenario({
  instance,
  version,
}: {
  readonly instance: InstanceId
  readonly version: number
}) {
  const store = useStreamStore()
  const aggregate = useDesign(({ document }) =>
    document.aggregates.find(({ id }) => id === instance.aggregate),
  )
  const [found, setFound] = useState<{
    readonly decision: Decision
    readonly sent: SentCommand | null
  } | null>(null)
  const [busy, setBusy] = useState(false)
  if (aggregate === undefined || version === 0) return null
  const open = async () => {
    const decision = decisionAt(store.getState().events, version)
    if (decision === null) return
    setBusy(true)
    // what cannot be read is chosen by hand
    const sent = await commandBehind(instance.designId, instance, decision).catch(() => null)
    setBusy(false)
    setFound({ decision, sent })
  }
  return (
    <>
      <Button size="sm" icon={<ClipboardCheck aria-hidden size={14} />} loading={busy} onClick={open}>
        Save as scenario
      </Button>
      {found === null ? null : (
        <SaveVersion
          aggregate={aggregate}
          instanceKey={instance.key}
          {...found}
          onClose={() => setFound(null)}
        />
      )}
    </>
  )
}
