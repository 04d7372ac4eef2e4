/**
 * How many reactions may stand in one line of causes. A policy that sets itself off again would otherwise go on for
 * ever, at the speed of the disk.
 */
export const MOST_REACTIONS_IN_A_CHAIN = 32
