'use client'
import type { WhatIfOutcome } from '@/lib/preview/what-if'
import type { InstanceId } from '../stream-context'

/** placeholder until lib/scenarios is here */
export function SaveAsScenario(_props: { readonly instance: InstanceId; readonly outcome: WhatIfOutcome }) {
  return null
}
