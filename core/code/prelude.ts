import { TYPE_NAME, TYPE_NAME_WORDS } from '../design/type-name'
import { REFUSAL_LIMITS } from './limits'
import { FREEZE_SOURCE } from './prelude-freeze'
import { JSON_SOURCE } from './prelude-json'
import { RULES_SOURCE } from './prelude-rules'
import { UPCAST_SOURCE } from './prelude-upcast'

/** Characters that stand before a function's source in what is compiled; line 1's columns are less by it. */
export const WRAP_LENGTH = 6

/**
 * What is compiled for one function. The first only proves that the source is one expression (so that it
 * cannot close the second's parentheses and smuggle statements out); the second gives a maker. Calling the
 * maker evaluates the expression anew, so nothing kept in a closure or on a function outlives one invocation.
 */
export function wrapSource(source: string): { readonly proof: string; readonly maker: string } {
  const expression = source.replace(/[\s;]+$/, '')
  return { proof: `(     ${expression}\n)`, maker: `(()=>(${expression}\n))` }
}

/**
 * The JavaScript that runs inside the sandbox, once per sandbox, before any user code. It is an expression:
 * a function of `compile(id, index)` (host: gives a maker, or a fault as JSON text), the longest result in
 * UTF-16 units and WRAP_LENGTH, which gives `dispatch(callJson) → answerJson`.
 *
 * It does the kinds of CodeCall here, inside, because each crossing costs more than an event does.
 * Every value is turned into text where user code could still reach it afterwards: that is why an `evolve`
 * that changes its argument changes nothing that was already answered.
 *
 * Globals it leaves for user code: `reject(code, message?)` and `fail(code, message?)`, to be returned, and
 * `event(type, data)`. Neither clock nor chance: `Date` is absent, `Math.random` throws.
 */
