import type { CodeEvent, CodeFault, CodeProgram, CodeRunner } from '../code/contract'
import type { Policy } from '../design/aggregate'
import { codeId } from '../design/code-id'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { assertNever, err, ok, type Result } from '../result'

/** What a policy wants done about an event. Asked of the world by whoever drives it: the server, or nobody in a preview. */
export type Reaction =
  | { readonly type: 'start-saga'; readonly saga: string; readonly input: JsonObject }
  | {
      readonly type: 'send-command'
      readonly aggregate: string
      readonly command: string
      readonly key: string
      readonly payload: Json
    }

/** Why there is no telling what it wants: user code failed, or gave what it may not. */
export type ReactionFault = Omit<CodeFault, 'code'> & { readonly code: string }

/**
 * What a policy does about an event, by its own code and nothing else: the same event gives the same reaction.
 * Without `input` or `payload` the event's data is handed on.
 * @param event of the type that the policy listens for; its upcasters are called first
 * @returns null when its `when` says no
 */
export async function reactionOf(
  policy: Policy,
  program: CodeProgram,
  code: CodeRunner,
  event: CodeEvent,
): Promise<Result<Reaction | null, ReactionFault>> {
  const call = async (fn: string, arg: Json): Promise<Result<Json, ReactionFault>> => {
    const answer = await code.run(program, { kind: 'call', fn, args: [arg] })
    if (!answer.ok) return answer
    if (answer.value.kind === 'value') return ok(answer.value.value)
    // There is nobody to refuse: a policy that does not want to says so in `when`.
    const { code: name, message } = answer.value
    return err({ code: name, message, fn })
  }
  const { lift = [], ...recorded } = event
  let data = event.data
  for (const fn of lift) {
    const lifted = await call(fn, data)
    if (!lifted.ok) return lifted
    data = lifted.value
  }
  const seen = { ...recorded, data }
  const ask = (fn: string) => call(fn, seen as unknown as Json)
  if (policy.when !== undefined) {
    const fn = codeId.policyWhen(policy.id)
    const wanted = await ask(fn)
    if (!wanted.ok) return wanted
    if (typeof wanted.value !== 'boolean') return err(invalid(fn, 'when must return true or false'))
    if (!wanted.value) return ok(null)
  }
  const { reaction } = policy
  switch (reaction.type) {
    case 'start-saga': {
      const fn = codeId.policyInput(policy.id)
      const input = reaction.input === undefined ? ok(data) : await ask(fn)
      if (!input.ok) return input
      if (!isJsonObject(input.value))
        return err(
          invalid(
            fn,
            `the input of a saga must be an object${reaction.input ? '' : ', and this event has none'}`,
          ),
        )
      return ok({ type: 'start-saga', saga: reaction.saga, input: input.value })
    }
    case 'send-command': {
      const fn = codeId.policyKey(policy.id)
      const key = await ask(fn)
      if (!key.ok) return key
      if (typeof key.value !== 'string' || key.value === '')
        return err(invalid(fn, 'the key of an aggregate must be a non-empty text'))
      const payload = reaction.payload === undefined ? ok(data) : await ask(codeId.policyPayload(policy.id))
      if (!payload.ok) return payload
      const { aggregate, command } = reaction
      return ok({ type: 'send-command', aggregate, command, key: key.value, payload: payload.value })
    }
    default:
      return assertNever(reaction)
  }
}

const invalid = (fn: string, message: string): ReactionFault => ({ code: 'CODE_RESULT_INVALID', message, fn })
