import { type Design, parseDesign } from '@/core/design'
import batchShipment from './batch-shipment.json'
import loanApplication from './loan-application.json'
import loyaltyPoints from './loyalty-points.json'
import moneyTransfer from './money-transfer.json'
import orderFulfilment from './order-fulfilment.json'
import tripBooking from './trip-booking.json'

/** A design to begin with, and what it is there to teach. */
export interface Template {
  /** As in `POST /api/designs { template }`. */
  readonly id: string
  readonly name: string
  /** One sentence for a card. The whole teaching text is the document's `description`, in Markdown. */
  readonly summary: string
  readonly teaches: readonly string[]
  readonly document: Design
}

/** The example designs, the first one first to try. */
export const templates: readonly Template[] = [
  {
    id: 'order-fulfilment',
    name: 'Order fulfilment',
    summary:
      'Place, pay, reserve, book a courier, confirm: five steps with an Order aggregate and an orders read model.',
    teaches: [
      'Compensation in reverse order',
      'Parallel steps and joins',
      'Choices',
      'Aggregates',
      'Read models and their lag',
    ],
    document: load('order-fulfilment', orderFulfilment),
  },
  {
    id: 'trip-booking',
    name: 'Trip booking',
    summary: 'Flight, room and car at once, then the card is charged and there is no way back.',
    teaches: ['Parallel branches', 'The pivot', 'Retriable steps', 'Suspended sagas'],
    document: load('trip-booking', tripBooking),
  },
  {
    id: 'money-transfer',
    name: 'Money transfer',
    summary: 'Withdraw here, deposit there: the classic two-step between two accounts.',
    teaches: [
      'Missing isolation',
      'Refunds that are not rollbacks',
      'Unknown outcomes',
      'Idempotent compensations',
    ],
    document: load('money-transfer', moneyTransfer),
  },
  {
    id: 'loan-application',
    name: 'Loan application',
    summary:
      'A score, a decision, a signature, two weeks of waiting, and a saga within the saga that pays out.',
    teaches: ['Approvals and signals', 'Retry policies', 'Virtual time', 'Sagas within sagas'],
    document: load('loan-application', loanApplication),
  },
  {
    id: 'batch-shipment',
    name: 'Batch shipment',
    summary: 'A label for each parcel, two at a time, then asking the carrier until everything is collected.',
    teaches: ['Maps and loops', 'A key for each round', 'Strict compensation order'],
    document: load('batch-shipment', batchShipment),
  },
  {
    id: 'loyalty-points',
    name: 'Loyalty points',
    summary: 'An order is paid, points follow, and at a hundred of them a gift: two policies, nothing wired.',
    teaches: ['Policies', 'Causes and effects', 'Correlation', 'Reacting once'],
    document: load('loyalty-points', loyaltyPoints),
  },
]

/** The template with this id, if there is one. */
export const findTemplate = (id: string): Template | undefined =>
  templates.find((template) => template.id === id)

/** @throws {Error} when the document does not parse: a broken template must not be served */
function load(id: string, document: unknown): Design {
  const parsed = parseDesign(document)
  if (parsed.ok) return parsed.value
  const issues = parsed.error.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`the template ${id} is not a valid design: ${issues.join('; ')}`)
}
