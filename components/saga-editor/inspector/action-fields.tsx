'use client'
import { Globe } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { HttpCall } from '@/core/design/http'
import type { DesignPath } from '@/core/design/program'
import type { Action } from '@/core/design/saga'
import { useDesign } from '@/lib/design-store/design-provider'
import { CodeField } from './code-fields'
import { NewOperation, NewService } from './new-definition'
import { firstError, useProblemsAt } from './node-edit'

interface ActionFieldsProps {
  readonly action: Action
  readonly path: DesignPath
  /** @returns what is wrong, or null */
  readonly onChange: (field: string, recipe: (action: Action) => Action) => string | null
}

const TYPES = [
  { value: 'call', label: 'Call' },
  { value: 'command', label: 'Command' },
  { value: 'script', label: 'Script' },
] as const

/** What a step or a compensation does: call a service, command an aggregate, or run a script. */
export function ActionFields({ action, path, onChange }: ActionFieldsProps) {
  const document = useDesign((state) => state.document)
  const become = (type: Action['type']): void => {
    const [service] = document.services
    const [aggregate] = document.aggregates
    const fresh: Readonly<Record<Action['type'], Action>> = {
      call: {
        type: 'call',
        service: service?.id ?? 'service',
        operation: service?.operations[0]?.id ?? 'operation',
      },
      command: {
        type: 'command',
        aggregate: aggregate?.id ?? 'Aggregate',
        command: aggregate?.commands[0]?.name ?? 'Command',
        key: '(input, ctx) => ctx.runId',
      },
      script: { type: 'script', code: '(input) => ({})' },
    }
    onChange('action type', (now) => (now.type === type ? now : fresh[type]))
  }
  return (
    <div className="flex flex-col gap-3">
      <Field label="Action">
        <SegmentedControl ariaLabel="Action" value={action.type} options={TYPES} onValueChange={become} />
      </Field>
      {action.type === 'call' ? <CallFields action={action} path={path} onChange={onChange} /> : null}
      {action.type === 'command' ? <CommandFields action={action} path={path} onChange={onChange} /> : null}
      {action.type === 'script' ? (
        <CodeField
          label="Script"
          description="(input, ctx) => result; fail('Name', 'why') fails it"
          path={[...path, 'code']}
          value={action.code}
          commit={(code) =>
            onChange('script', (now) => (now.type === 'script' ? { ...now, code: code ?? '' } : now))
          }
        />
      ) : null}
    </div>
  )
}

type Of<T extends Action['type']> = Omit<ActionFieldsProps, 'action'> & {
  readonly action: Extract<Action, { type: T }>
}

function CallFields({ action, path, onChange }: Of<'call'>) {
  const services = useDesign(({ document }) => document.services)
  const service = services.find(({ id }) => id === action.service)
  const http = service?.operations.find(({ id }) => id === action.operation)?.http
  const serviceError = firstError(useProblemsAt([...path, 'service']))
  const operationError = firstError(useProblemsAt([...path, 'operation']))
  const call = (serviceId: string, operation: string): void => {
    onChange('call', () => ({ type: 'call', service: serviceId, operation }))
  }
  return (
    <>
      <Field
        label="Service"
        error={serviceError}
        action={<NewService onMade={(id) => call(id, 'operation')} />}
      >
        <Combobox
          value={action.service}
          placeholder={action.service}
          emptyText="No such service"
          options={services.map(({ id, name }) => option(id, name))}
          onValueChange={(id) => {
            if (id !== null && id !== action.service) {
              call(id, services.find((each) => each.id === id)?.operations[0]?.id ?? 'operation')
            }
          }}
        />
      </Field>
      <Field
        label="Operation"
        error={operationError}
        action={
          service ? <NewOperation serviceId={service.id} onMade={(id) => call(service.id, id)} /> : null
        }
      >
        <Combobox
          value={action.operation}
          placeholder={action.operation}
          emptyText="No such operation"
          options={(service?.operations ?? []).map(({ id, name }) => option(id, name))}
          onValueChange={(id) => id !== null && call(action.service, id)}
        />
      </Field>
      {http === undefined ? null : <RealCall http={http} />}
    </>
  )
}

/** What leaves the server when the step runs. */
function RealCall({ http }: { readonly http: HttpCall }) {
  const { method, url } = http
  return (
    <p className="flex items-start gap-2 text-xs text-muted">
      <Badge tone="accent" icon={<Globe aria-hidden />}>
        HTTP
      </Badge>
      <span className="data min-w-0 break-all">
        {method} {url.type === 'template' ? url.template : 'to what its function says'}
      </span>
    </p>
  )
}

function CommandFields({ action, path, onChange }: Of<'command'>) {
  const aggregates = useDesign(({ document }) => document.aggregates)
  const aggregate = aggregates.find(({ id }) => id === action.aggregate)
  const aggregateError = firstError(useProblemsAt([...path, 'aggregate']))
  const commandError = firstError(useProblemsAt([...path, 'command']))
  const set = (field: string, change: Partial<Extract<Action, { type: 'command' }>>): string | null =>
    onChange(field, (now) => {
      if (now.type !== 'command') return now
      const { payload, ...rest } = { ...now, ...change }
      return payload === undefined ? rest : { ...rest, payload }
    })
  return (
    <>
      <Field label="Aggregate" error={aggregateError}>
        <Combobox
          value={action.aggregate}
          placeholder={action.aggregate}
          emptyText="Aggregates are made under Definitions"
          options={aggregates.map(({ id, name }) => option(id, name))}
          onValueChange={(id) => {
            if (id === null || id === action.aggregate) return
            const [first] = aggregates.find((each) => each.id === id)?.commands ?? []
            set('aggregate', { aggregate: id, command: first?.name ?? 'Command' })
          }}
        />
      </Field>
      <Field label="Command" error={commandError}>
        <Combobox
          value={action.command}
          placeholder={action.command}
          emptyText="No such command"
          options={(aggregate?.commands ?? []).map(({ name, description }) => ({
            value: name,
            label: name,
            ...(description === undefined ? {} : { description }),
          }))}
          onValueChange={(command) => command !== null && set('command', { command })}
        />
      </Field>
      <CodeField
        label="Key"
        description="(input, ctx) => the key of the instance"
        path={[...path, 'key']}
        value={action.key}
        commit={(key) => set('key', { key: key ?? '' })}
      />
      <CodeField
        label="Payload"
        description="(input, ctx) => payload; without it the input"
        path={[...path, 'payload']}
        value={action.payload}
        starter="(input, ctx) => input"
        commit={(payload) => set('payload', { payload })}
      />
    </>
  )
}

const option = (id: string, name: string | undefined) => ({
  value: id,
  label: name ?? id,
  ...(name === undefined || name === id ? {} : { description: id }),
})
