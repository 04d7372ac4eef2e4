import { REFUSAL_LIMITS } from './limits'

/**
 * Part of the prelude: what stands around `decide`. Every function gets its own copy of command and state, so that one
 * that changes them changes nothing for those after it.
 */
export const RULES_SOURCE = `
function judged(rule, sent, before) {
  const said = make(rule.fn)(JSON.parse(sent), JSON.parse(before))
  if (said === true) return null
  const refused = (code, message) => ({ code: rule.code === undefined ? code : rule.code, message: message.slice(0, ${REFUSAL_LIMITS.messageChars}), rule: rule.id })
  if (said === false || said === '') return refused(rule.id, rule.message)
  if (typeof said === 'string') return refused(rule.id, said)
  if (refusals.has(said)) return refused(said.code, said.message)
  throw new Fault('CODE_RESULT_INVALID', 'a rule must return true, or false, a text or reject(code, message)')
}

function firstRefusal(rules, command, before) {
  if (rules === undefined || rules.length === 0) return null
  const sent = JSON.stringify(command)
  for (const rule of rules) {
    const refused = judged(rule, sent, before)
    if (refused !== null) return refused
  }
  return null
}

function ended(terminal, before) {
  if (terminal === undefined) return false
  const said = make(terminal.fn)(JSON.parse(before))
  if (typeof said !== 'boolean') throw new Fault('CODE_RESULT_INVALID', 'isTerminal must return true or false')
  return said
}
`
