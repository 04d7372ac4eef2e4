'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { Menu } from '@/components/ui/menu'
import { chooseTheme, useThemeChoice } from '@/lib/theme-store'

const choices = [
  { id: 'light', label: 'Light', Icon: Sun },
  { id: 'dark', label: 'Dark', Icon: Moon },
  { id: 'system', label: 'Like the system', Icon: Monitor },
] as const

export function ThemeToggle() {
  const choice = useThemeChoice()
  const { Icon, label } = choices.find(({ id }) => id === choice) ?? choices[2]
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`Theme: ${label}`}>
          <Icon />
        </IconButton>
      }
      items={choices.map((one) => ({
        id: one.id,
        label: one.label,
        icon: <one.Icon />,
        onSelect: () => chooseTheme(one.id),
      }))}
    />
  )
}
