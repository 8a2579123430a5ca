import { demoUpload } from './demo-upload.ts'

const now = Date.parse('2026-03-30T10:17:42Z')
const at = (time: number) => demoUpload({ now: time, timezone: 'Europe/Berlin' })
const samplesOf = (time: number) => {
  const upload = at(time)
  return [...upload.quantity_samples, ...upload.category_samples]
}

describe('the synthetic fortnight', () => {
  const upload = at(now)
  const samples = [...upload.quantity_samples, ...upload.category_samples]

  it('ends at the current minute and starts fourteen days before', () => {
    const latest = samples
      .map(({ end_date }) => end_date)
      .sort()
      .at(-1)!
    const earliest = samples.map(({ start_date }) => start_date).sort()[0]!
    expect(latest <= '2026-03-30T10:17:00.000Z').toBe(true)
    expect(Date.parse(latest)).toBeGreaterThan(now - 15 * 60_000)
    expect(earliest >= '2026-03-16T10:17:00.000Z').toBe(true)
  })

  it('names no sample twice', () => {
    expect(new Set(samples.map(({ uuid }) => uuid)).size).toBe(samples.length)
  })

  it('repeats the same samples, UUIDs included, where a later one overlaps', () => {
    const byUuid = new Map(samples.map((sample) => [sample.uuid, sample]))
    const later = samplesOf(now + 7 * 3_600_000 + 11_000)
    const shared = later.filter(({ uuid }) => byUuid.has(uuid))
    expect(shared.length).toBeGreaterThan(samples.length * 0.9)
    const changed = shared.filter(
      (sample) => JSON.stringify(sample) !== JSON.stringify(byUuid.get(sample.uuid)),
    )
    expect(changed).toEqual([])
    const seenBefore = later.filter(({ end_date }) => end_date <= '2026-03-30T10:17:00.000Z')
    expect(seenBefore.every(({ uuid }) => byUuid.has(uuid))).toBe(true)
  })

  it('says that it is synthetic', () => {
    expect(upload.upload_metadata).toEqual({ synthetic: true, generator: 'clarity-loop demo' })
    expect(samples.every(({ source_name }) => source_name.startsWith('Synthetic'))).toBe(true)
  })

  it('walks and sleeps as a person does', () => {
    const watchSteps = samples.filter(
      ({ type, source_name }) => type === 'StepCount' && source_name === 'Synthetic Watch',
    )
    const perDay = watchSteps.reduce((sum, { value }) => sum + value, 0) / 14
    expect(perDay).toBeGreaterThan(4000)
    expect(perDay).toBeLessThan(14000)
    const asleep = samples.filter(({ type, value }) => type === 'sleep_analysis' && value >= 3)
    const hours =
      asleep.reduce(
        (sum, { start_date, end_date }) => sum + Date.parse(end_date) - Date.parse(start_date),
        0,
      ) /
      3.6e6 /
      14
    expect(hours).toBeGreaterThan(6)
    expect(hours).toBeLessThan(9)
  })
})
