import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type System, startSystem } from '@clarity/testkit'
import type { Outcome, UploadBody } from '../src/api-client.ts'
import { demoBody, fileBody } from '../src/upload-file.ts'
import { readEnvelope, readExport } from './oracle/read-samples.ts'
import { expectedDeviations } from './oracle/deviations.ts'
import { type WeekFigures, weekFigures } from './oracle/week-figures.ts'
import { numbersIn, writtenFigure } from './oracle/written-figure.ts'
import { describeWithShared, newPerson, sharedPath, uploadAndFollow } from './uploads.ts'

const SECTIONS = ['rhythm', 'activity', 'sleep', 'heart', 'hrv', 'respiration', 'oxygen'] as const

const isClose = (left: number, right: number) => Math.abs(left - right) <= 1e-6 * Math.max(1, Math.abs(right))

/** The days' figures are stored to a millionth: what is made of them differs by some of that. */
const isNear = (left: number, right: number) => Math.abs(left - right) <= 1e-5 * Math.max(1, Math.abs(right))

/** Measures of the analysis that are not what the samples give, each in one line. */
function wrongMeasures({ analysis }: Outcome, expected: WeekFigures): string[] {
  return SECTIONS.flatMap((section) => {
    const measures = analysis![section] as Record<string, { value: number | string | null }>
    const figures = expected.sections[section]!
    return [...new Set([...Object.keys(measures), ...Object.keys(figures)])].flatMap((name) => {
      const got = measures[name]?.value
      const figure = figures[name]
      const same =
        typeof got === 'number' && typeof figure === 'number' ? isClose(got, figure) : got === figure
      return same ? [] : [`${section}.${name}: expected ${figure}, got ${got}`]
    })
  })
}

/** Texts of the insight with a number that is no figure of the samples: of the evidence named, or else of any. */
function inventedTexts({ insight }: Outcome, expected: WeekFigures): string[] {
  const { window, hours, sections } = expected
  const figures = new Map<string, number | string | null>([
    ['window.valid_days', window.valid_days],
    ['window.coverage', window.coverage],
    ['quality.days', hours.length],
    ...Object.entries(sections).flatMap(([section, measures]) =>
      Object.entries(measures).map(([name, value]) => [`${section}.${name}`, value] as const),
    ),
  ])
  const written = (paths: readonly string[]) =>
    new Set(
      paths.flatMap((path) => (figures.get(path) === null ? [] : [writtenFigure(figures.get(path) ?? '')])),
    )
  const grounded = [...insight!.key_insights, ...insight!.recommendations]
  return [{ text: insight!.narrative, evidence: [...figures.keys()] }, ...grounded].flatMap(
    ({ text, evidence }) => {
      const known = written(evidence)
      return numbersIn(text).every((number) => known.has(number)) ? [] : [text]
    },
  )
}

function itHoldsWhatTheSamplesGive(outcome: () => Outcome, expected: () => WeekFigures): void {
  it('has the window and the coverage that the samples give', () => {
    const { window, quality } = outcome().analysis!
    const { coverage, ...rest } = expected().window
    expect(window).toMatchObject(rest)
    expect(window.coverage).toBeCloseTo(coverage, 9)
    expect(quality.observed_minutes).toBe(expected().observedMinutes)
    expect(quality.days.map(({ date, observed_hours }) => [date, observed_hours])).toEqual(expected().hours)
    expect(quality.days.filter(({ valid }) => valid)).toHaveLength(rest.valid_days)
  })

  it('has every measure of the analysis within a millionth', () => {
    expect(wrongMeasures(outcome(), expected())).toEqual([])
  })

  it('compares the window with the days before it as the samples give', () => {
    const { baseline_deviations } = outcome().analysis!
    const wrong = expectedDeviations(expected()).filter((deviation) => {
      const found = baseline_deviations.find(({ measure }) => measure === deviation.measure)
      return (['window_days', 'baseline_days', 'difference', 'z', 'p', 'q'] as const).some((name) => {
        const [got, figure] = [found?.[name], deviation[name]]
        return typeof got === 'number' && typeof figure === 'number' ? !isNear(got, figure) : got !== figure
      })
    })
    expect(wrong).toEqual([])
  })

  it('tells a story whose every number is a figure of the samples', () => {
    const { insight } = outcome()
    expect(insight).toMatchObject({ source: 'gemini', degraded: false })
    expect(numbersIn(insight!.narrative).length).toBeGreaterThan(2)
    expect(inventedTexts(outcome(), expected())).toEqual([])
  })
}

interface Week {
  readonly body: UploadBody
  readonly expected: WeekFigures
}

function bundledFortnight(): Week {
  const body = demoBody('Europe/Berlin', Date.parse('2026-03-30T19:17:42Z'))
  return { body, expected: weekFigures(readEnvelope(gunzipSync(body.bytes).toString())) }
}

/** Israel: the Garmin's whole-day sums begin at midnight there; the file's +0200 is the offset of its export. */
const REAL_ZONE = 'Asia/Jerusalem'
const REAL_FILE = sharedPath('samples/apple-export/real-7days-2017.xml')

function realWeek(): Week {
  const expected = weekFigures(readExport(readFileSync(REAL_FILE, 'utf8'), REAL_ZONE))
  return { body: fileBody(REAL_FILE, REAL_ZONE), expected }
}

let fortnight: Week
let real: Week
let system: System

// All that takes long comes first: a connection that idles meanwhile would be closed under the next call.
beforeAll(async () => {
  fortnight = bundledFortnight()
  if (existsSync(REAL_FILE)) real = realWeek()
  system = await startSystem()
}, 120_000)
afterAll(() => system[Symbol.asyncDispose]())

describe('the figures of the bundled fortnight', () => {
  let outcome: Outcome
  beforeAll(
    async () => void (outcome = await uploadAndFollow(await newPerson(system), fortnight.body)),
    120_000,
  )

  itHoldsWhatTheSamplesGive(
    () => outcome,
    () => fortnight.expected,
  )

  it('come from a week with a change of the clocks', () => {
    const { window, hours } = fortnight.expected
    expect(window).toMatchObject({ start: '2026-03-24', end: '2026-03-30', valid_days: 7 })
    expect(hours).toContainEqual(['2026-03-29', 23])
  })
})

describeWithShared('the figures of a real week of an iPhone and a Garmin', () => {
  let outcome: Outcome
  beforeAll(async () => void (outcome = await uploadAndFollow(await newPerson(system), real.body)), 120_000)

  itHoldsWhatTheSamplesGive(
    () => outcome,
    () => real.expected,
  )

  it('come from the four valid days that PAT needs', () => {
    expect(real.expected.window).toMatchObject({ start: '2017-10-23', end: '2017-10-29', valid_days: 4 })
    expect(outcome.analysis!.pat).toMatchObject({ status: 'computed', input: 'steps', validated: false })
  })
})
