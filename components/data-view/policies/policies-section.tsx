'use client'
import { EmptyState } from '@/components/ui/empty-state'
import { useDesign } from '@/lib/design-store'
import { PolicyCard } from './policy-card'
import { usePolicies } from './use-policies'

/** What reacts to events, where it stands and what it did of late. Nothing is shown in a design without policies. */
export function PoliciesSection() {
  const defined = useDesign((state) => state.document.policies.length)
  return defined === 0 ? null : <Policies />
}

function Policies() {
  const { policies, error, act } = usePolicies()
  return (
    <section aria-label="Policies" className="col-span-full flex min-w-0 flex-col gap-4">
      <div>
        <h2 className="text-md font-semibold">Policies</h2>
        <p className="text-sm text-muted">
          Whenever this happens, do that. Each event is reacted to once, whatever crashes in between.
        </p>
      </div>
      {error === null ? null : (
        <EmptyState compact title="The policies could not be read" description={error} />
      )}
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        {policies?.map((info) => (
          <PolicyCard key={info.policy} info={info} onAct={(action) => act(info.policy, { action })} />
        ))}
      </div>
    </section>
  )
}
