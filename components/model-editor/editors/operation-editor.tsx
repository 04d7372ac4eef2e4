'use client'
import { Field } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { DesignPath } from '@/core/design/program'
import type { Operation, Service } from '@/core/design/service'
import { OptionalCodeField } from '../fields/code-field'
import { ExampleField, SchemaTextField } from '../fields/example-field'
import { NameField } from '../fields/name-field'
import { TextField } from '../fields/text-field'
import { useModelEdit } from '../fields/use-model-edit'
import { inOperation, setText } from '../recipes/find'
import { newHttpCall } from '../recipes/http-call'
import { renameOperation } from '../recipes/rename-service'
import { ErrorsField } from './errors-field'
import { HttpFields } from './http/http-fields'
import { LatencyField } from './latency-field'

export interface OperationEditorProps {
  readonly service: Service
  readonly operation: Operation
  readonly path: DesignPath
  readonly onRenamed: (id: string) => void
}

export function OperationEditor({ service, operation, path, onRenamed }: OperationEditorProps) {
  const edit = useModelEdit()
  const { id, http } = operation
  const change = (field: string, recipe: (operation: Operation) => void) =>
    edit(`Change ${id}`, inOperation(service.id, id, recipe), `${service.id}.${id}.${field}`)
  return (
    <>
      <Field
        label="Calls"
        description={
          http === undefined
            ? 'Simulated: it answers, fails and dawdles as you say, and nothing leaves the server.'
            : 'HTTP: every run sends real requests from the server.'
        }
      >
        <SegmentedControl
          ariaLabel="Calls"
          value={http === undefined ? 'simulated' : 'http'}
          options={[
            { value: 'simulated', label: 'Simulated' },
            { value: 'http', label: 'HTTP' },
          ]}
          onValueChange={(kind) =>
            void change('kind', (draft) => {
              if (kind === 'simulated') delete draft.http
              else draft.http ??= newHttpCall()
            })
          }
        />
      </Field>
      {http === undefined ? (
        <LatencyField
          value={operation.latency}
          onChange={(latency) =>
            void change('latency', (draft) => {
              draft.latency = latency
            })
          }
        />
      ) : null}
      <ErrorsField service={service.id} operation={operation} />
      {http === undefined ? (
        <OptionalCodeField
          label="response"
          description="(input, ctx) => response, or return fail('ErrorName', 'why'). ctx has runId, nodeId, attempt, at, random and id."
          value={operation.response}
          skeleton="(input, ctx) => ({ id: ctx.id })"
          commit={(code) =>
            change('response', (draft) => {
              draft.response = code
            })
          }
          onRemove={() => void change('response', (draft) => void delete draft.response)}
          path={[...path, 'response']}
        />
      ) : (
        <HttpFields
          http={http}
          operation={operation}
          path={[...path, 'http']}
          change={(field, recipe) =>
            change(`http ${field}`, (draft) => {
              if (draft.http) recipe(draft.http)
            })
          }
        />
      )}
      <ExampleField
        label="Example input"
        value={operation.inputExample ?? {}}
        schema={operation.inputSchema ?? {}}
        commit={(example) =>
          change('inputExample', (draft) => {
            draft.inputExample = example
          })
        }
      />
      <SchemaTextField
        label="Input schema"
        value={operation.inputSchema ?? {}}
        commit={(schema) =>
          change('inputSchema', (draft) => {
            draft.inputSchema = schema
          })
        }
      />
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label="Name"
          value={operation.name ?? ''}
          placeholder={id}
          commit={(text) => change('name', (draft) => setText(draft, 'name', text))}
        />
        <NameField
          label="Id"
          kind="id"
          value={id}
          taken={service.operations.map((other) => other.id)}
          onRename={(next) => {
            const refused = edit(`Rename ${id}`, (draft) => renameOperation(draft, service.id, id, next))
            if (refused === undefined) onRenamed(next)
            return refused
          }}
        />
      </div>
      <TextField
        label="Description"
        long
        value={operation.description ?? ''}
        commit={(text) => change('description', (draft) => setText(draft, 'description', text))}
      />
    </>
  )
}
