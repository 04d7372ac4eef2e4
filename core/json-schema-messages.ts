import { draft2020 } from 'json-schema-library'

/** What does not fit, in words that stand beside the place they are about. `{{…}}` is filled in with what is at hand. */
const MESSAGES: Readonly<Record<string, string>> = {
  'type-error': 'expected {{expected}}, got {{received}}',
  'const-error': 'expected',
  'enum-error': 'expected one of',
  'minimum-error': 'expected at least {{minimum}}',
  'maximum-error': 'expected at most {{maximum}}',
  'exclusive-minimum-error': 'expected more than {{minimum}}',
  'exclusive-maximum-error': 'expected less than {{maximum}}',
  'multiple-of-error': 'expected a multiple of {{multipleOf}}',
  'min-length-error': 'expected a length of at least {{minLength}}',
  'max-length-error': 'expected a length of at most {{maxLength}}',
  'pattern-error': 'does not match the pattern {{description}}',
  'min-items-error': 'expected a list of at least {{minItems}}',
  'max-items-error': 'expected a list of at most {{maximum}}',
  'unique-items-error': 'is in the list twice',
  'contains-error': 'has no item that fits "contains"',
  'contains-any-error': 'expected at least one item',
  'contains-min-error': 'has {{delta}} too few items that fit "contains"',
  'contains-max-error': 'has {{delta}} too many items that fit "contains"',
  'min-properties-error': 'expected more properties: {{minProperties}} at least',
  'max-properties-error': 'expected fewer properties: {{maxProperties}} at most',
  'required-property-error': '"{{key}}" is missing',
  'missing-dependency-error': '"{{missingProperty}}" is missing',
  'no-additional-properties-error': 'is not allowed here',
  'invalid-property-name-error': '"{{property}}" is no name that is allowed here',
  'forbidden-property-error': '"{{property}}" is not allowed here',
  'unevaluated-property-error': 'is not allowed here',
  'unevaluated-items-error': 'is not allowed here',
  'invalid-data-error': 'is not allowed here',
  'all-of-error': 'does not fit every schema of "allOf"',
  'any-of-error': 'fits no schema of "anyOf"',
  'one-of-error': 'fits no schema of "oneOf"',
  'multiple-one-of-error': 'fits several schemas of "oneOf"',
  'not-error': 'is what "not" excludes',
}

const formatMessage = (code: string): string => {
  const format = code.replace('format-', '').replace('-error', '')
  return `is no valid ${format}`
}

/** For every code of the validator that a value can be refused with. */
export const SCHEMA_MESSAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.keys(draft2020.errors)
      .filter((code) => code.startsWith('format-'))
      .map((code) => [code, formatMessage(code)]),
  ),
  ...MESSAGES,
}
