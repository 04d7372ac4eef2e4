'use client'
import { Info } from 'lucide-react'
import { Toaster as Base, toast } from 'sonner'
import { useResolvedTheme } from '@/lib/theme-store'
import { StateIcon } from './state-badge'

export interface ToastOptions {
  readonly description?: string
  readonly action?: { readonly label: string; readonly onClick: () => void }
}

/** Tells of something that happened elsewhere than under the pointer. Errors stay until they are closed. */
export const notify = {
  success: (title: string, options: ToastOptions = {}) => void toast.success(title, options),
  info: (title: string, options: ToastOptions = {}) => void toast.info(title, options),
  error: (title: string, options: ToastOptions = {}) =>
    void toast.error(title, { ...options, duration: Number.POSITIVE_INFINITY }),
}

/** Stands once, in the layout. */
export function Toaster() {
  return (
    <Base
      theme={useResolvedTheme()}
      position="bottom-right"
      closeButton
      icons={{
        success: <StateIcon status="succeeded" size={16} />,
        error: <StateIcon status="failed" size={16} />,
        info: <Info aria-hidden size={16} />,
      }}
      style={{ fontFamily: 'var(--font-geist-sans), system-ui, sans-serif' }}
      toastOptions={{
        style: {
          background: 'var(--raised)',
          color: 'var(--ink)',
          border: '1px solid var(--line)',
          borderRadius: 8,
          fontFamily: 'inherit',
          boxShadow: 'var(--shadow-float)',
        },
      }}
    />
  )
}
