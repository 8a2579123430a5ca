import type { Analysis, AnalyzeSteps } from '@clarity/contracts'
import { type Sample, baseVerdict, identify } from '@clarity/health-data'
import { invalid } from '@clarity/failure'
import type { PatModel } from '@clarity/pat-model'
import type { MergeState } from '@clarity/record-store'
import { readInput, readerOf } from '../measures/analysis-input.ts'
import { contentId } from '../measures/content-hash.ts'
import { mergeDays } from '../measures/merge-days.ts'
import type { Asked } from './analyse-counts.ts'
import { createAnalyseWindow } from './analyse-window.ts'

export type AnalyseSteps = (request: AnalyzeSteps, asked: Asked) => Promise<Analysis>

/** Nothing of the person but what the request holds. */
const NOTHING_STORED: MergeState = {
  shards: [],
  tombstones: [],
  read: {
    ...readerOf({ shards: [], days: [] }),
    holding: () => Promise.resolve([]),
    tombstones: () => Promise.resolve([]),
  },
}

const SOURCE = { name: 'request', bundle_id: null, product: null }
/** Days need an upload behind them. */
const REQUEST = 'request'

/**
 * The analysis of steps that a request holds, made as that of an upload: merged, cut into days, and of these the seven
 * that end with the last valid one. Fails `invalid`, code `no-usable-sample`, where no sample is plausible.
 */
export function createAnalyseSteps(model: PatModel): AnalyseSteps {
  const analyseWindow = createAnalyseWindow(model)
  return async ({ timezone, samples }, { userId, at, signal }) => {
    const receivedAt = Date.parse(at)
    const incoming = samples.map((sample) => toSample(sample, { timezone, receivedAt }))
    if (!incoming.some(({ base_verdict }) => base_verdict === 'accepted')) throw noUsableSample()
    const { result } = await mergeDays(NOTHING_STORED, { incoming, tombstones: [] })
    const modelSha256 = model.identity
    const input = await readInput(readerOf(result), { userId, modelSha256 })
    if (input === null) throw noUsableSample()
    const own = { analysisId: contentId(REQUEST, input.analysisId), uploadIds: [] }
    return analyseWindow({ ...input, ...own }, { userId, uploadId: null, at, signal })
  }
}

function toSample(
  { start, end, steps }: AnalyzeSteps['samples'][number],
  { timezone, receivedAt }: { readonly timezone: string; readonly receivedAt: number },
): Sample {
  const content = {
    type: 'step_count',
    start: Date.parse(start),
    end: Date.parse(end),
    value: steps,
    source: SOURCE,
  }
  const verdict = baseVerdict(content, receivedAt)
  return {
    id: identify({ ...content, uuid: undefined }),
    ...content,
    unit: 'count',
    timezone,
    timezone_source: 'upload',
    user_entered: false,
    base_verdict: verdict,
    verdict,
    upload_ids: [REQUEST],
  }
}

function noUsableSample(): Error {
  return invalid({
    code: 'no-usable-sample',
    detail: 'No sample holds a number of steps that a person can take in its time.',
    errors: [{ path: 'samples', reason: 'no sample is plausible' }],
  })
}
