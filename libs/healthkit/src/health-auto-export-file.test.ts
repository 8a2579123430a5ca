import { detectShape } from './index.ts'
import { healthAutoExportFile } from './health-auto-export-file.ts'
import { readWith } from '../tests/read-with.ts'

/** 2025-12-22T20:22:34Z */
const start = 788_127_754
const sources = [{ name: 'Sam’s Watch', identifier: 'com.apple.health.A' }]
const file = (metric: string, ...data: object[]) => ({
  metric,
  date: 788_050_800,
  data: data.map((row) => ({ metric, start, end: start + 60, sources, ...row })),
})
const at = Date.parse('2001-01-01T00:00:00Z') + start * 1000
const context = { receivedAt: Date.parse('2025-12-23T00:00:00Z') }

describe('a file of Health Auto Export', () => {
  it.each([[file('Heart Rate', { avg: 59 })], [{ metric: 'Sleep Analysis', data: [{ start, end: start }] }]])(
    'is known as %#',
    (root) => {
      expect(detectShape(root)).toBe(healthAutoExportFile)
    },
  )

  it('counts seconds since 2001', () => {
    const { samples } = readWith(
      healthAutoExportFile,
      file('Heart Rate', { unit: 'count/min', min: 58, avg: 59, max: 61 }),
      context,
    )
    expect(samples).toMatchObject([
      {
        type: 'heart_rate',
        start: at,
        end: at + 60_000,
        value: 59,
        min: 58,
        max: 61,
        source: { name: 'Sam’s Watch', bundle_id: 'com.apple.health.A' },
        verdict: 'accepted',
      },
    ])
  })

  it('names one sample of energy twice, of which kcal is the later version', () => {
    const rows = [
      { unit: 'kJ', qty: 0.012 },
      { unit: 'kcal', qty: 0.002 },
    ]
    const { samples } = readWith(healthAutoExportFile, file('Active Energy', ...rows), context)
    expect(new Set(samples.map(({ id }) => id)).size).toBe(1)
    expect(samples.map(({ sync }) => sync?.version)).toEqual([0, 1])
  })

  it('reads the stage of sleep from the field that has its hours', () => {
    const { samples, rejections } = readWith(
      healthAutoExportFile,
      file('Sleep Analysis', { totalSleep: 0.5, core: 0.5, unit: 'hr' }, { awake: 0.03 }, { unit: 'hr' }),
      context,
    )
    expect(samples.map(({ value }) => value)).toEqual([3, 2])
    expect(rejections).toMatchObject([{ path: 'data[2].value', reason: 'is not a sleep stage' }])
  })

  it('reads a workout’s file', () => {
    const workout = {
      id: '585BDA5C-5A64-4D5A-A432-6BCA6C7BCDBE',
      name: 'Cycling',
      start,
      end: start + 1800,
      duration: 1800,
      activeEnergy: 235.3,
    }
    expect(detectShape(workout)).toBe(healthAutoExportFile)
    const { samples } = readWith(healthAutoExportFile, workout, context)
    expect(samples).toMatchObject([
      { id: workout.id, type: 'workout', value: 30, metadata: { activity: 'cycling', active_energy: 235.3 } },
    ])
  })
})
