import {
  compileSchema,
  draft2020,
  extendDraft,
  isSchemaNode,
  type JsonError,
  type JsonSchemaValidator,
  type Keyword,
  type SchemaNode,
  settings,
} from 'json-schema-library'
import { RE2JS } from 're2js'
import { DESIGN_LIMITS } from './design/limits'
import type { Issue } from './errors'
import { isJsonObject, type Json, type JsonObject } from './json'
import { SCHEMA_MESSAGES } from './json-schema-messages'
import { err, ok, type Result } from './result'

const read = new WeakMap<JsonObject, SchemaNode | null>()

/**
 * Checks a value against a JSON Schema of a design (draft 2020-12). A design is a stranger's and schemas are applied
 * outside the sandbox: a check that takes more than `DESIGN_LIMITS.schemaSteps` is given up, and the value refused.
 * @returns the value, or what is wrong with paths; a schema that cannot be read accepts everything (lint names it)
 */
export function checkAgainstSchema(schema: JsonObject, value: Json): Result<Json, readonly Issue[]> {
  const validator = readSchema(schema)
  const issues = validator ? issuesOf(validator, value) : []
  return issues.length === 0 ? ok(value) : err(issues)
}

/** The schema as a validator, or null when it is no JSON Schema we can read. */
export function readSchema(schema: JsonObject): SchemaNode | null {
  let validator = read.get(schema)
  if (validator === undefined) {
    validator = compile(schema)
    read.set(schema, validator)
  }
  return validator
}

function compile(schema: JsonObject): SchemaNode | null {
  try {
    const root = compileSchema(bare(schema) as JsonObject, { drafts: [DRAFT] })
    const isReadable =
      (root.schemaErrors ?? []).length === 0 &&
      refsIn(schema).every((ref) => isSchemaNode(root.getNodeRef(ref))) &&
      // One that stands for itself has no end, whatever it is asked about.
      PROBES.every((probe) => issuesOf(root, probe, PROBE_STEPS).every(({ code = '' }) => !ENDLESS.has(code)))
    return isReadable ? root : null
  } catch {
    return null
  }
}

/**
 * The same JSON with no prototype: a property called `constructor` is none that the schema has. What is data stays.
 * @param isNamed its members are called as somebody liked: `default` is no keyword there
 */
function bare(value: Json, isNamed = false): Json {
  if (Array.isArray(value)) return value.map((item) => bare(item))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    !isNamed && DATA.has(key) ? member : bare(member, !isNamed && NAMED.has(key)),
  ])
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}

/** Steps that are left of the check under way: there is one at a time, and none of them waits. */
let stepsLeft = 0

class TooManySteps extends Error {}

function spend(steps: number): void {
  stepsLeft -= steps
  if (stepsLeft < 0) throw new TooManySteps()
}

/** The steps are used up. */
const TOO_COSTLY = 'schema_too_costly'
/** The stack has ended. */
const UNCHECKABLE = 'schema_uncheckable'
const ENDLESS: ReadonlySet<string> = new Set([TOO_COSTLY, UNCHECKABLE])
const PROBES: readonly Json[] = [null, {}, [], '', 0]
const PROBE_STEPS = 30_000

function issuesOf(
  root: SchemaNode,
  value: Json,
  steps: number = DESIGN_LIMITS.schemaSteps,
): readonly Issue[] {
  stepsLeft = steps
  try {
    return root
      .validate(value)
      .errors.slice(0, DESIGN_LIMITS.schemaIssues)
      .map((error) => issueOf(error, value))
  } catch (error) {
    if (error instanceof TooManySteps)
      return [{ path: [], message: 'takes too long to check against its schema', code: TOO_COSTLY }]
    if (!(error instanceof RangeError)) throw error
    const message = 'cannot be checked: it has too many mistakes, or its schema refers to itself without end'
    return [{ path: [], message, code: UNCHECKABLE }]
  }
}

/** A property that is missing is named by the path, as one is that does not fit. */
function issueOf({ code, message, data }: JsonError, value: Json): Issue {
  const path = pathOf(data.pointer, value)
  const missing = code === 'required-property-error' && typeof data.key === 'string'
  return {
    path: missing ? [...path, String(data.key)] : path,
    message: `${code === 'no-additional-properties-error' ? `"${path.at(-1)}" ` : ''}${message}${allowed(data)}`,
    code: String(code),
  }
}

/** What stands in an `enum` or a `const`: only where it is told, since it may be as long as a schema. */
function allowed({ values, expected, schema }: JsonError['data']): string {
  if (Array.isArray(values)) return ` ${brief(values.slice(0, 20))}`
  const isConst = expected !== undefined && isJsonObject(schema) && 'const' in schema
  return isConst ? ` ${brief(expected as Json)}` : ''
}

function brief(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}

/** A JSON pointer, `#/items/0/name`, as the names and numbers it goes by; a slash in a name stands as it is. */
function pathOf(pointer: string, value: Json): (string | number)[] {
  const path: (string | number)[] = []
  let at: Json | undefined = value
  let open = ''
  for (const part of pointer.split('/').slice(1)) {
    const name = `${open}${part}`
    if (Array.isArray(at)) {
      path.push(Number(part))
      at = at[Number(part)]
    } else if (isJsonObject(at) && Object.hasOwn(at, name)) {
      path.push(name)
      at = at[name]
      open = ''
    } else open = `${name}/`
  }
  return open === '' ? path : [...path, open.slice(0, -1)]
}

