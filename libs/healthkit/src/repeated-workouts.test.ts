import { mergeIntoShards, type Sample } from '@clarity/health-data'
import { type Attributes, createAppleExportReader, detectShape } from './index.ts'
import { context, readWith, sorted } from '../tests/read-with.ts'

const [start, end] = ['2025-03-08T09:00:00.250Z', '2025-03-08T09:30:00.750Z']
const [wholeStart, wholeEnd] = ['2025-03-08T09:00:00Z', '2025-03-08T09:30:00Z']
const seconds = 1790.25
const name = 'Zoë’s Apple Watch'
const uuid = (last: number) => `00000000-0000-4000-8000-00000000000${last}`
const inZone = (date: string) => date.replace('T', ' ').replace('Z', ' +0000')
const dates = { startDate: start, endDate: end }

/** One run of a Watch as each client sends it. */
const bodies: Readonly<Record<string, unknown>> = {
  kingstinct: {
    workouts: [
      {
        uuid: uuid(1),
        ...dates,
        workoutActivityType: 37,
        duration: { unit: 's', quantity: seconds },
        sourceRevision: { source: { name, bundleIdentifier: 'com.apple.health.A' }, productType: 'Watch6,7' },
      },
    ],
  },
  flutter: [
    {
      uuid: uuid(2),
      type: 'WORKOUT',
      value: { __type: 'WorkoutHealthValue', workoutActivityType: 'RUNNING' },
      dateFrom: start.slice(0, -1),
      dateTo: end.slice(0, -1),
      sourcePlatform: 'appleHealth',
      sourceName: name,
      deviceModel: 'Watch6,7',
    },
  ],
  'open wearables': {
    provider: 'apple',
    sdkVersion: '0.6.0',
    data: {
      workouts: [
        {
          id: uuid(3),
          startDate: wholeStart,
          endDate: wholeEnd,
          type: 'running',
          source: { deviceName: 'Apple Watch', deviceModel: 'Watch6,7' },
          values: [{ type: 'duration', value: seconds, unit: 's' }],
        },
      ],
    },
  },
  'health auto export': {
    data: {
      workouts: [
        {
          id: uuid(4),
          name: 'Outdoor Run',
          start: inZone(wholeStart),
          end: inZone(wholeEnd),
          duration: seconds,
        },
      ],
    },
  },
  'health auto export in German': {
    data: {
      workouts: [
        {
          id: uuid(5),
          name: 'Laufen draußen',
          start: inZone(wholeStart),
          end: inZone(wholeEnd),
          duration: seconds,
        },
      ],
    },
  },
  'react-native-health': {
    data: [
      {
        id: uuid(6),
        activityId: 37,
        activityName: 'Running',
        start,
        end,
        duration: seconds,
        sourceName: name,
        device: 'Watch6,7',
      },
    ],
  },
  'flat records': {
    schemaVersion: 1,
    kind: 'workout',
    id: uuid(7),
    type: 'HKWorkoutTypeIdentifier',
    activityType: 37,
    duration: seconds,
    source: { name, productType: 'Watch6,7' },
    ...dates,
  },
  'raw envelope': {
    user_id: 'u',
    upload_metadata: {},
    workouts: [
      {
        uuid: uuid(8),
        identifier: 'HKWorkoutTypeIdentifier',
        workout_activity_type: 37,
        duration: seconds,
        source_name: name,
        start_date: wholeStart,
        end_date: wholeEnd,
      },
    ],
  },
  fhir: {
    resourceType: 'Observation',
    id: uuid(9),
    status: 'final',
    code: { coding: [{ code: 'HKWorkoutTypeIdentifier' }] },
    effectivePeriod: { start, end },
    valueCodeableConcept: { coding: [{ code: 'running' }] },
  },
}

function fromExport(more: Attributes = {}): Sample {
  const reader = createAppleExportReader({ ...context, uploadId: 'apple-export' })
  reader.open('Workout', {
    workoutActivityType: 'HKWorkoutActivityTypeRunning',
    duration: String(seconds / 60),
    durationUnit: 'min',
    sourceName: name,
    startDate: inZone(wholeStart),
    endDate: inZone(wholeEnd),
    ...more,
  })
  const reading = reader.close('Workout')
  return only(reading ? sorted([reading]).samples : [])
}

function only(samples: readonly Sample[]): Sample {
  const [sample] = samples
  if (!sample || samples.length !== 1) throw new Error(`The body holds ${samples.length} samples.`)
  return sample
}

const workouts: Readonly<Record<string, Sample>> = {
  ...Object.fromEntries(
    Object.entries(bodies).map(([client, body]) => {
      const shape = detectShape(body)
      if (!shape) throw new Error(`The body of ${client} has no known shape.`)
      return [client, only(readWith(shape, body, { uploadId: client }).samples)]
    }),
  ),
  'apple export': fromExport(),
}

/** Identities that stand, whatever the order in which the samples come. */
function standing(...sent: readonly Sample[]): string[] {
  const [forth, back] = [sent, [...sent].reverse()].map((samples) => {
    let shards: ReturnType<typeof mergeIntoShards>['changed'] = new Map()
    for (const incoming of samples) {
      const { changed } = mergeIntoShards({ existing: shards, incoming: [incoming], tombstones: [] })
      shards = new Map([...shards, ...changed])
    }
    const stored = [...shards.values()].flat()
    return stored.filter(({ verdict }) => verdict === 'accepted').map(({ id }) => id)
  })
  expect(back).toEqual(forth)
  return forth ?? []
}

const clients = Object.keys(workouts)
const everyPair = clients.flatMap((one, index) => clients.slice(index + 1).map((other) => [one, other]))

describe('one workout in two shapes', () => {
  it.each(everyPair)('counts once: %s and %s', (one, other) => {
    expect(standing(...[one, other].map((client) => workouts[client ?? '']!))).toHaveLength(1)
  })

  it('counts once in all of them', () => {
    expect(standing(...Object.values(workouts))).toHaveLength(1)
  })

  it('counts once beside what was stored in the client’s own spelling', () => {
    const { kingstinct } = workouts
    const stored: Sample = { ...kingstinct!, metadata: { activity: 37 } }
    expect(standing(stored, fromExport())).toEqual([stored.id])
  })
})

describe('workouts of one source and start', () => {
  it.each([
    ['another activity', { workoutActivityType: 'HKWorkoutActivityTypeYoga' }],
    ['another length', { duration: '12' }],
    ['another end', { endDate: '2025-03-08 09:31:00 +0000' }],
    ['another source', { sourceName: 'Strava' }],
  ])('are two with %s', (_, more) => {
    expect(standing(workouts.kingstinct!, fromExport(more))).toHaveLength(2)
  })

  it('are one where a client has no word for the activity', () => {
    const other = fromExport({ workoutActivityType: 'HKWorkoutActivityTypeOther' })
    expect(standing(workouts.kingstinct!, other)).toEqual([workouts.kingstinct!.id])
  })
})
