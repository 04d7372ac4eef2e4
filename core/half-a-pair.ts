/** Half of a surrogate pair: no character, and no column of text keeps it. Whole pairs are one character to this. */
export const HALF_A_PAIR = /\p{Surrogate}/u
