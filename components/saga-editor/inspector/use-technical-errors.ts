'use client'
import { useMemo } from 'react'
import type { Action } from '@/core/design/saga'
import { useDesign } from '@/lib/design-store/design-provider'

/** Names of the technical errors that a call's contract has: only those are retried. */
export function useTechnicalErrors(action: Action | undefined): readonly string[] {
  const services = useDesign(({ document }) => document.services)
  return useMemo(() => {
    if (action?.type !== 'call') return []
    const service = services.find(({ id }) => id === action.service)
    const operation = service?.operations.find(({ id }) => id === action.operation)
    return (operation?.errors ?? []).flatMap(({ name, kind }) => (kind === 'technical' ? [name] : []))
  }, [services, action])
}
