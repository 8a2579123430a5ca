import { healthAutoExport } from './health-auto-export.ts'
import { readWith } from '../tests/read-with.ts'

const at = (text: string) => Date.parse(text)
const date = '2025-03-08 09:08:00 -0500'

describe('other lists of Health Auto Export', () => {
  const both = { start: date, end: date, source: 'Health', userEntered: true }

  it('are kept as unknown types with what is small of what they say', () => {
    const { samples, rejections } = readWith(healthAutoExport, {
      data: {
        symptoms: [
          { ...both, name: 'Headache', severity: 'Mild' },
          { ...both, name: 'Nausea', severity: 'Mild' },
        ],
        ecg: [
          {
            start: date,
            classification: 'Sinus Rhythm',
            voltageMeasurements: Array(100).fill({ voltage: 1 }),
          },
        ],
        heartRateNotifications: [{ start: date, end: date, threshold: 120, heartRate: [{ hr: 130 }] }],
        stateOfMind: [
          { ...both, id: '9d6b023f-736b-46a0-a92f-d360bb7b738e', valence: -0.4, labels: ['sad'] },
        ],
        medications: [null, { scheduledDate: date, displayText: 'x', status: 'Skipped', start: null }],
        cycleTracking: [{ ...both, name: 'Spotting' }],
        somethingNew: [{ date }],
      },
    })
    expect(samples.map(({ type, verdict, value }) => [type, verdict, value])).toEqual([
      ['symptoms', 'unknown', null],
      ['symptoms', 'unknown', null],
      ['ecg', 'unknown', null],
      ['heartRateNotifications', 'unknown', null],
      ['stateOfMind', 'unknown', -0.4],
      ['medications', 'unknown', null],
      ['cycleTracking', 'unknown', null],
      ['somethingNew', 'unknown', null],
    ])
    expect(new Set(samples.map(({ id }) => id)).size).toBe(8)
    expect(samples[2]?.metadata).toEqual({ classification: 'Sinus Rhythm' })
    expect(samples[3]?.metadata).toEqual({ threshold: 120, heartRate: [{ hr: 130 }] })
    expect(rejections.map(({ path }) => path)).toEqual(['data.medications[0]'])
  })

  it('are read with the names of FreeReps, whose sleep stands in a list of category samples', () => {
    const [start, end] = ['2025-03-08 01:00:00 -0500', '2025-03-08 01:30:00 -0500']
    const [stage, issue] = ['9d6b023f-736b-46a0-a92f-d360bb7b738e', '0b1f8a4e-52f5-4b0c-8f6c-1f2d3c4b5a69']
    const sleep = { type: 'HKCategoryTypeIdentifierSleepAnalysis', start_date: start, source: 'Watch' }
    const { samples, rejections } = readWith(healthAutoExport, {
      data: {
        metrics: [],
        category_samples: [
          { ...sleep, id: stage, value: 4, value_label: 'Asleep Deep', end_date: end },
          { ...sleep, id: issue, value: 9, end_date: end },
          { id: issue, value: 4, start_date: start },
        ],
        ecg_recordings: [{ id: issue, classification: 'Sinus Rhythm', start_date: start }],
        activity_summaries: [{ date: '2025-03-08', stand_hours: 12 }],
        medications: [{ name: 'x', start_date: start, end_date: end }],
        vision_prescriptions: [{ prescription_type: 'glasses', date_issued: start }],
      },
    })
    expect(samples.map(({ type, verdict, value, start, end }) => [type, verdict, value, start, end])).toEqual(
      [
        ['sleep_analysis', 'accepted', 4, at(start), at(end)],
        ['ecg_recordings', 'unknown', null, at(start), at(start)],
        ['activity_summaries', 'unknown', null, at('2025-03-08T00:00:00Z'), at('2025-03-08T00:00:00Z')],
        ['medications', 'unknown', null, at(start), at(end)],
        ['vision_prescriptions', 'unknown', null, at(start), at(start)],
      ],
    )
    expect(samples[0]).toMatchObject({ id: stage.toUpperCase(), source: { name: 'Watch' } })
    expect(rejections.map(({ path }) => path)).toEqual([
      'data.category_samples[1].value',
      'data.category_samples[2].type',
    ])
  })
})
