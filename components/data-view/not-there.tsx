import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'

interface NotThereProps {
  readonly title: string
  readonly description: string
  readonly href: string
  /** Where the address leads. */
  readonly back: string
}

/** What an address names is not there: says what, and leads back. */
export function NotThere({ title, description, href, back }: NotThereProps) {
  return (
    <EmptyState
      icon={<SearchX />}
      title={title}
      description={description}
      actions={
        <Link href={href} className={buttonClass('primary', 'md')}>
          {back}
        </Link>
      }
    />
  )
}
