'use client'
import { FilePlus2, FileUp } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Spinner } from '@/components/ui/spinner'
import { notify } from '@/components/ui/toast'
import { downloadJson } from '@/components/workbench/download-json'
import type { DesignSummary } from '@/core/protocol'
import { designsApi } from '@/lib/api/designs'
import { newId } from '@/lib/new-id'
import { blankDesign } from './blank-design'
import { DeleteDesign } from './delete-design'
import { DesignList } from './design-list'
import { ImportDialog } from './import-dialog'
import { NeedsPerson } from './needs-person'
import { TemplateCard } from './template-card'
import type { TemplateCardData } from './template-card-data'
import { useDesigns } from './use-designs'

export interface StartPageProps {
  readonly templates: readonly TemplateCardData[]
}

const because = (error: unknown) => ({ description: error instanceof Error ? error.message : String(error) })

/** Where one comes in: go on with a design, or begin one from a template, a file or nothing. */
export function StartPage({ templates }: StartPageProps) {
  const router = useRouter()
  const { state, reload, forget } = useDesigns()
  const [busy, setBusy] = useState<string | null>(null)
  const [importing, setImporting] = useState(false)
  const [deleting, setDeleting] = useState<DesignSummary | null>(null)

  const create = async (body: Parameters<typeof designsApi.create>[0]) => {
    const { id } = await designsApi.create(body, newId())
    router.push(`/w/${id}`)
  }
  /** Stays busy when it works: the page is leaving. */
  const begin = async (what: string, body: Parameters<typeof designsApi.create>[0]) => {
    setBusy(what)
    try {
      await create(body)
    } catch (error) {
      setBusy(null)
      notify.error('The design was not created', because(error))
    }
  }
  const duplicate = async (design: DesignSummary) => {
    try {
      const { document } = await designsApi.get(design.id)
      await designsApi.create({ document: { ...document, name: `${design.name} (copy)`.slice(0, 120) } })
      await reload()
    } catch (error) {
      notify.error('The design was not duplicated', because(error))
    }
  }
  const exportJson = async (design: DesignSummary) => {
    try {
      downloadJson((await designsApi.get(design.id)).document)
    } catch (error) {
      notify.error('The design was not exported', because(error))
    }
  }

  const designs = state.status === 'ready' && state.designs.length > 0 && (
    <Section key="designs" title="My designs">
      <DesignList
        designs={state.designs}
        onMore={state.next === null ? null : () => void reload(state.next ?? undefined)}
        onOpen={(design) => router.push(`/w/${design.id}`)}
        onDuplicate={(design) => void duplicate(design)}
        onExport={(design) => void exportJson(design)}
        onDelete={setDeleting}
      />
    </Section>
  )
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-[1080px] flex-col gap-8 px-6 py-8">
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-lg font-semibold">Design a saga. Run it. Break it. Look back.</h1>
            <p className="max-w-[64ch] pt-1 text-base text-muted">
              Take a template and press Run: its steps light up as they happen. Then break one, and watch the
              compensations undo what was done.
            </p>
          </div>
          <div className="flex gap-2">
            <Button icon={<FileUp aria-hidden size={16} />} onClick={() => setImporting(true)}>
              Import JSON
            </Button>
            <Button
              icon={<FilePlus2 aria-hidden size={16} />}
              loading={busy === 'blank'}
              onClick={() => void begin('blank', { document: blankDesign() })}
            >
              Blank design
            </Button>
          </div>
        </div>
        <NeedsPerson
          nameOf={(id) =>
            state.status === 'ready' ? state.designs.find((design) => design.id === id)?.name : undefined
          }
        />
        {designs}
        <Section title="Start from a template">
          <ul aria-label="Templates" className="grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-4">
            {templates.map((template) => (
              <TemplateCard
                key={template.id}
                template={template}
                busy={busy === template.id}
                onUse={() => void begin(template.id, { template: template.id })}
              />
            ))}
          </ul>
        </Section>
        {state.status === 'loading' ? <Spinner label="Loading your designs" /> : null}
        {state.status === 'error' ? (
          <EmptyState
            compact
            title="Your designs could not be loaded"
            description={state.message}
            actions={<Button onClick={() => void reload()}>Try again</Button>}
          />
        ) : null}
        <footer className="border-t border-line pt-4 text-sm text-muted">
          Everything here can be scripted:{' '}
          <Link className="text-accent underline underline-offset-2" href="/docs/api">
            API reference
          </Link>
        </footer>
      </div>
      <ImportDialog
        open={importing}
        onOpenChange={setImporting}
        onImport={(document) => create({ document })}
      />
      <DeleteDesign design={deleting} onClose={() => setDeleting(null)} onDeleted={forget} />
    </main>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-sm font-semibold">{title}</h2>
      {children}
    </section>
  )
}
