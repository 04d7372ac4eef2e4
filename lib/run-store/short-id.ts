/** Ids of runs begin with the time: what tells one from another at a glance stands at the end. */
export const shortId = (runId: string): string => runId.slice(-6)
