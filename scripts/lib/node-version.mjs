import { giveUp } from './say.mjs'

/** Says which Node is needed. Kept free of newer syntax, so that an old Node reaches this line. */
export function requireNode() {
  const parts = process.versions.node.split('.').map(Number)
  if (parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19)) return
  giveUp(
    `Saga Workbench needs Node 20.19 or newer; this is ${process.versions.node}. Install one from https://nodejs.org or with "nvm install 20".`,
  )
}
