import { describe, expect, it } from 'vitest'
import { faultSchema, planOf } from '@/core/saga'
import { templates } from '@/examples'
import { faultPresets } from './fault-presets'
import { stepPlaces } from './operator'

describe.each(templates.map(({ document }) => ({ name: document.name, document })))(
  'the presets of $name',
  ({ document }) => {
    const presets = document.sagas.flatMap(({ id }) => {
      const plan = planOf(document, id)
      return plan ? faultPresets(plan, document).map((preset) => ({ plan, preset })) : []
    })

    it('are faults that a run takes, at places its saga has', () => {
      for (const { plan, preset } of presets) {
        const places = stepPlaces(plan)
        expect(preset.faults.length).toBeLessThanOrEqual(100)
        for (const fault of preset.faults) {
          expect(faultSchema.safeParse(fault).success).toBe(true)
          expect(places).toContain(fault.node)
        }
      }
    })

    it('have one for each service it calls, and chaos', () => {
      expect(presets.map(({ preset }) => preset.id)).toContain('chaos-20')
      for (const { preset } of presets.filter(({ preset: { id } }) => id.startsWith('down-')))
        expect(preset.faults.length).toBeGreaterThan(0)
    })
  },
)
