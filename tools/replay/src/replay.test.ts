import type { DeadLetter, EventBus } from '@clarity/event-bus'
import { readArguments } from './arguments.ts'
import { replay } from './replay.ts'

const message = (data: object, attributes: Record<string, string> = {}, orderingKey = ''): DeadLetter => ({
  data,
  attributes,
  orderingKey,
})

/** What would become of these messages, and what is said of them. */
async function replayed(letters: readonly DeadLetter[], dryRun = false) {
  const fates: string[] = []
  const bus: Pick<EventBus, 'replayDeadLetters'> = {
    async replayDeadLetters({ decide }) {
      for (const letter of letters) fates.push(await decide(letter))
      return { published: 0, dropped: 0, left: 0 }
    },
  }
  const erasures = { isMarked: (userId: string) => Promise.resolve(userId === 'eve/1') }
  const lines = await replay({ topic: 'health-data-processing', limit: 10, dryRun }, { bus, erasures })
  return { fates, lines }
}

const received = { event_type: 'upload.received' }
const ofEve = [
  message({}, received, 'eve/1'),
  message({ user_id: 'eve/1' }, received),
  message({}, { eventType: 'OBJECT_FINALIZE', objectId: 'incoming/eve%2F1/up_1' }),
]

it('what is of an erased person is dropped, however the message names the person', async () => {
  const { fates, lines } = await replayed([...ofEve, message({}, received, 'ann')])
  expect(fates).toEqual(['dropped', 'dropped', 'dropped', 'published'])
  expect(lines).toEqual([
    '1 × arrived object: of an erased person, dropped',
    '1 × upload.received: published',
    '2 × upload.received: of an erased person, dropped',
  ])
})

it('the erasure itself is published', async () => {
  expect((await replayed([message({}, { event_type: 'user.erased' }, 'eve/1')])).fates).toEqual(['published'])
})

it('a dry run leaves everything, and says the same', async () => {
  const { fates, lines } = await replayed([ofEve[0]!, message({}, { event_type: 'eve/1' })], true)
  expect(fates).toEqual(['left', 'left'])
  expect(lines).toEqual(['1 × unknown kind: left', '1 × upload.received: of an erased person, left'])
})

it.each([
  [['ml-predictions-dead-letter'], { topic: 'ml-predictions', limit: 1000, dryRun: false }],
  [
    ['user-insights-dead-letter', '--dry-run', '--limit', '5'],
    { topic: 'user-insights', limit: 5, dryRun: true },
  ],
  [['ml-predictions'], undefined],
  [['ml-predictions-dead-letter', 'more'], undefined],
  [['ml-predictions-dead-letter', '--limit', '0'], undefined],
  [['ml-predictions-dead-letter', '--force'], undefined],
  [[], undefined],
])('%j asks for %j', (args, asked) => {
  expect(readArguments(args)).toEqual(asked)
})
