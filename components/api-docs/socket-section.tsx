const topics = [
  ['run:{id}', 'the events of one run'],
  ['stream:{designId}/{streamId}', 'the events of one stream'],
  ['log:{designId}', 'every event of a design, by its position in the log'],
  ['projection:{designId}/{name}', 'rows that changed, and where the projection stands'],
  ['runs:{designId}', 'runs that began or changed their status'],
] as const

/** The live path is no HTTP call, so the document of the calls does not have it. */
export function SocketSection() {
  return (
    <section id="live" aria-labelledby="live-title" className="flex scroll-mt-4 flex-col gap-3 pt-6">
      <h2 id="live-title" className="text-md font-semibold">
        Live
      </h2>
      <p className="max-w-[72ch] text-base text-muted">
        Socket.IO at <Code>/socket.io/</Code>, websocket only. Emit <Code>subscribe</Code> with{' '}
        <Code>{'{ topic, after }'}</Code>; the acknowledgement says at which <Code>position</Code> you are.
        Then come messages <Code>events</Code> with <Code>{'{ topic, events, position }'}</Code>: what you
        missed, and what happens, at most every 16 ms. After a lost connection subscribe again after the last
        position you have: no gap and no repeat.
      </p>
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {topics.map(([topic, what]) => (
          <div key={topic} className="sm:col-span-2 sm:grid sm:grid-cols-subgrid">
            <dt className="font-mono text-xs">{topic}</dt>
            <dd className="text-sm text-muted">{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Code({ children }: { readonly children: string }) {
  return <code className="font-mono text-xs text-ink">{children}</code>
}
