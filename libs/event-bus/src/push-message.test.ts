import { parsePushMessage } from './push-message.ts'

const data = Buffer.from('{"upload_id":"up1"}').toString('base64')

/** As Google's page on push subscriptions shows it. */
const envelope = {
  deliveryAttempt: 5,
  message: {
    attributes: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    data,
    messageId: '2070443601311540',
    message_id: '2070443601311540',
    orderingKey: 'key',
    publishTime: '2021-02-26T19:13:55.749Z',
    publish_time: '2021-02-26T19:13:55.749Z',
  },
  subscription: 'projects/P/subscriptions/S',
}

describe('a push envelope', () => {
  it('is read as Google sends it', () => {
    expect(parsePushMessage(envelope)).toEqual({
      messageId: '2070443601311540',
      publishTime: '2021-02-26T19:13:55.749Z',
      data: { upload_id: 'up1' },
      attributes: envelope.message.attributes,
      orderingKey: 'key',
      subscription: 'S',
      deliveryAttempt: 5,
    })
  })

  it('may have the snake-case spelling alone, no attributes, no key and no attempt', () => {
    const message = { data, message_id: '1', publish_time: '2021-02-26T19:13:55Z' }
    expect(parsePushMessage({ message, subscription: 'S' })).toEqual({
      messageId: '1',
      publishTime: '2021-02-26T19:13:55Z',
      data: { upload_id: 'up1' },
      attributes: {},
      subscription: 'S',
    })
  })

  it('may carry attributes without data, and data that is no JSON', () => {
    const of = (message: object) =>
      parsePushMessage({ message: { messageId: '1', ...message }, subscription: 'S' })
    expect(of({ attributes: { a: 'b' } }).data).toBeUndefined()
    expect(of({ data: Buffer.from('{"half":').toString('base64') }).data).toBe('{"half":')
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'text'],
    ['an empty object', {}],
    ['a message without id', { message: { data }, subscription: 'S' }],
    ['a message without subscription', { message: envelope.message }],
    ['attributes that are no texts', { ...envelope, message: { ...envelope.message, attributes: { a: 1 } } }],
  ])('is not %s', (_what, body) => {
    expect(() => parsePushMessage(body)).toThrow(expect.objectContaining({ kind: 'malformed' }))
  })
})
