import { classNames } from '@/components/ui/class-names'
import type { Sketch, SketchNode } from './saga-sketch'

/** A thumbnail of a saga: the way forward in ink, the way back beneath it. Says nothing a reader needs. */
export function SagaSketchView({
  sketch,
  className,
}: {
  readonly sketch: Sketch
  readonly className?: string
}) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${sketch.width} ${sketch.height}`}
      preserveAspectRatio="xMidYMid meet"
      className={classNames('block', className)}
    >
      {sketch.edges.map(({ id, from, to }) => (
        <path key={id} d={curve(from, to)} fill="none" className="stroke-subtle" strokeWidth={6} />
      ))}
      {sketch.nodes.map((node) => (
        <Shape key={node.id} node={node} />
      ))}
    </svg>
  )
}

function curve(from: SketchNode, to: SketchNode): string {
  const middle = (from.x + to.x) / 2
  return `M${from.x},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`
}

const box = 'fill-surface stroke-muted'

function Shape({ node: { x, y, shape, compensated } }: { readonly node: SketchNode }) {
  if (shape === 'end') return <circle cx={x} cy={y} r={26} className="fill-muted" />
  if (shape === 'choice') {
    return <path d={`M${x},${y - 46} l60,46 l-60,46 l-60,-46 z`} className={box} strokeWidth={6} />
  }
  return (
    <>
      {compensated ? (
        <>
          <path
            d={`M${x},${y + 36} v28`}
            className="stroke-state-compensating"
            strokeWidth={6}
            strokeDasharray="8 7"
          />
          <rect
            x={x - 72}
            y={y + 60}
            width={144}
            height={34}
            rx={12}
            className="fill-soft-compensating stroke-state-compensating"
            strokeWidth={6}
          />
        </>
      ) : null}
      <rect x={x - 100} y={y - 36} width={200} height={72} rx={16} className={box} strokeWidth={6} />
      {shape === 'pivot' ? (
        <path d={`M${x},${y - 60} l24,24 l-24,24 l-24,-24 z`} className="fill-muted" />
      ) : (
        <path
          d={`M${x - 62},${y} h124`}
          className="stroke-line-strong"
          strokeWidth={12}
          strokeLinecap="round"
        />
      )}
    </>
  )
}
