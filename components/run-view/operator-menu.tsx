'use client'
import {
  Ban,
  Braces,
  CirclePause,
  CirclePlay,
  ClipboardCheck,
  GitFork,
  MoreHorizontal,
  Radio,
  Undo2,
  Wrench,
} from 'lucide-react'
import { useState } from 'react'
import { SaveRun } from '@/components/scenarios/save-run'
import { IconButton } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import { isTerminal, type SagaState } from '@/core/saga'
import { refusalOf } from '@/lib/run-store/operator'
import { useRun, useRunStore } from '@/lib/run-store/run-provider'
import { isPast, seqShown, stateNow } from '@/lib/run-store/run-store'
import { EditData } from './edit-data'
import { ForkDialog } from './fork-dialog'
import { type Operation, OperatorDialog } from './operator-dialog'

const CHOICES = [
  { action: 'pause', label: 'Pause…', Icon: CirclePause, danger: false },
  { action: 'resume', label: 'Resume…', Icon: CirclePlay, danger: false },
  { action: 'cancel', label: 'Cancel and compensate…', Icon: Ban, danger: true },
  { action: 'compensate', label: 'Compensate now…', Icon: Undo2, danger: true },
] as const

/** What an operator may do to the run now: the core is asked, what it would refuse is not offered. */
export function OperatorMenu() {
  const store = useRunStore()
  const plan = useRun(({ history }) => history.plan)
  const state = useRun(stateNow)
  const [asked, setAsked] = useState<Operation | null>(null)
  const [editing, setEditing] = useState(false)
  const [saving, setSaving] = useState(false)
  const runId = useRun(({ run }) => run.id)
  const sagaName = useRun(({ saga }) => saga.name ?? saga.id)
  const [forking, setForking] = useState<'here' | 'fixed' | null>(null)
  const hasFailed = isTerminal(state.status) && state.error !== null
  const seq = useRun(seqShown)
  const past = useRun(isPast)
  const canEdit = refusalOf(plan, state, { action: 'set-data', data: {} }) === null
  const items = CHOICES.filter(({ action }) => refusalOf(plan, state, { action }) === null)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="Operate this run">
            <MoreHorizontal />
          </IconButton>
        }
        items={[
          ...(past
            ? [
                { kind: 'heading' as const, id: 'past', label: 'In the past: the run itself is left alone' },
                {
                  id: 'live',
                  label: 'Return to live',
                  icon: <Radio size={14} />,
                  onSelect: () => store.getState().goTo(null),
                },
              ]
            : []),
          ...items.map(({ action, label, Icon, danger }) => ({
            id: action,
            label,
            icon: <Icon size={14} />,
            danger,
            disabled: past,
            onSelect: () => setAsked({ action }),
          })),
          ...(canEdit
            ? [
                {
                  id: 'set-data',
                  label: 'Edit the data…',
                  icon: <Braces size={14} />,
                  disabled: past,
                  onSelect: () => setEditing(true),
                },
              ]
            : []),
          {
            id: 'save-scenario',
            label: 'Save as scenario…',
            icon: <ClipboardCheck size={14} />,
            onSelect: () => setSaving(true),
          },
          {
            id: 'fork',
            label: 'Fork…',
            icon: <GitFork size={14} />,
            onSelect: () => setForking('here'),
          },
          ...(hasFailed
            ? [
                {
                  id: 'retry-fixed',
                  label: 'Retry with the newest design…',
                  icon: <Wrench size={14} />,
                  onSelect: () => setForking('fixed'),
                },
              ]
            : []),
        ]}
      />
      <OperatorDialog key={asked?.action ?? 'none'} operation={asked} onClose={() => setAsked(null)} />
      {forking === null ? null : (
        <ForkDialog
          seq={forking === 'fixed' ? null : seq}
          newest={forking === 'fixed'}
          onClose={() => setForking(null)}
        />
      )}
      {saving ? (
        <SaveRun runId={runId} name={scenarioName(sagaName, state)} onClose={() => setSaving(false)} />
      ) : null}
      {editing ? <EditData onClose={() => setEditing(false)} /> : null}
    </>
  )
}

/** What a scenario of the run is called, until a person says it better: `Order fulfilment, compensated after InjectedFault`. */
const scenarioName = (saga: string, { status, error }: SagaState): string =>
  `${saga}, ${status}${error ? ` after ${error.code}` : ''}`.slice(0, 120)
