import { existsSync } from 'node:fs'
import { run, runBin } from './run.mjs'
import { giveUp, say } from './say.mjs'

/** Where distributions put it. */
const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * Finds a Chromium that starts, or installs one.
 * @param out where to say so: a program that reads stdout does not want to
 * @returns the path of the system's browser, or '' for Playwright's own
 */
export async function ensureBrowser(out = process.stdout) {
  const found = await findBrowser()
  if (found !== null) return found

  say("No browser yet: installing Playwright's Chromium.", out)
  if ((await runBin('playwright/cli.js', ['install', 'chromium'], {}, out.fd)) === 0 && (await starts('')))
    return ''

  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('That browser does not run here: installing Debian\'s with "apt-get install chromium".', out)
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], quiet, out.fd)
    await run('apt-get', ['install', '-y', '-qq', 'chromium'], quiet, out.fd)
    const debian = await findBrowser()
    if (debian !== null) return debian
  }
  return giveUp(
    'There is no Chromium that starts. Install one ("apt install chromium", or "npx playwright install --with-deps chromium") and run this again.',
  )
}

async function findBrowser() {
  for (const path of systemPaths) if (existsSync(path) && (await starts(path))) return path
  return (await starts('')) ? '' : null
}

/** A browser that is there may still lack libraries: only a start tells. */
async function starts(executablePath) {
  const { chromium } = await import('@playwright/test')
  if (executablePath === '' && !existsSync(chromium.executablePath())) return false
  try {
    const browser = await chromium.launch({
      ...(executablePath === '' ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-background-networking'],
      timeout: 30_000,
    })
    await browser.close()
    return true
  } catch {
    return false
  }
}
