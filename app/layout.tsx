import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Toaster } from '@/components/ui/toast'
import { TooltipProvider } from '@/components/ui/tooltip'
import { readThemeChoice, THEME_COOKIE, THEME_SCRIPT } from '@/lib/theme'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Saga Workbench', template: '%s · Saga Workbench' },
  description: 'Design sagas and CQRS flows, run them, break them on purpose, and look back in time.',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0e11' },
  ],
}

/** Reads the request, so every page is rendered for it: the nonce of the policy is in its scripts. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const choice = readThemeChoice((await cookies()).get(THEME_COOKIE)?.value)
  const policy = (await headers()).get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      data-theme-choice={choice}
      data-theme={choice === 'dark' ? 'dark' : 'light'}
      // the head script may have set the theme by the time React looks
      suppressHydrationWarning
    >
      <head>
        <script
          nonce={nonce}
          // browsers hide a nonce from the page, so hydration never finds the one it sent
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, before the first paint
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
        />
      </head>
      <body>
        <TooltipProvider>{children}</TooltipProvider>
        <Toaster />
      </body>
    </html>
  )
}
