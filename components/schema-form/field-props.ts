import type { ComponentType } from 'react'
import type { Issue } from '@/core/errors'
import type { Json, JsonObject } from '@/core/json'

export interface SchemaFieldProps {
  readonly root: JsonObject
  readonly schema: JsonObject
  /** null: the form's own root, which needs no heading. */
  readonly label: string | null
  readonly required: boolean
  /** undefined: the property is absent. */
  readonly value: Json | undefined
  /** undefined takes an optional property away again. */
  readonly onChange: (value: Json | undefined) => void
  readonly issues: readonly Issue[]
  readonly id: string
}

/** What objects and lists draw their members with: handed in, so that the modules do not import in a circle. */
export interface NestingProps {
  readonly Member: ComponentType<SchemaFieldProps>
}
