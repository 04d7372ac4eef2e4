'use client'
import { Radio } from 'lucide-react'
import { useState } from 'react'
import { initialValue } from '@/components/schema-form/initial-value'
import { SchemaForm } from '@/components/schema-form/schema-form'
import { Button } from '@/components/ui/button'
import type { SagaNodeOf } from '@/core/design/saga'
import type { Json } from '@/core/json'
import { checkAgainstSchema } from '@/core/json-schema'
import type { NodePath } from '@/core/saga'
import { useOperatorName } from './use-operator-name'
import { useRunAct } from './use-run-act'

/** Sends what a node waits for, with data that fit its schema. */
export function SignalFields({
  nodeId,
  node,
}: {
  readonly nodeId: NodePath
  readonly node: SagaNodeOf<'signal'>
}) {
  const act = useRunAct()
  const [by] = useOperatorName()
  const [data, setData] = useState<Json>(() => initialValue(node.schema) ?? {})
  const [isUnread, setIsUnread] = useState(false)
  const checked = checkAgainstSchema(node.schema, data)
  return (
    <div className="flex flex-col gap-2">
      <p className="text-xs">
        It waits for the signal <span className="data">{node.signal}</span>.
      </p>
      {Object.keys(node.schema).length === 0 ? null : (
        <SchemaForm
          schema={node.schema}
          value={data}
          onChange={setData}
          issues={checked.ok ? [] : checked.error}
          idPrefix={`signal-${nodeId}`}
          label="Data of the signal"
          onUnread={setIsUnread}
        />
      )}
      <Button
        size="sm"
        variant="primary"
        icon={<Radio />}
        disabled={!checked.ok || isUnread}
        className="self-start"
        onClick={() =>
          act({ action: 'signal', signal: node.signal, data, node: nodeId, ...(by === '' ? {} : { by }) })
        }
      >
        Send {node.signal}
      </Button>
    </div>
  )
}
