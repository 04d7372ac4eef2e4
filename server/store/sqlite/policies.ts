import { z } from 'zod'
import { policyDeliverySchema, policyFaultSchema } from '@/core/policy/delivery'
import type { PolicyState, PolicyStore } from '../contract'
import { type Db, statement } from './db'
import { corrupt, parseColumn } from './json-column'
import type { Writer } from './writer'

const json = z.string().transform((text) => parseColumn(text, 'Policy'))

const storedState = z.object({
  designId: z.string(),
  policy: z.string(),
  type: z.string(),
  checkpoint: z.number(),
  status: z.enum(['running', 'paused', 'faulted']),
  fault: json.pipe(policyFaultSchema.nullable()),
  recent: json.pipe(z.array(policyDeliverySchema)),
})

/**
 * Where the policies stand. A row is only ever changed here: it comes and goes with the policy, in the transaction that
 * saves its design, so there is no moment in which a policy has no place in the log.
 */
export function createPolicyStore(reader: Db, writer: Writer, head: () => number): PolicyStore {
  return {
    async list(designId) {
      const sql = 'SELECT * FROM Policy WHERE designId = ? ORDER BY policy'
      return (await reader.query<{ readonly policy: string }>(sql, designId)).map(stateOfRow)
    },

    async save({ designId, policy, type, checkpoint, status, fault, recent }) {
      const [written = 0] = await writer.write([
        statement(
          `UPDATE Policy SET checkpoint = ?, status = ?, fault = ?, recent = ?
           WHERE designId = ? AND policy = ? AND type = ?`,
          checkpoint,
          status,
          JSON.stringify(fault),
          JSON.stringify(recent),
          designId,
          policy,
          type,
        ),
      ])
      return written > 0
    },

    async behind() {
      const rows = await reader.query<{ readonly designId: string }>(
        `SELECT DISTINCT p.designId FROM Policy p WHERE p.status = 'running' AND EXISTS (
           SELECT 1 FROM Event e WHERE e.designId = p.designId AND e.type = p.type AND e.position > p.checkpoint)`,
      )
      return rows.map(({ designId }) => designId)
    },

    async lag({ designId, type, checkpoint }) {
      const [row] = await reader.query<{ readonly lag: number }>(
        'SELECT count(*) AS lag FROM Event WHERE designId = ? AND type = ? AND position > ? AND position <= ?',
        designId,
        type,
        checkpoint,
        head(),
      )
      return Number(row?.lag ?? 0)
    },
  }
}

function stateOfRow(row: { readonly policy: string }): PolicyState {
  const state = storedState.safeParse(row)
  if (!state.success) throw corrupt(`Policy ${row.policy}`, 'is not as this program writes it', state.error)
  return state.data
}

/**
 * Gives the policies of a version that is being saved their places: a new one, and one that listens for another type
 * than before, begin at the head of the log; the others stay where they are; those that went are forgotten. Of two with
 * one id (a DUPLICATE_ID problem) the first counts.
 * @param document the version, as JSON text
 */
export async function syncPolicies(db: Db, designId: string, document: string, head: number): Promise<void> {
  await db.execute(FORGET_POLICIES, designId, document)
  await db.execute(PLACE_POLICIES, designId, head, document)
}

const FORGET_POLICIES = `DELETE FROM Policy WHERE designId = ?
  AND policy NOT IN (SELECT value->>'id' FROM json_each(?, '$.policies'))`
const PLACE_POLICIES = `INSERT INTO Policy (designId, policy, type, checkpoint, status, fault, recent)
SELECT ?, p.id, p.type, ?, 'running', 'null', '[]' FROM (
  SELECT value->>'id' AS id, value->>'on' AS type, min(key) FROM json_each(?, '$.policies') GROUP BY 1) p
WHERE true
ON CONFLICT (designId, policy) DO UPDATE SET type = excluded.type, checkpoint = excluded.checkpoint,
  status = 'running', fault = 'null', recent = '[]' WHERE Policy.type <> excluded.type`
