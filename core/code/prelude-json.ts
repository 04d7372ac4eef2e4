/**
 * Part of the prelude: `toText(value, root)` gives JSON text, or throws the Fault that names what is not JSON
 * and where. JSON.stringify alone would drop a function, turn NaN into null and call a `toJSON`.
 * It copies as it looks, so that a getter is read once: what was checked is what is written.
 */
export const JSON_SOURCE = `
const DEEPEST = 100
function where(root, path) {
  return path.reduce((text, key) => text + (typeof key === 'number' ? '[' + key + ']' : /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? '.' + key : '[' + JSON.stringify(key) + ']'), root)
}
function notJson(root, path, what) {
  const shown = path.length > 8 ? where(root, path.slice(0, 8)) + '…' : where(root, path)
  return new Fault('CODE_RESULT_NOT_JSON', shown + ' ' + what)
}
function copy(value, root, path, parents) {
  switch (typeof value) {
    case 'string': case 'boolean': return value
    case 'number':
      if (Number.isFinite(value)) return value
      throw notJson(root, path, 'is ' + value + ', which JSON cannot hold')
    case 'object': break
    case 'undefined': throw notJson(root, path, 'is undefined, which JSON cannot hold')
    default: throw notJson(root, path, 'is a ' + typeof value + ', which JSON cannot hold')
  }
  if (value === null) return null
  if (parents.length >= DEEPEST) throw notJson(root, path, parents.includes(value) ? 'is cyclic' : 'nests deeper than ' + DEEPEST)
  parents.push(value)
  let made
  if (Array.isArray(value)) {
    made = []
    for (let i = 0; i < value.length; i++) { path.push(i); made.push(copy(value[i], root, path, parents)); path.pop() }
  } else {
    const proto = Object.getPrototypeOf(value)
    if (proto !== Object.prototype && proto !== null) {
      const name = proto.constructor && proto.constructor.name
      throw notJson(root, path, 'is a ' + (typeof name === 'string' && name ? name : 'special object') + ', not a plain object')
    }
    if (Object.getOwnPropertySymbols(value).length > 0) throw notJson(root, path, 'has a symbol as a key')
    made = {}
    for (const key of Object.keys(value)) {
      path.push(key)
      const part = copy(value[key], root, path, parents)
      if (key === '__proto__') Object.defineProperty(made, key, { value: part, enumerable: true })
      else made[key] = part
      path.pop()
    }
  }
  parents.pop()
  return made
}
function toText(value, root) {
  const text = JSON.stringify(copy(value, root, [], []))
  if (text.length > most) throw new Fault('CODE_RESULT_INVALID', root + ' is larger than ' + most + ' characters of JSON')
  return text
}`
