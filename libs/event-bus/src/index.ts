export type { DeadLetter, DeadLetterRemoval } from './dead-letters.ts'
export type { EventBus, OutgoingMessage } from './event-bus.ts'
export { createPubSubEventBus, type PubSubEventBusOptions } from './pubsub-event-bus.ts'
