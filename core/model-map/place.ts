/**
 * What a thing on the map is called, as `layout.model` of the document knows it: `command/Order/Ship`. An id holds no
 * slash and neither does a name, so no two things share a key.
 */
export const placeKey = {
  aggregate: (id: string): string => `aggregate/${id}`,
  command: (aggregate: string, name: string): string => `command/${aggregate}/${name}`,
  event: (aggregate: string, name: string): string => `event/${aggregate}/${name}`,
  projection: (id: string): string => `projection/${id}`,
  policy: (id: string): string => `policy/${id}`,
  saga: (id: string): string => `saga/${id}`,
  /** An event that runs record. No aggregate may be called `run`. */
  runEvent: (name: string): string => `event/run/${name}`,
  /** An event that something listens for and no aggregate has. */
  unknownEvent: (name: string): string => `event/?/${name}`,
} as const
