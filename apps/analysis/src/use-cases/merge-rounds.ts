import type { UploadReceived } from '@clarity/contracts'
import {
  type Sample,
  type Shards,
  type Tally,
  type Tombstone,
  type TotalsOptions,
  sumOf,
} from '@clarity/health-data'
import type { CurrentAnalysis, Days, MergeState, UploadChange } from '@clarity/record-store'
import { currentAfter } from '../measures/analysis-window.ts'
import { type MergedDays, mergeDays } from '../measures/merge-days.ts'
import type { SampleSpool } from '../reading/sample-spool.ts'

/** UTC dates of one transaction: what they hold usually stays far below Firestore's 10 MiB a commit. */
const mostDates = 31
/** A transaction that meets more samples than this, stored and arriving, is done in halves. */
const mostSamples = 100_000
/** Arriving samples of one transaction, whatever their dates. */
const mostArriving = 20_000

/** The merging of one upload, in as many transactions as it takes. */
export interface MergeRounds {
  /** Merges what waits. */
  merge(spool: SampleSpool): Promise<void>
  /**
   * Merges what waits, applies the deletions and, with the last of it, names the current analysis; null, and none is
   * named, where the upload brought and deleted nothing. What is noted in the upload's record is written with it.
   */
  finish(spool: SampleSpool, tombstones: readonly Tombstone[], notes?: MergeNotes): Promise<string | null>
  /** What has become of all samples so far. */
  tally(): Tally
}

/** How far the upload has come, by what is merged. */
export interface MergeNotes {
  /** All of it is read, and merging goes on. */
  readonly read: UploadChange
  /** All of it is merged. */
  readonly merged: (tally: Tally) => UploadChange
}

interface Round {
  /** What arrives, by UTC date; stored dates of which nothing does are among them. */
  readonly arriving: Shards
  /** Whether nothing of the upload follows: with it the current analysis is named. */
  readonly isLast: boolean
  readonly notes?: MergeNotes | undefined
}

export interface MergeSource {
  readonly upload: UploadReceived
  readonly modelSha256: string
  readonly totals?: TotalsOptions
}

export function createMergeRounds(days: Days, source: MergeSource): MergeRounds {
  const { user_id: userId, upload_id: uploadId } = source.upload
  const progress: Progress = { tallies: new Map(), earlier: new Map(), takesAway: false, datesAtOnce: 8 }
  const { tallies, earlier } = progress
  const build = createBuild(progress, source)

  const run = async (round: Round, tombstones: readonly Tombstone[]): Promise<Named> => {
    let merged: MergedDays | undefined
    await days.merge(userId, {
      uploadId,
      utcDates: [...round.arriving.keys()],
      sampleIds: samplesOf(round).map(({ id }) => id),
      build: async (state) => {
        merged = await build(state, round, tombstones)
        return merged?.result ?? { shards: [], days: [] }
      },
    })
    if (!merged) {
      progress.datesAtOnce = Math.ceil(round.arriving.size / 2)
      const [first, second] = halves(round)
      await run(first, tombstones)
      return run(second, tombstones)
    }
    for (const [date, tally] of merged.tallies) tallies.set(date, tally)
    for (const [date, { length }] of round.arriving) earlier.set(date, (earlier.get(date) ?? 0) + length)
    progress.takesAway ||= merged.takesAway
    return merged.result.user
  }

  return {
    async merge(spool) {
      for (const round of roundsOf(spool, progress)) await run({ ...round, isLast: false }, [])
    },
    async finish(spool, tombstones, notes) {
      const identities = tombstones.map(({ id }) => id)
      // They are stored first, so that they meet a sample that another upload brings meanwhile.
      if (identities.length > 0) await days.bury(userId, uploadId, identities)
      const stored = identities.length > 0 ? await days.sampleDates(userId, { identities }) : []
      let named: Named
      for (const round of roundsOf(spool, progress, stored)) {
        named = await run({ ...round, notes }, tombstones)
      }
      return named?.current_analysis_id ?? null
    },
    tally: () => sumOf([...tallies.values()]),
  }
}

type Named = CurrentAnalysis | undefined

interface Progress {
  readonly tallies: Map<string, Tally>
  readonly earlier: Map<string, number>
  takesAway: boolean
  datesAtOnce: number
}

/** The days with a round's samples; undefined where they are too many for one transaction. */
function createBuild(progress: Progress, { upload, modelSha256, totals }: MergeSource) {
  const { user_id: userId, upload_id: uploadId } = upload
  return async (
    state: MergeState,
    { arriving, isLast, notes }: Round,
    tombstones: readonly Tombstone[],
  ): Promise<MergedDays | undefined> => {
    const { earlier, datesAtOnce } = progress
    const incoming = samplesOf({ arriving })
    const met = state.shards.reduce((sum, { samples }) => sum + samples.length, incoming.length)
    if (met > mostSamples && arriving.size > 1) return undefined
    if (met < mostSamples / 4) progress.datesAtOnce = Math.min(mostDates, 2 * datesAtOnce)
    const round = { incoming, tombstones, earlier: { uploadId, samples: earlier } }
    const merged = await mergeDays(state, round, totals)
    const tally = sumOf([...new Map([...progress.tallies, ...merged.tallies]).values()])
    const noted = notes && { upload: isLast ? [notes.read, notes.merged(tally)] : [notes.read] }
    const result = { ...merged.result, ...noted }
    if (!isLast || !isUsable(progress, merged)) return { ...merged, result }
    const user = await currentAfter(state.read, merged.result, { userId, modelSha256 })
    return { ...merged, result: { ...result, user } }
  }
}

/** Whether the upload brought any sample that counts, or took any away. */
function isUsable({ takesAway, tallies }: Progress, merged: MergedDays): boolean {
  if (takesAway || merged.takesAway) return true
  const { accepted, duplicate, deleted } = sumOf([...tallies.values(), ...merged.tallies.values()])
  return accepted + duplicate + deleted > 0
}

/** What waits, and stored dates, as rounds: at least one, which may be empty. */
function* roundsOf(spool: SampleSpool, progress: Progress, stored: readonly string[] = []): Generator<Round> {
  const dates = [...new Set([...spool.dates(), ...stored])].sort()
  let arriving = new Map<string, Sample[]>()
  let samples = 0
  for (const date of dates) {
    do {
      const taken = spool.take(date, mostArriving)
      arriving.set(date, taken)
      samples += taken.length
      const isFull = arriving.size >= progress.datesAtOnce || samples >= mostArriving
      const isLast = date === dates.at(-1) && spool.countOf(date) === 0
      if (isLast || (!isFull && spool.countOf(date) === 0)) continue
      yield { arriving, isLast: false }
      arriving = new Map()
      samples = 0
    } while (spool.countOf(date) > 0)
  }
  yield { arriving, isLast: true }
}

function samplesOf({ arriving }: Pick<Round, 'arriving'>): Sample[] {
  return ([] as Sample[]).concat(...arriving.values())
}

function halves({ arriving, isLast, notes }: Round): [Round, Round] {
  const dates = [...arriving]
  const middle = Math.floor(dates.length / 2)
  return [
    { arriving: new Map(dates.slice(0, middle)), isLast: false, notes },
    { arriving: new Map(dates.slice(middle)), isLast, notes },
  ]
}
