'use client'
import { durationWords } from '@/components/saga-graph/node-words'
import { CheckedNumberField } from './checked-number-field'

interface TimeoutFieldProps {
  readonly value: number | undefined
  readonly commit: (value: number | null) => string | null
}

export function TimeoutField({ value, commit }: TimeoutFieldProps) {
  return (
    <CheckedNumberField
      label="Timeout"
      unit="ms"
      min={1}
      placeholder="none"
      value={value}
      description={
        value === undefined
          ? 'Empty waits for ever.'
          : `After ${durationWords(value)} the outcome is unknown: the work may have been done.`
      }
      commit={commit}
    />
  )
}
