import { AppShell } from '@/components/shell/app-shell'
import { StartPage } from '@/components/start/start-page'
import { templateCardData } from '@/components/start/template-card-data'
import { templates } from '@/examples'

export default function Page() {
  return (
    <AppShell>
      <StartPage templates={templates.map(templateCardData)} />
    </AppShell>
  )
}
