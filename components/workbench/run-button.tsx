'use client'
import { Play } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import { saveAndRun } from '@/lib/commands/run'
import { useDesign } from '@/lib/design-store/design-provider'
import { useCommands } from './commands-context'

/** Saves, then goes to where the saga is started. There it would go nowhere. */
export function RunButton() {
  const { context } = useCommands()
  const hasSaga = useDesign(({ document }) => document.sagas.length > 0)
  const onRunPage = /\/runs(\/|$)/.test(usePathname())
  if (onRunPage) return null
  return (
    <Tooltip content="Save and run this saga" shortcut="F5">
      <Button variant="primary" icon={<Play />} disabled={!hasSaga} onClick={() => void saveAndRun(context)}>
        Run
      </Button>
    </Tooltip>
  )
}
