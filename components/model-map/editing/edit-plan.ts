import type { Recipe } from '@/lib/design-store'

/** What an act on the map would do: a change, or why there is none. */
export type EditPlan =
  | {
      readonly type: 'edit'
      readonly label: string
      readonly recipe: Recipe
      /** The place key of what is looked at afterwards. */
      readonly shows: string
    }
  /** It cannot be done for a person: where to do it, and how. */
  | { readonly type: 'by-hand'; readonly shows: string; readonly how: string }
  | { readonly type: 'refused'; readonly why: string }

export const refused = (why: string): EditPlan => ({ type: 'refused', why })
