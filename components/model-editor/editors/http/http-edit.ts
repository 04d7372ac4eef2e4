import type { HttpCall } from '@/core/design/http'
import type { DesignPath } from '@/core/design/program'

/** What the parts of the editor of a real call share. */
export interface HttpPartProps {
  readonly http: HttpCall
  /** Where the call stands in the document: `[…operation, 'http']`. */
  readonly path: DesignPath
  /** @param field names what is typed into: keystrokes in one field are one undo. @returns why it was refused */
  readonly change: (field: string, recipe: (http: HttpCall) => void) => string | undefined
}
