'use client'
import { Command, Download, Ellipsis, History, Keyboard, PencilLine, Upload } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import { useDesignStore } from '@/lib/design-store/design-provider'
import { useCommands } from './commands-context'
import { downloadJson } from './download-json'
import { ImportDialog } from './import-dialog'
import { RehearseDialog } from './rehearse-dialog'
import { RenameDialog } from './rename-dialog'

/** What concerns the design as a whole. */
export function DesignMenu() {
  const store = useDesignStore()
  const { context } = useCommands()
  const [dialog, setDialog] = useState<'rename' | 'import' | 'rehearse' | null>(null)
  const close = (): void => setDialog(null)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="Design menu">
            <Ellipsis />
          </IconButton>
        }
        items={[
          {
            id: 'rename',
            label: 'Rename design…',
            icon: <PencilLine />,
            onSelect: () => setDialog('rename'),
          },
          { kind: 'separator', id: 'a' },
          {
            id: 'export',
            label: 'Export as JSON',
            icon: <Download />,
            onSelect: () => downloadJson(store.getState().document),
          },
          { id: 'import', label: 'Import…', icon: <Upload />, onSelect: () => setDialog('import') },
          {
            id: 'rehearse',
            label: 'Replay runs against this design…',
            icon: <History />,
            onSelect: () => setDialog('rehearse'),
          },
          { kind: 'separator', id: 'b' },
          {
            id: 'palette',
            label: 'All commands',
            icon: <Command />,
            shortcut: 'Ctrl+K',
            onSelect: () => context.ui.open('palette'),
          },
          {
            id: 'help',
            label: 'Keyboard shortcuts',
            icon: <Keyboard />,
            shortcut: '?',
            onSelect: () => context.ui.open('help'),
          },
        ]}
      />
      {dialog === 'rename' ? <RenameDialog onClose={close} /> : null}
      {dialog === 'rehearse' ? <RehearseDialog onClose={close} /> : null}
      {dialog === 'import' ? <ImportDialog onClose={close} /> : null}
    </>
  )
}
