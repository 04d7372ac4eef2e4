'use client'
import { Dices } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { JsonView } from '@/components/ui/json-view'
import { Spinner } from '@/components/ui/spinner'
import { designProgram } from '@/core/design/program'
import type { Operation, Service } from '@/core/design/service'
import { useDesign } from '@/lib/design-store'
import { sampleOperation } from '@/lib/preview/operation-preview'
import { sharedCodeRunner } from '@/lib/sandbox/shared'
import { PreviewFrame } from './preview-frame'
import { SampleBars } from './sample-bars'
import { useLatest } from './use-latest'

const CALLS = 40

export interface OperationPreviewPanelProps {
  readonly service: Service
  readonly operation: Operation
}

/** Forty calls at once, without waiting: how long each would take and what it would answer. */
export function OperationPreviewPanel({ service, operation }: OperationPreviewPanelProps) {
  const design = useDesign((state) => state.document)
  const program = useMemo(() => designProgram(design), [design])
  const [seed, setSeed] = useState('1')
  const compute = useCallback(
    () =>
      sampleOperation(
        sharedCodeRunner(),
        program,
        design,
        { service: service.id, operation: operation.id },
        operation.inputExample ?? {},
        seed,
        CALLS,
      ),
    [program, design, service.id, operation, seed],
  )
  const { value: samples, stale } = useLatest(compute)
  const answer = samples?.find((sample) => sample.outcome === 'answered')
  return (
    <PreviewFrame stale={stale}>
      <Field label="Seed" description="The same seed draws the same calls.">
        <div className="flex gap-2">
          <Input mono value={seed} onValueChange={setSeed} aria-label="Seed" />
          <Button
            icon={<Dices aria-hidden size={16} />}
            onClick={() => setSeed((now) => String((Number.parseInt(now, 10) || 0) + 1))}
          >
            Another
          </Button>
        </div>
      </Field>
      {samples === null ? <Spinner label="Starting the sandbox" /> : <SampleBars samples={samples} />}
      {answer?.outcome === 'answered' ? (
        <div>
          <h2 className="pb-1 text-xs font-semibold">Its answer to the example</h2>
          <JsonView value={answer.response} ariaLabel="Response" />
        </div>
      ) : null}
    </PreviewFrame>
  )
}
