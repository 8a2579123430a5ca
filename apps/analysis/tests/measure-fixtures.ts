import type { Sample } from '@clarity/health-data'
import type { AnalysisInput } from '../src/measures/analysis-input.ts'

const WATCH = { name: 'Watch', bundle_id: null, product: 'Watch6,7' }
let count = 0

/** A sample for tests: steps of a watch, accepted, unless told otherwise. */
export function sample(start: string, end: string, rest: Partial<Sample> = {}): Sample {
  count += 1
  return {
    id: `sample-${count}`,
    type: 'step_count',
    start: Date.parse(start),
    end: Date.parse(end),
    value: 10,
    unit: 'count',
    source: WATCH,
    user_entered: false,
    timezone: 'UTC',
    timezone_source: 'upload',
    base_verdict: 'accepted',
    verdict: 'accepted',
    upload_ids: ['upload-1'],
    ...rest,
  }
}

/** The input of an analysis over some civil days, without stored days. */
export function input(samples: readonly Sample[], rest: Partial<AnalysisInput> = {}): AnalysisInput {
  const sorted = [...samples].sort((a, b) => a.start - b.start)
  return {
    analysisId: 'analysis-1',
    digest: 'digest',
    start: '2026-03-01',
    end: '2026-03-07',
    timezone: 'UTC',
    days: [],
    samples: sorted,
    ...rest,
  }
}
