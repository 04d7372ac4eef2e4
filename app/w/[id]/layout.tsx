import type { ReactNode } from 'react'
import { Workbench } from '@/components/workbench/workbench'

interface Props {
  readonly params: Promise<{ readonly id: string }>
  readonly children: ReactNode
}

/** Around all modes of one design: its store lives here, so that changing the mode loses nothing. */
export default async function WorkbenchLayout({ params, children }: Props) {
  const { id } = await params
  return (
    <Workbench key={id} id={decodeURIComponent(id)}>
      {children}
    </Workbench>
  )
}
