export * from './designs'
export * from './problem'
export * from './runs'
export * from './socket'
