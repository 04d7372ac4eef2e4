'use client'
import { useCallback } from 'react'
import { type Recipe, useDesignStore } from '@/lib/design-store'

/**
 * Changes the design as one step of undo; typing in one field (`mergeKey`) is one step.
 * @returns why it was refused, in words; undefined when it was done
 */
export type ModelEdit = (label: string, recipe: Recipe, mergeKey?: string) => string | undefined

export function useModelEdit(): ModelEdit {
  const store = useDesignStore()
  return useCallback(
    (label, recipe, mergeKey) => {
      const edited = store.getState().edit(label, recipe, mergeKey === undefined ? {} : { mergeKey })
      return edited.ok ? undefined : edited.error.map(({ message }) => message).join('; ')
    },
    [store],
  )
}
