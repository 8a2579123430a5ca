import { type Sample, addDays, startOfDay } from '@clarity/health-data'
import type { Reading, Span } from '@clarity/vitals'
import type { AnalysisInput } from './analysis-input.ts'

/** What was read within the window, by type. */
export interface WindowReadings {
  readonly of: (type: string) => Reading[]
  /** As `of`, for events, which need no value: theirs counts as 0. */
  readonly events: (type: string) => Reading[]
  readonly spans: (type: string) => Span[]
  /** Spans with steps in them. */
  readonly moving: () => Span[]
}

/** The readings of the accepted samples that start within the window, by the window's clock. */
export function windowReadings({ samples, timezone, start, end }: AnalysisInput): WindowReadings {
  const [from, to] = [startOfDay(timezone, start), startOfDay(timezone, addDays(end, 1))]
  const within = samples.filter((sample) => sample.start >= from && sample.start < to)
  const byType = new Map<string, Sample[]>()
  for (const sample of within) {
    const group = byType.get(sample.type)
    if (group) group.push(sample)
    else byType.set(sample.type, [sample])
  }
  const samplesOf = (type: string) => byType.get(type) ?? []
  const reading = ({ start: at, end: until, value }: Sample): Reading[] =>
    value === null ? [] : [{ start: at, end: until, value }]
  const span = ({ start: at, end: until }: Sample): Span => ({ start: at, end: until })
  return {
    of: (type) => samplesOf(type).flatMap(reading),
    events: (type) => samplesOf(type).flatMap((sample) => reading({ ...sample, value: 0 })),
    spans: (type) => samplesOf(type).map(span),
    moving: () =>
      samplesOf('step_count')
        .filter(({ value }) => (value ?? 0) > 0)
        .map(span),
  }
}
