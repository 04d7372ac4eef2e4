'use client'
import { Check, PencilLine } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Markdown } from '@/components/ui/markdown'
import { useDesign } from '@/lib/design-store/design-provider'
import { TextField } from './fields'

/** What the design teaches: to be read, and written when one asks to. */
export function DescriptionField() {
  const description = useDesign(({ document }) => document.description)
  const edit = useDesign((state) => state.edit)
  const [isWriting, setIsWriting] = useState(false)
  const action = (
    <Button
      size="sm"
      variant="ghost"
      icon={isWriting ? <Check /> : <PencilLine />}
      onClick={() => setIsWriting(!isWriting)}
    >
      {isWriting ? 'Done' : 'Edit'}
    </Button>
  )
  if (!isWriting && description.trim() !== '')
    return (
      <section aria-label="About this design" className="flex flex-col gap-1">
        <div className="flex min-h-5 items-center justify-between gap-2">
          <h3 className="font-medium text-muted text-xs">About this design</h3>
          {action}
        </div>
        <Markdown text={description} />
      </section>
    )
  return (
    <TextField
      label="About this design"
      rows={14}
      value={description}
      path={['description']}
      description="What it teaches. **bold**, *italic*, `code`, and lists with - or 1."
      action={isWriting ? action : undefined}
      onFocus={() => setIsWriting(true)}
      commit={(text) => {
        const done = edit(
          'Change description',
          (draft) => {
            draft.description = text
          },
          { mergeKey: 'design description' },
        )
        return done.ok ? null : (done.error[0]?.message ?? 'too long')
      }}
    />
  )
}
