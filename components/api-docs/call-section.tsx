import { type ApiCall, curlOf } from './calls'
import { CopyLine } from './copy-line'
import type { Parameter } from './openapi'
import { SchemaView } from './schema-view'
import { limitWords, typeWords } from './schema-words'

export interface CallSectionProps {
  readonly call: ApiCall
  /** Where this workbench is served, for the line that can be copied. */
  readonly origin: string
}

export function CallSection({ call, origin }: CallSectionProps) {
  const { id, method, path, summary, parameters, body, answer } = call
  return (
    <article id={id} aria-labelledby={`${id}-title`} className="flex scroll-mt-4 flex-col gap-2 py-4">
      <h3 id={`${id}-title`} className="flex flex-wrap items-center gap-x-2 text-sm font-semibold">
        <a href={`#${id}`} className="flex min-w-0 items-center gap-2 rounded-sm hover:underline">
          <Method name={method} /> <code className="min-w-0 break-all font-mono text-sm">{path}</code>
        </a>
      </h3>
      <p className="text-base text-muted">{summary}.</p>
      {parameters.length > 0 ? <Parameters parameters={parameters} /> : null}
      {body ? (
        <Part title="Body">
          <SchemaView schema={body} label="Body" />
        </Part>
      ) : null}
      <Part title={`Answer ${answer.status}`}>
        {answer.schema ? (
          <SchemaView schema={answer.schema} label="Answer" />
        ) : (
          <p className="text-sm text-muted">{answer.status === '204' ? 'No body.' : 'JSON.'}</p>
        )}
      </Part>
      <p className="text-sm text-muted">
        Anything else is a{' '}
        <a href="#errors" className="rounded-sm text-accent underline">
          problem document with a code
        </a>
        .
      </p>
      <CopyLine text={curlOf(call, origin)} label={`Copy ${method} ${path} as curl`} />
    </article>
  )
}

export function Method({ name }: { readonly name: string }) {
  return (
    <span className="inline-flex h-5 w-14 shrink-0 items-center justify-center rounded-sm bg-hover font-mono text-xs font-semibold text-ink">
      {name}
    </span>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <h4 className="text-xs font-semibold">{title}</h4>
      {children}
    </div>
  )
}

function Parameters({ parameters }: { readonly parameters: readonly Parameter[] }) {
  return (
    <Part title="Parameters">
      <ul className="rounded-md border border-line bg-surface px-3">
        {parameters.map(({ name, in: place, required, description, schema }) => (
          <li
            key={`${place}${name}`}
            className="flex flex-wrap items-baseline gap-x-2 border-line border-t py-1 first:border-t-0"
          >
            <span className="font-mono text-xs font-medium">{name}</span>
            <span className="text-xs text-subtle">{required ? place : `${place}, optional`}</span>
            <span className="font-mono text-xs text-muted">{typeWords(schema, schema)}</span>
            <span className="min-w-0 break-all text-xs text-subtle">
              {[...limitWords(schema, schema), ...(description ? [description] : [])].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  )
}
