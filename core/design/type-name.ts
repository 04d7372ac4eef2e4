/** The name of a command, event or error: as it stands in code. Apart, so that the sandbox need not load a validator. */
export const TYPE_NAME = /^[A-Za-z][A-Za-z0-9_.]{0,63}$/
export const TYPE_NAME_WORDS = 'a name starts with a letter and has at most 64 letters, digits, _ or .'
