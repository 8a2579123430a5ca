import { isFailure } from '@clarity/failure'
import { readJson } from './read-json.ts'
import { createOutline } from './upload-outline.ts'

const context = { uploadId: 'upload-1', receivedAt: Date.parse('2025-03-20T00:00:00Z') }
const limits = { whole: 500, slices: { slice: 1000, element: 20_000 }, waiting: 20_000 }

/** Reads a body in slices of a few elements; answers how often each sample was read, and where what was refused stood. */
async function read(body: unknown, more: Partial<typeof limits> = {}) {
  const buffer = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const bytes = async function* () {
    for (let at = 0; at < buffer.length; at += 300) yield buffer.subarray(at, at + 300)
  }
  const outline = createOutline()
  const read: Record<string, number> = {}
  const input = { bytes: bytes(), context, maxBytes: Infinity }
  for await (const batch of readJson(input, { ...limits, ...more })) {
    for (const { type, value, unit } of outline.take(batch)) {
      const what = `${type} ${value?.toFixed(3)} ${unit}`
      read[what] = (read[what] ?? 0) + 1
    }
  }
  return { read, refused: outline.rejections.map(({ path }) => path) }
}

async function failureOf(reading: Promise<unknown>) {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return isFailure(error) ? [error.kind, error.details.code] : error
}

const times = <Value>(length: number, value: Value) => Array.from({ length }, () => value)

describe('a JSON body that is read in slices', () => {
  const span = { startDate: '2025-03-08T12:00:00.000+0000', endDate: '2025-03-08T12:00:00.000+0000' }
  const data = times(200, { value: 70, ...span, sourceId: 'a' })

  it.each([
    ['type and unit', { data, type: 'Weight', unit: 'kg' }],
    ['type', { unit: 'kg', data, type: 'Weight' }],
    ['unit', { health: { weight: { samples: data, unit: 'kg' } }, version: 1 }],
    ['unit, by identifier', { metrics: { HKQuantityTypeIdentifierBodyMass: { value: data, unit: 'kg' } } }],
  ])('may say behind a list what it lists: %s', async (_, body) => {
    expect(await read(body)).toEqual({ read: { 'body_mass 70.000 kg': 200 }, refused: [] })
  })

  it('may begin with a byte-order mark', async () => {
    const marked = `\ufeff${JSON.stringify({ unit: 'kg', data, type: 'Weight' })}`
    expect(await read(marked)).toEqual({ read: { 'body_mass 70.000 kg': 200 }, refused: [] })
  })

  it('may say behind a list of statistics what they are of', async () => {
    const sums = times(200, { ...span, sumQuantity: { quantity: 2, unit: 'count' } })
    expect(await read({ statistics: sums, quantityType: 'HKQuantityTypeIdentifierStepCount' })).toEqual({
      read: { 'step_count 2.000 count': 200 },
      refused: [],
    })
  })

  it('may have the rows of a metric before its name', async () => {
    const row = { date: '2025-03-08 12:00:00 +0100', source: 'Watch' }
    const rows = times(200, { ...row, qty: 2 })
    const metrics = [
      { data: rows, name: 'walking_running_distance', units: 'mi' },
      { data: rows.slice(0, 1), name: 'step_count', units: 'count' },
      { name: 'heart_rate', units: 'bpm', data: [{ ...row, Min: 50, Avg: 60, Max: 70 }] },
      { data: rows, name: 'active_energy', units: 'kJ' },
      { data: [...rows, 'x'.repeat(900)], units: 'km', name: 'cycling_distance' },
      { data: times(30, 'none') },
    ]
    const { read: counts, refused } = await read({ data: { metrics } })
    expect(counts).toEqual({
      'distance_walking_running 3218.688 m': 200,
      'step_count 2.000 count': 1,
      'heart_rate 60.000 count/min': 1,
      'active_energy_burned 0.478 kcal': 200,
      'distance_cycling 2000.000 m': 200,
    })
    expect(refused).toEqual(['data.metrics[4].data[200]', 'data.metrics[5].name'])
  })

  it('may have workouts before the metrics that tell whose they are', async () => {
    const [start, end] = ['2021-03-08 12:00:00 +0100', '2021-03-08 12:30:00 +0100']
    const workouts = times(30, {
      name: 'Running',
      start,
      end,
      duration: 1800,
      distance: { qty: 3, units: 'mi' },
    })
    const metrics = [{ name: 'step_count', units: 'count', data: [{ date: start, qty: 2 }] }]
    expect(await read({ workouts, data: { metrics } })).toEqual({
      read: { 'workout 30.000 min': 30, 'step_count 2.000 count': 1 },
      refused: [],
    })
  })

  it('is read with what it says where it never says more', async () => {
    const { read: counts, refused } = await read({ data })
    expect([counts, refused.length]).toEqual([{}, 100])
    expect((await read({ metrics: { HKQuantityTypeIdentifierBodyMass: { value: data } } })).read).toEqual({
      'body_mass 70.000 kg': 200,
    })
  })

  it('is too large where more than can wait stands before what tells it', async () => {
    const waiting = 200
    expect(await failureOf(read({ data, type: 'Weight' }, { waiting }))).toEqual([
      'too-large',
      'element_too_large',
    ])
    expect(
      await failureOf(
        read({ rows: times(2000, 0).map((_, index) => index), data, type: 'Weight' }, { waiting }),
      ),
    ).toEqual(['malformed', 'unknown_shape'])
  })
})
