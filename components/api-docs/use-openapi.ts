import { useCallback, useEffect, useState } from 'react'
import { request } from '@/lib/api/request'
import { type OpenApi, openApiSchema } from './openapi'

export type OpenApiState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly document: OpenApi; readonly origin: string }
  | { readonly status: 'error'; readonly message: string }

/** The document of the calls, from the server that answers them. */
export function useOpenApi(): { readonly state: OpenApiState; readonly reload: () => void } {
  const [state, setState] = useState<OpenApiState>({ status: 'loading' })
  const load = useCallback((signal?: AbortSignal) => {
    setState({ status: 'loading' })
    request<unknown>('/api/openapi.json', signal ? { signal } : {})
      .then((body) => {
        const document = openApiSchema.parse(body)
        setState({ status: 'ready', document, origin: window.location.origin })
      })
      .catch((error: unknown) => {
        if (signal?.aborted) return
        setState({ status: 'error', message: error instanceof Error ? error.message : String(error) })
      })
  }, [])
  useEffect(() => {
    const leaving = new AbortController()
    load(leaving.signal)
    return () => leaving.abort()
  }, [load])
  return { state, reload: () => load() }
}
