'use client'
import { Plus, Trash2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Switch } from '@/components/ui/switch'
import type { RetryRule } from '@/core/design/saga'
import { CheckedNumberField } from './fields'
import { useDraft } from './use-draft'

interface RetryFieldsProps {
  readonly rules: readonly RetryRule[] | undefined
  /** What happens without rules. */
  readonly whenNone: string
  readonly fresh: Pick<RetryRule, 'maxAttempts'>
  readonly onChange: (field: string, rules: readonly RetryRule[] | undefined) => string | null
}

/** Rules for technical failures, the first that matches wins. Business failures are answers and are never retried. */
export function RetryFields({ rules, whenNone, fresh, onChange }: RetryFieldsProps) {
  const list = rules ?? []
  const add = (): void => {
    const rule: RetryRule = { errors: [], intervalMs: 1_000, backoffRate: 2, jitter: 'none', ...fresh }
    onChange('retry rules', [...list, rule])
  }
  return (
    <section aria-label="Retry" className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <h3 className="text-xs font-medium text-muted">Retry rules, the first that matches wins</h3>
        <Button size="sm" icon={<Plus />} onClick={add}>
          Rule
        </Button>
      </div>
      {list.length === 0 ? <p className="text-xs text-subtle">{whenNone}</p> : null}
      {list.map((rule, at) => (
        <RuleFields
          // rules have no identity but their place
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          rule={rule}
          at={at}
          onChange={(field, change) =>
            onChange(
              `retry rule ${at + 1} ${field}`,
              list.map((each, index) => (index === at ? { ...each, ...change } : each)),
            )
          }
          onRemove={() => onChange('retry rules', list.length === 1 ? undefined : list.toSpliced(at, 1))}
        />
      ))}
    </section>
  )
}

function RuleFields(props: {
  readonly rule: RetryRule
  readonly at: number
  readonly onChange: (field: string, change: Partial<RetryRule>) => string | null
  readonly onRemove: () => void
}) {
  const { rule, at, onChange, onRemove } = props
  const errors = useDraft(rule.errors.join(', '), (text) => {
    const names = text.split(/[\s,]+/).filter((name) => name !== '')
    const wrong = onChange('errors', { errors: names })
    // a comma at the end is the beginning of the next name
    return wrong ?? (names.join(', ') === text ? null : ' ')
  })
  const unlimited = rule.maxAttempts === 'unlimited'
  return (
    <fieldset className="flex flex-col gap-2 rounded-md border p-2.5">
      <legend className="sr-only">Rule {at + 1}</legend>
      <Field
        label="Errors"
        description="Names, with commas. Empty matches every technical error."
        error={errors.error?.trim() === '' ? undefined : errors.error}
        action={
          <IconButton label={`Remove rule ${at + 1}`} size="sm" onClick={onRemove}>
            <Trash2 />
          </IconButton>
        }
      >
        <Input mono value={errors.text} onValueChange={errors.change} placeholder="all" />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <CheckedNumberField
          label="Attempts"
          min={1}
          disabled={unlimited}
          value={rule.maxAttempts === 'unlimited' ? undefined : rule.maxAttempts}
          placeholder={unlimited ? 'unlimited' : ''}
          commit={(value) => onChange('attempts', { maxAttempts: value ?? 1 })}
        />
        <CheckedNumberField
          label="Interval"
          unit="ms"
          min={0}
          value={rule.intervalMs}
          commit={(value) => onChange('interval', { intervalMs: value ?? 0 })}
        />
        <CheckedNumberField
          label="Backoff rate"
          min={1}
          max={10}
          step={0.5}
          value={rule.backoffRate}
          commit={(value) => onChange('backoff', { backoffRate: value ?? 1 })}
        />
        <CheckedNumberField
          label="Longest interval"
          unit="ms"
          min={0}
          placeholder="no limit"
          value={rule.maxIntervalMs}
          commit={(value) => onChange('longest interval', { maxIntervalMs: value ?? undefined })}
        />
      </div>
      <Switch
        label="Unlimited attempts"
        checked={unlimited}
        onCheckedChange={(checked) => onChange('attempts', { maxAttempts: checked ? 'unlimited' : 3 })}
      />
      <Field label="Jitter">
        <SegmentedControl
          ariaLabel="Jitter"
          value={rule.jitter}
          options={[
            { value: 'none', label: 'None' },
            { value: 'full', label: 'Full' },
          ]}
          onValueChange={(jitter) => onChange('jitter', { jitter })}
        />
      </Field>
    </fieldset>
  )
}
