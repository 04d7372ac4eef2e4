'use client'
import { Copy, Download, Ellipsis, FolderOpen, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { When } from '@/components/data-view/when'
import { IconButton } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import type { DesignSummary } from '@/core/protocol'

export interface DesignRowProps {
  readonly design: DesignSummary
  readonly onOpen: () => void
  readonly onDuplicate: () => void
  readonly onExport: () => void
  readonly onDelete: () => void
}

export function DesignRow({ design, onOpen, onDuplicate, onExport, onDelete }: DesignRowProps) {
  return (
    <tr className="group border-b border-line last:border-b-0 hover:bg-hover">
      <td className="max-w-0 px-3 py-0">
        <Link href={`/w/${design.id}`} className="block truncate rounded-sm py-2 font-medium hover:underline">
          {design.name}
        </Link>
      </td>
      <td className="whitespace-nowrap px-3 text-muted">
        <When at={design.updatedAt} />
      </td>
      <td className="whitespace-nowrap px-3 text-right text-muted">{design.version}</td>
      <td className="w-10 px-2 text-right">
        <Menu
          align="end"
          trigger={
            <IconButton label={`Actions for ${design.name}`} size="sm">
              <Ellipsis />
            </IconButton>
          }
          items={[
            { id: 'open', label: 'Open', icon: <FolderOpen />, onSelect: onOpen },
            { id: 'duplicate', label: 'Duplicate', icon: <Copy />, onSelect: onDuplicate },
            { id: 'export', label: 'Export JSON', icon: <Download />, onSelect: onExport },
            { kind: 'separator', id: 'line' },
            { id: 'delete', label: 'Delete…', icon: <Trash2 />, danger: true, onSelect: onDelete },
          ]}
        />
      </td>
    </tr>
  )
}
