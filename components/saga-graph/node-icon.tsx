import {
  CircleStop,
  CircleX,
  Clock,
  Code,
  Database,
  Diamond,
  GitBranch,
  Globe,
  type LucideIcon,
  Play,
  Radio,
  Repeat,
  Rows3,
  UserCheck,
  Workflow,
} from 'lucide-react'
import type { Action, SagaNode } from '@/core/design/saga'

const ACTION_ICONS: Readonly<Record<Action['type'], LucideIcon>> = {
  call: Globe,
  command: Database,
  script: Code,
}

const NODE_ICONS: Readonly<Record<Exclude<SagaNode['type'], 'step'>, LucideIcon>> = {
  start: Play,
  choice: GitBranch,
  wait: Clock,
  approval: UserCheck,
  signal: Radio,
  saga: Workflow,
  map: Rows3,
  loop: Repeat,
  fail: CircleX,
  end: CircleStop,
}

export function NodeIcon({ node, size = 16 }: { readonly node: SagaNode; readonly size?: number }) {
  const Icon = node.type === 'step' ? ACTION_ICONS[node.action.type] : NODE_ICONS[node.type]
  return <Icon aria-hidden size={size} />
}

export const PivotIcon = Diamond
