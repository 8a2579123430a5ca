import { fhir } from './fhir.ts'
import { readWith } from '../tests/read-with.ts'

const start = Date.parse('2025-03-08T04:30:00Z')
const coded = (code: string) => ({ coding: [{ code }] })
const observed = (code: string, valueSampledData: object) => ({
  resourceType: 'Observation',
  id: '1576EE6A-5B43-4229-B2BA-7A51187FA3DB',
  status: 'final',
  code: coded(code),
  effectivePeriod: { start: '2025-03-08T08:00:00+03:30', end: '2025-03-08T08:05:00+03:30' },
  valueSampledData,
})
const series = { origin: { value: 0, unit: 'beats/minute', code: '/min' }, period: 60_000, dimensions: 1 }

describe('an observation of sampled data', () => {
  it('gives a reading at each instant, and none where nothing was measured', () => {
    const { samples, rejections } = readWith(
      fhir,
      observed('8867-4', { ...series, data: '60  61 E U L\n62.5' }),
    )
    expect(rejections).toEqual([])
    expect(
      samples.map((sample) => [(sample.start - start) / 60_000, sample.end - sample.start, sample.value]),
    ).toEqual([
      [0, 0, 60],
      [1, 0, 61],
      [5, 0, 62.5],
    ])
    expect(new Set(samples.map(({ id }) => id)).size).toBe(3)
    expect(samples.map(({ timezone }) => timezone)).toEqual(['+03:30', '+03:30', '+03:30'])
  })

  it('scales its numbers, and may tell their distance in a unit of its own', () => {
    const data = {
      origin: { value: 36, code: 'Cel' },
      factor: 0.1,
      interval: 0.5,
      intervalUnit: 'h',
      data: '3 12',
    }
    const { samples } = readWith(fhir, observed('8310-5', data))
    expect(samples.map((sample) => [sample.type, sample.start - start, sample.value])).toEqual([
      ['body_temperature', 0, 36.3],
      ['body_temperature', 1_800_000, 37.2],
    ])
  })

  it('gives amounts over the time to the next', () => {
    const data = { ...series, origin: { value: 0, unit: 'steps' }, data: '10 0 20' }
    const { samples } = readWith(fhir, observed('55423-8', data))
    expect(samples.map((sample) => [sample.value, sample.end - sample.start])).toEqual([
      [10, 60_000],
      [0, 60_000],
      [20, 60_000],
    ])
  })

  it('may be a part of a panel', () => {
    const part = { code: coded('8867-4'), valueSampledData: { ...series, data: '60 61' } }
    const panel = { ...observed('panel', {}), valueSampledData: undefined, component: [part] }
    const { samples } = readWith(fhir, panel)
    expect(samples.map(({ type, value }) => `${type} ${value}`)).toEqual([
      'panel null',
      'heart_rate 60',
      'heart_rate 61',
    ])
  })

  it.each([
    ['valueSampledData', { ...series, period: undefined, data: '60' }],
    ['valueSampledData', { ...series, period: 0, data: '60' }],
    ['valueSampledData', { ...series, dimensions: 2, data: '60 61' }],
    ['valueSampledData', { ...series, origin: { value: 'none' }, data: '60' }],
    ['valueSampledData', { ...series, data: ['60'] }],
    ['valueSampledData.data', { ...series, data: 'sixty' }],
    ['valueSampledData.data', { ...series, data: ' E U' }],
    ['valueSampledData.origin.unit', { ...series, origin: { value: 0, unit: 'kg' }, data: '60' }],
    ['effectivePeriod.start', { ...series, period: 1e300, data: 'E 60' }],
  ])('is refused at %s', (path, data) => {
    const { samples, rejections } = readWith(fhir, observed('8867-4', data))
    expect([samples, rejections.map((each) => each.path)]).toEqual([[], [path]])
  })
})
