const names: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Shift: '⇧',
}

/** @param props.keys joined by plus signs: `Ctrl+Shift+Z`; a plus itself is `Plus` */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <kbd className="inline-flex items-center gap-0.5 font-sans text-xs text-current opacity-80">
      {keys.split('+').map((key) => (
        <span key={key} className="min-w-4 rounded-[4px] border border-current/25 px-1 text-center leading-4">
          {key === 'Plus' ? '+' : (names[key] ?? key)}
        </span>
      ))}
    </kbd>
  )
}
