export { DesignProvider, useCurrentSaga, useDesign, useDesignStore } from './design-provider'
export { createDesignStore, type DesignStore } from './design-store'
export { type DesignPorts, pagePorts, type SaveOutcome } from './ports'
export { type DesignState, type Recipe, SaveRefusedError, type SaveState, type Selection } from './state'