export const PRELUDE_SOURCE = `(function (compile, most, wrapLength) {
'use strict'
class Fault { constructor(code, message) { this.code = code; this.message = message } }
${JSON_SOURCE}

const refusals = new WeakSet()
function refusal(name) {
  return (code, message) => {
    if (typeof code !== 'string' || code === '') throw new TypeError(name + '(code, message): the code must be a text')
    const text = message === undefined ? code : String(message)
    const value = Object.freeze({ code: code.slice(0, ${REFUSAL_LIMITS.codeChars}), message: text.slice(0, ${REFUSAL_LIMITS.messageChars}) })
    refusals.add(value)
    return value
  }
}
const eventName = ${TYPE_NAME}
const global = { reject: refusal('reject'), fail: refusal('fail'), event: (type, data = null) => ({ type, data }) }
for (const name of Object.keys(global)) Object.defineProperty(globalThis, name, { value: global[name] })
Object.defineProperty(Math, 'random', { value: () => { throw new Error('Math.random is not available: randomness comes in as ctx.random') } })
// eval could declare a global that the next call would see
delete globalThis.eval
${FREEZE_SOURCE}

// a cursor into the rows holds a key, and a cursor travels in an address
const KEY_CHARS = 512
const makers = new Map()
const ids = []
let current

function make(id) {
  current = id
  let maker = makers.get(id)
  if (maker === undefined) {
    ids.push(id)
    maker = compile(id, ids.length - 1)
    if (typeof maker === 'string') throw Object.assign(new Fault(), JSON.parse(maker))
    makers.set(id, maker)
  }
  const fn = maker()
  // an async function is an ordinary object here: there are no promises
  if (typeof fn !== 'function' || Object.getPrototypeOf(fn) !== Function.prototype) {
    throw new Fault('CODE_SYNTAX', 'this is not a plain function: write (a, b) => …, neither async nor a generator')
  }
  return fn
}

function place(stack) {
  const found = /<f([0-9]+)>:([0-9]+)(?::([0-9]+))?/.exec(stack)
  if (found === null || Number(found[1]) >= ids.length) return { fn: current }
  const line = Number(found[2])
  const at = { fn: ids[Number(found[1])], line }
  if (found[3] !== undefined) at.column = Math.max(1, Number(found[3]) - (line === 1 ? wrapLength : 0))
  return at
}

function describe(thrown) {
  try {
    if (refusals.has(thrown)) return 'threw what reject() or fail() gave: return it instead'
    if (thrown instanceof Error) return String(thrown.name) + ': ' + String(thrown.message)
    if (typeof thrown === 'object' && thrown !== null) return 'threw ' + JSON.stringify(thrown)
    return 'threw ' + String(thrown)
  } catch (_) { return 'threw a value that cannot be described' }
}

function toFault(thrown) {
  if (thrown instanceof Fault) return thrown.fn === undefined && current !== undefined ? { code: thrown.code, message: thrown.message, fn: current } : { ...thrown }
  const message = describe(thrown).slice(0, 500)
  let stack = ''
  try { if (thrown instanceof Error) stack = String(thrown.stack).slice(0, 2000) } catch (_) {}
  if (message === 'InternalError: out of memory') return { code: 'CODE_OUT_OF_MEMORY', message: 'the code used too much memory', ...place(stack) }
  return { code: 'CODE_THREW', message, ...place(stack) }
}

${UPCAST_SOURCE}
${RULES_SOURCE}

function evolved(handlers, state, event) {
  if (!Object.hasOwn(handlers, event.type)) return state
  // As decide gave it. When and where it was recorded is not known yet of one that is only decided, and the state that a
  // command is answered with must be the one that its events are folded to ever after.
  const { type, data } = lifted(event)
  const next = make(handlers[type])(state, { type, data })
  if (next === undefined) throw new Fault('CODE_RESULT_INVALID', 'evolve must return the state')
  return next
}

const kinds = {
  call({ fn, args }) {
    const value = make(fn)(...args)
    if (refusals.has(value)) return '{"kind":"failed","code":' + JSON.stringify(value.code) + ',"message":' + JSON.stringify(value.message) + '}'
    return '{"kind":"value","value":' + (value === undefined ? 'null' : toText(value, 'result')) + '}'
  },

  fold({ evolve, state, events, every }) {
    const states = []
    for (const event of events) {
      state = evolved(evolve, state, event)
      if (every === true) states.push(toText(state, 'state'))
    }
    return '{"state":' + toText(state, 'state') + (every === true ? ',"states":[' + states.join(',') + ']}' : '}')
  },

  handle({ evolve, terminal, rules, decide, state, events, command }) {
    for (const event of events) state = evolved(evolve, state, event)
    const before = toText(state, 'state')
    const refused = firstRefusal(rules, command, before)
    if (refused !== null) return '{"kind":"rejected","before":' + before + ',' + JSON.stringify(refused).slice(1)
    const decided = make(decide)(command, JSON.parse(before))
    if (refusals.has(decided)) return '{"kind":"rejected","before":' + before + ',"code":' + JSON.stringify(decided.code) + ',"message":' + JSON.stringify(decided.message) + '}'
    const list = decided === undefined || decided === null ? [] : Array.isArray(decided) ? decided : [decided]
    const texts = []
    for (let i = 0; i < list.length; i++) {
      const item = list[i]
      if (typeof item !== 'object' || item === null || typeof item.type !== 'string' || item.type === '') {
        throw new Fault('CODE_RESULT_INVALID', 'decide must return events { type, data }, a list of them, reject(code, message) or nothing' + (Array.isArray(decided) ? ': item ' + i + ' is none' : ''))
      }
      if (!eventName.test(item.type)) {
        throw new Fault('CODE_RESULT_INVALID', 'events[' + i + '].type: ${TYPE_NAME_WORDS}')
      }
      texts.push('{"type":' + JSON.stringify(item.type) + ',"data":' + (item.data === undefined ? 'null' : toText(item.data, 'events[' + i + '].data')) + '}')
    }
    if (texts.length > 0 && ended(terminal, before)) return '{"kind":"rejected","before":' + before + ',"code":' + JSON.stringify(terminal.code) + ',"message":' + JSON.stringify(terminal.message) + '}'
    const eventsText = '[' + texts.join(',') + ']'
    let after = JSON.parse(before)
    for (const event of JSON.parse(eventsText)) after = evolved(evolve, after, event)
    return '{"kind":"accepted","before":' + before + ',"events":' + eventsText + ',"state":' + (texts.length === 0 ? before : toText(after, 'state')) + '}'
  },

  rules({ rules, state, command }) {
    const before = JSON.stringify(state)
    const sent = JSON.stringify(command)
    const verdicts = rules.map((rule) => {
      try {
        const refused = judged(rule, sent, before)
        return JSON.stringify(refused === null ? { kind: 'holds' } : { kind: 'refuses', code: refused.code, message: refused.message })
      } catch (thrown) {
        const found = toFault(thrown)
        if (found.code === 'CODE_OUT_OF_MEMORY') throw new Fault(found.code, found.message)
        return JSON.stringify({ kind: 'fault', fault: found })
      }
    })
    return '{"verdicts":[' + verdicts.join(',') + ']}'
  },

  keys({ key, on, events }) {
    const keys = events.map((event, i) => {
      if (!Object.hasOwn(on, event.type)) return null
      const seen = lifted(event)
      const value = make(key)(seen)
      if (value === undefined || value === null) return null
      if (typeof value === 'string') {
        if (value.length > KEY_CHARS || value.includes('\\u0000')) throw new Fault('CODE_RESULT_INVALID', 'key must return a text of at most ' + KEY_CHARS + ' characters, without U+0000')
        return value
      }
      if (typeof value === 'number' && Number.isFinite(value)) return String(value)
      throw new Fault('CODE_RESULT_INVALID', 'key must return a text or a number, or null to ignore the event')
    })
    return '{"keys":' + toText(keys, 'keys') + '}'
  },

  project({ on, rows, events, keys }) {
    const changed = new Map()
    let fault = ''
    for (let i = 0; i < events.length; i++) {
      const event = events[i]
      const key = keys[i]
      if (key === null || key === undefined || !Object.hasOwn(on, event.type)) continue
      // a row is kept as text, so that a handler that fails half-way has not changed it
      const text = changed.has(key) ? changed.get(key) : Object.hasOwn(rows, key) ? JSON.stringify(rows[key]) : 'null'
      try {
        const seen = lifted(event)
        const row = make(on[event.type])(JSON.parse(text), seen)
        if (row === undefined) throw new Fault('CODE_RESULT_INVALID', 'on must return the row, or null to delete it')
        changed.set(key, toText(row, 'row'))
      } catch (thrown) {
        const found = toFault(thrown)
        if (found.code === 'CODE_OUT_OF_MEMORY') throw new Fault(found.code, found.message)
        fault = ',"fault":' + JSON.stringify({ ...found, eventIndex: i })
        break
      }
    }
    const texts = []
    for (const [key, text] of changed) texts.push(JSON.stringify(key) + ':' + text)
    return '{"rows":{' + texts.join(',') + '}' + fault + '}'
  },

  check({ fns }) {
    const faults = []
    for (const id of fns) {
      try { make(id) } catch (thrown) { faults.push(toFault(thrown)) }
    }
    return '{"faults":' + JSON.stringify(faults) + '}'
  },
}

return function dispatch(text) {
  current = undefined
  try {
    const call = JSON.parse(text)
    return '{"ok":true,"value":' + kinds[call.kind](call) + '}'
  } catch (thrown) {
    return '{"ok":false,"error":' + JSON.stringify(toFault(thrown)) + '}'
  }
}
})`
