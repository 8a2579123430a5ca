/** A message as a push subscription delivered it. */
export interface PushMessage {
  readonly messageId: string
  /** RFC 3339. */
  readonly publishTime: string
  /** The decoded JSON; undefined when the message carries attributes alone. */
  readonly data: unknown
  readonly attributes: Readonly<Record<string, string>>
  readonly orderingKey?: string
  /** Short subscription name, e.g. `ml-predictions-push`. */
  readonly subscription: string
  /** 1 on the first delivery; absent where the subscription has no dead-letter policy. */
  readonly deliveryAttempt?: number
}
