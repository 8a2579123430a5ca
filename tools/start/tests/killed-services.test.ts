import { TOPICS } from '@clarity/contracts'
import { type System, type TopicTap, startSystem, tapTopic } from '@clarity/testkit'
import type { Outcome } from '../src/api-client.ts'
import { endState, holdings, nothingWaits } from './end-state.ts'
import {
  type Kills,
  PATIENCE_MS,
  type Visit,
  killAt,
  killBeforeAnswer,
  stallPushed,
  stop,
} from './killed-service.ts'
import { SMALL_RANGE, smallBody } from './small-body.ts'
import { type CloudCall, stallCall } from './stalled-call.ts'
import { newPerson, uploadAndFollow } from './uploads.ts'

const commit = (after: number): CloudCall => ({ service: 'firestore', method: 'Commit', after })
const publish: CloudCall = { service: 'pubsub', method: 'Publish' }

/** Each service's steps in their order, by the call that makes the step last. */
const INGESTION: [string, CloudCall][] = [
  ['the record is created', commit(0)],
  ['the object is stored', { service: 'storage', method: 'objects.insert' }],
  ['the upload is announced', publish],
  ['the record says that it is announced', commit(1)],
]
const ANALYSIS: [string, CloudCall][] = [
  ['the upload is under way', commit(0)],
  ['the object is read', { service: 'storage', method: 'objects.get' }],
  ['the days are written', commit(1)],
  ['the days are read again', commit(2)],
  ['the analysis is created', commit(3)],
  ['the upload is analysed', commit(4)],
  ['the analysis is announced', publish],
  ['the upload is predicted', commit(5)],
]
const INSIGHT: [string, CloudCall][] = [
  ['a failed upload is taken up again', commit(0)],
  ['the insight is claimed', commit(1)],
  ['the model is asked', { service: 'vertex', method: 'generateContent' }],
  ['the insight is created', commit(2)],
  ['the insight is announced', publish],
  ['the insight says that it is announced', commit(3)],
  ['the upload is completed', commit(4)],
]

/** One upload passes all three services, so each pass takes the next step of each that has one left. */
const PASSES = ANALYSIS.map((_, pass): [string, Kills] => {
  const steps = { ingestion: INGESTION[pass], analysis: ANALYSIS[pass], insight: INSIGHT[pass] }
  const title = Object.entries(steps).flatMap(([service, step]) =>
    step ? `in ${service} before ${step[0]}` : [],
  )
  const kills = Object.fromEntries(Object.entries(steps).map(([service, step]) => [service, step?.[1]]))
  return [title.join(', '), kills]
})

describe('a service that is ended between two of its steps', () => {
  const body = smallBody()
  let system: System
  let insights: TopicTap
  let undisturbed: Awaited<ReturnType<typeof traceLeftBy>>

  beforeAll(async () => {
    system = await startSystem()
    insights = await tapTopic(TOPICS.userInsights, system.cloud.environment.PUBSUB_EMULATOR_HOST!)
    undisturbed = await traceLeftBy(({ person }) => uploadAndFollow(person, body))
  }, 120_000)
  afterAll(async () => {
    await insights[Symbol.asyncDispose]()
    await system[Symbol.asyncDispose]()
  })

  /** What a new person's upload leaves behind that went this way. */
  async function traceLeftBy(way: (visit: Visit) => Promise<Outcome>) {
    const person = await newPerson(system)
    const before = await holdings(system)
    const outcome = await way({ system, person, body })
    await nothingWaits(system)
    const after = await holdings(system)
    const announced = insights
      .messages()
      .filter(({ analysis_id: id }) => id === outcome.analysis?.analysis_id)
    return {
      state: await endState(person, { outcome, range: SMALL_RANGE }),
      documents: after.documents - before.documents,
      objects: after.objects - before.objects,
      deadLetters: after.deadLetters,
      announcedInsights: new Set(announced.map(({ insight_id: id }) => id)).size,
    }
  }

  it('would have left one insight of everything that was sent', () => {
    expect(undisturbed.state.processing).toMatchObject({
      status: 'completed',
      samples: { accepted: 384, duplicate: 0 },
    })
    expect(undisturbed.state.history).toHaveLength(1)
    expect(undisturbed.state.rows).toHaveLength(8)
    expect(undisturbed).toMatchObject({ objects: 1, deadLetters: 0, announcedInsights: 1 })
  })

  it.each(PASSES)(
    'leaves the same, killed %s',
    async (_steps, kills) => {
      expect(await traceLeftBy((visit) => killAt(visit, kills))).toEqual(undisturbed)
    },
    120_000,
  )

  it('leaves the same, killed in ingestion after its last step and sent once more', async () => {
    const lostAnswer = async ({ person }: Visit) => {
      await person.upload(body)
      await system.services.ingestion.kill('SIGKILL')
      await system.services.ingestion.restart()
      return uploadAndFollow(person, body)
    }
    expect(await traceLeftBy(lostAnswer)).toEqual(undisturbed)
  }, 120_000)

  it.each([
    ['analysis', ANALYSIS.at(-1)![1]],
    ['insight', INSIGHT.at(-1)![1]],
  ] as const)(
    'leaves the same, killed in %s after its last step, before it answers',
    async (name, last) => {
      expect(await traceLeftBy((visit) => killBeforeAnswer(visit, name, last))).toEqual(undisturbed)
    },
    120_000,
  )

  it('finishes an upload that is under way when ingestion is asked to stop', async () => {
    const stopped = async ({ person }: Visit) => {
      const stalled = await stallCall(system, { service: 'storage', method: 'objects.insert' })
      const answer = person.upload(body)
      await stalled.reached()
      expect(await stop(system, 'ingestion', stalled)).toBe(0)
      const { upload_id: uploadId, duplicate } = await answer
      expect(duplicate).toBe(false)
      return person.follow(uploadId, AbortSignal.timeout(PATIENCE_MS))
    }
    expect(await traceLeftBy(stopped)).toEqual(undisturbed)
  }, 120_000)

  it.each([
    ['analysis', { service: 'storage', method: 'objects.get' }],
    ['insight', { service: 'vertex', method: 'generateContent' }],
  ] as const)(
    'finishes a message that is under way when %s is asked to stop',
    async (name, call) => {
      const stopped = async (visit: Visit) => {
        const { uploadId, stalled, go } = await stallPushed(visit, name, call)
        expect(await stop(system, name, stalled)).toBe(0)
        await go()
        return visit.person.follow(uploadId, AbortSignal.timeout(PATIENCE_MS))
      }
      const before = deliveries(name)
      expect(await traceLeftBy(stopped)).toEqual(undisturbed)
      expect(deliveries(name) - before).toBe(1)
    },
    120_000,
  )

  /** How many messages a service has been handed, by its log of requests. */
  function deliveries(name: 'analysis' | 'insight'): number {
    return system.services[name].lines().filter((line) => line.includes('/push/')).length
  }
})
