'use client'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Switch } from '@/components/ui/switch'
import { DESIGN_LIMITS } from '@/core/design/limits'
import type { RetryRule } from '@/core/design/saga'
import { CheckedNumberField } from './checked-number-field'
import { RetryPreview } from './retry-preview'
import { useDraft } from './use-draft'

interface RetryFieldsProps {
  readonly rules: readonly RetryRule[] | undefined
  /** What happens without rules. */
  readonly whenNone: string
  readonly fresh: Pick<RetryRule, 'maxAttempts'>
  /** Technical errors that the contract names. */
  readonly known?: readonly string[]
  readonly onChange: (field: string, rules: readonly RetryRule[] | undefined) => string | null
}

/** Rules for technical failures, the first that matches wins. Business failures are answers and are never retried. */
export function RetryFields({ rules, whenNone, fresh, known = [], onChange }: RetryFieldsProps) {
  const list = rules ?? []
  const add = (): void => {
    const rule: RetryRule = { errors: [], intervalMs: 1_000, backoffRate: 2, jitter: 'none', ...fresh }
    onChange('retry rules', [...list, rule])
  }
  const move = (at: number, by: -1 | 1): void => {
    const moved = list[at]
    if (moved) onChange('order of retry rules', list.toSpliced(at, 1).toSpliced(at + by, 0, moved))
  }
  // What comes behind a rule that matches everything is never asked.
  const last = list.findIndex(({ errors }) => errors.length === 0)
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
          count={list.length}
          known={known}
          isShadowed={last >= 0 && at > last}
          onMove={(by) => move(at, by)}
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
  readonly count: number
  readonly known: readonly string[]
  readonly isShadowed: boolean
  readonly onMove: (by: -1 | 1) => void
  readonly onChange: (field: string, change: Partial<RetryRule>) => string | null
  readonly onRemove: () => void
}) {
  const { rule, at, count, known, isShadowed, onMove, onChange, onRemove } = props
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
      <div className="flex items-center justify-between">
        <span className="data text-subtle">Rule {at + 1}</span>
        <span className="flex">
          {count === 1 ? null : (
            <>
              <IconButton
                label={`Ask rule ${at + 1} earlier`}
                size="sm"
                disabled={at === 0}
                onClick={() => onMove(-1)}
              >
                <ArrowUp />
              </IconButton>
              <IconButton
                label={`Ask rule ${at + 1} later`}
                size="sm"
                disabled={at === count - 1}
                onClick={() => onMove(1)}
              >
                <ArrowDown />
              </IconButton>
            </>
          )}
          <IconButton label={`Remove rule ${at + 1}`} size="sm" onClick={onRemove}>
            <Trash2 />
          </IconButton>
        </span>
      </div>
      {isShadowed ? (
        <p role="status" className="text-state-unknown text-xs">
          Never asked: a rule before it matches every error.
        </p>
      ) : null}
      <Field
        label="Errors"
        description="Names, with commas. Empty matches every technical error."
        error={errors.error?.trim() === '' ? undefined : errors.error}
      >
        <Input mono value={errors.text} onValueChange={errors.change} placeholder="all" />
      </Field>
      <div className="flex flex-wrap gap-1 empty:hidden">
        {known
          .filter((name) => !rule.errors.includes(name))
          .map((name) => (
            <Button
              key={name}
              size="sm"
              variant="ghost"
              icon={<Plus />}
              onClick={() => onChange('errors', { errors: [...rule.errors, name] })}
            >
              {name}
            </Button>
          ))}
      </div>
      <div className="grid grid-cols-2 gap-2">
        <CheckedNumberField
          required
          label="Attempts"
          min={1}
          max={DESIGN_LIMITS.maxAttempts}
          disabled={unlimited}
          value={rule.maxAttempts === 'unlimited' ? undefined : rule.maxAttempts}
          placeholder={unlimited ? 'unlimited' : ''}
          commit={(value) => onChange('attempts', { maxAttempts: value ?? 1 })}
        />
        <CheckedNumberField
          required
          label="Interval"
          unit="ms"
          min={0}
          value={rule.intervalMs}
          commit={(value) => onChange('interval', { intervalMs: value ?? 0 })}
        />
        <CheckedNumberField
          required
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
      <RetryPreview rule={rule} />
    </fieldset>
  )
}
