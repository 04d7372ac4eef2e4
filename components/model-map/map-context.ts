'use client'
import { createContext, useContext } from 'react'

/** What the cards of the map call. One object for the life of the map: no card renders because of it. */
export interface MapActions {
  /** @param name null when it stays as it was */
  readonly renamed: (id: string, name: string | null) => void
}

export const MapActionsContext = createContext<MapActions>({ renamed: () => {} })

export const useMapActions = (): MapActions => useContext(MapActionsContext)