/** Keywords whose values are data, and hold no schemas. */
const DATA: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples'])
/** Keywords whose values are schemas by name. */
const NAMED: ReadonlySet<string> = new Set(
  'properties patternProperties dependentSchemas $defs definitions'.split(' '),
)

function refsIn(schema: Json, isNamed = false): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap((item) => refsIn(item))
  if (!isJsonObject(schema)) return []
  return Object.entries(schema).flatMap(([key, value]) => {
    if (isNamed) return refsIn(value)
    if (key === '$ref' && typeof value === 'string') return [value]
    return DATA.has(key) ? [] : refsIn(value, NAMED.has(key))
  })
}

/** Steps that trying a pattern takes, for each character and each state it may be in. */
const STEPS_PER_STATE = 0.01

/** A pattern that is matched in linear time, whatever it is and whatever it is tried on. Has no looking ahead or back. */
function linearPattern(pattern: string): { readonly test: (text: string) => boolean } {
  if (pattern.length > DESIGN_LIMITS.patternChars) throw new Error('the pattern is too long')
  const compiledPattern = RE2JS.compile(RE2JS.translateRegExp(pattern))
  const states = compiledPattern.programSize()
  return {
    test(text) {
      spend(Math.ceil(text.length * states * STEPS_PER_STATE))
      return compiledPattern.matcher(text).find()
    },
  }
}

/** The keyword with its patterns replaced once they have been read: what reads them is left as it is. */
function withLinearPatterns({ parse, ...keyword }: Keyword): Keyword {
  return {
    ...keyword,
    parse(node) {
      const read = parse?.(node)
      // Only `test` is asked of them.
      if (node.pattern) node.pattern = linearPattern(node.pattern.source) as RegExp
      node.patternProperties = node.patternProperties?.map((one) => ({
        ...one,
        pattern: linearPattern(one.name) as RegExp,
      }))
      return read
    },
  }
}

/** In linear time: the validator's own compares each with each. */
const isUnique: JsonSchemaValidator = ({ node, data, pointer }) => {
  if (!Array.isArray(data)) return
  const seen = new Set<string>()
  return data.flatMap((item: Json, at) => {
    const text = canonical(item)
    spend(1 + Math.ceil(text.length * STEPS_PER_STATE))
    if (!seen.has(text)) {
      seen.add(text)
      return []
    }
    const where = { pointer: `${pointer}/${at}`, schema: node.schema, value: null }
    return [node.createError('unique-items-error', where)]
  })
}

/** The same text for the same JSON, in whatever order its members stand. */
const canonical = (value: Json): string =>
  JSON.stringify(value, (_key, member: Json) =>
    isJsonObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )

/** Keywords that ask other schemas: each is told as many mistakes as it may find, and forgets them again. */
const ASKS_OTHERS: ReadonlySet<string> = new Set(
  '$ref allOf anyOf oneOf not if contains dependentSchemas unevaluatedItems unevaluatedProperties'.split(' '),
)

/** Steps that each mistake takes: it is kept, with its words, until all is told. */
const STEPS_PER_MISTAKE = 10

/** A keyword whose every application takes steps: by what it looks through, and by what it finds. */
function counted(keyword: Keyword): Keyword {
  const { validate } = keyword
  if (!validate) return keyword
  const each = ASKS_OTHERS.has(keyword.keyword) ? 60 : 1
  return {
    ...keyword,
    validate(params) {
      const { node, data } = params
      spend(each + sizeOf(data) + STEPS_PER_MISTAKE * (node.required?.length ?? 0) + (node.enum?.length ?? 0))
      const found = validate(params)
      if (Array.isArray(found)) spend(STEPS_PER_MISTAKE * found.length)
      return found
    },
  }
}

const CHARACTERS_PER_STEP = 20

/** Steps that looking through a value once takes; what stands within it is looked through by others. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Math.ceil(value.length / CHARACTERS_PER_STEP)
  if (Array.isArray(value)) return value.length
  return isJsonObject(value) ? Object.keys(value).length : 0
}

/** `properties` are looked up by the names that a value has, which a stranger gives. */
function withBareProperties({ parse, ...keyword }: Keyword): Keyword {
  return {
    ...keyword,
    parse(node) {
      const read = parse?.(node)
      if (node.properties) node.properties = Object.assign(Object.create(null), node.properties)
      return read
    },
  }
}

const REPLACED: Readonly<Record<string, (keyword: Keyword) => Keyword>> = {
  pattern: withLinearPatterns,
  patternProperties: withLinearPatterns,
  properties: withBareProperties,
  uniqueItems: (keyword) => ({ ...keyword, validate: isUnique }),
}

const DRAFT = extendDraft(draft2020, {
  errors: SCHEMA_MESSAGES,
  keywords: draft2020.keywords.map((keyword) => counted(REPLACED[keyword.keyword]?.(keyword) ?? keyword)),
})

// `_id` is a property like any other.
settings.propertyBlacklist = []
