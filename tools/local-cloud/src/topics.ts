/** A message that a part of the cloud itself publishes. */
export interface CloudMessage {
  /** `projects/p/topics/t`. */
  readonly topic: string
  readonly data: Buffer
  readonly attributes: Readonly<Record<string, string>>
}

/** Where parts of the cloud publish to, whoever plays Pub/Sub. */
export interface Topics {
  /** Hands the message over; it is lost where nobody plays Pub/Sub or the topic is gone, as Cloud Storage's are. */
  publish(message: CloudMessage): void
  /** From now on messages go there. */
  serve(publish: (message: CloudMessage) => void): void
}

export function createTopics(): Topics {
  let send: ((message: CloudMessage) => void) | undefined
  return {
    publish: (message) => send?.(message),
    serve: (publish) => {
      send = publish
    },
  }
}
