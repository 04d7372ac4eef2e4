import type { Env } from '../env'

/** What to do when the address cannot be had, in one line; null when the fault is another. */
export function listenRefusal(error: unknown, env: Pick<Env, 'PORT' | 'HOST'>): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${env.PORT} on ${env.HOST} is in use by another process. Stop that one, or choose another: PORT=${env.PORT + 1} npm start`
    case 'EACCES':
      return `PORT ${env.PORT} needs rights this user does not have. Choose one above 1023: PORT=3000 npm start`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST ${env.HOST} is not an address of this machine. Leave HOST out for 127.0.0.1, or use 0.0.0.0 for every address.`
    default:
      return null
  }
}
