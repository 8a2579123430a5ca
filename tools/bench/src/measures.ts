import {
  ACTILIFE_COLE_KRIPKE,
  ACTILIFE_SADEH,
  type Recording,
  SLEEP_SCORING_METHODS,
  type SleepWake,
  activityByDay,
  activityCounts,
  alignToClock,
  averageDay,
  averageHours,
  coleKripke,
  cosinor24h,
  interdailyStability,
  intradailyVariability,
  leastActive5Hours,
  meanStabilityVariability,
  mostActive10Hours,
  nightMetrics,
  nonWearIntervals,
  observedMinutesByDay,
  relativeAmplitude,
  restIntervals,
  sadeh,
  scoreSleepWake,
  sleepRegularityIndex,
  sleepShare,
  transitionProbabilities,
  websterRescored,
  withoutIntervals,
} from '@clarity/actigraphy'
import { activityRecording } from './activity-recording.ts'
import type { BenchRow } from './bench-row.ts'
import { type Timing, timeInTurns, timeRuns } from './time-runs.ts'

const WEEK_DAYS = 7
const YEAR_DAYS = 365
const WEEK_GOAL_MS = 5
const YEAR_GOAL_WEEKS = 60
const WEEKS_A_YEAR = 52
const PART = { warmUp: 3, rounds: 10, perRound: 20 }
const TOGETHER = { warmUp: 2, rounds: 15 }

/** All of the actigraphy library on a week of minutes, part by part and together, and on a year. */
export function measures(): BenchRow[] {
  const week = activityRecording(WEEK_DAYS)
  const [oneWeek, oneYear] = weekAndYear()
  const ratio = oneYear.median_ms / oneWeek.median_ms
  const parts = Object.entries(PARTS).map(([name, part]) => ({
    bench: 'measures',
    name: `${name}, one week`,
    ...timeRuns(() => part(week), PART),
  }))
  return [
    ...parts,
    {
      bench: 'measures',
      name: 'all of it, one week',
      ...oneWeek,
      goal: `≤ ${WEEK_GOAL_MS} ms`,
      met: oneWeek.median_ms <= WEEK_GOAL_MS,
    },
    {
      bench: 'measures',
      name: 'all of it, one year',
      ...oneYear,
      ratio,
      goal: `≤ ${YEAR_GOAL_WEEKS} weeks`,
      met: ratio <= YEAR_GOAL_WEEKS,
    },
  ]
}

/** As many weeks as are in a year beside each year. */
function weekAndYear(): [Timing, Timing] {
  const week = activityRecording(WEEK_DAYS)
  const year = activityRecording(YEAR_DAYS)
  const works = [
    { work: () => allMeasures(week), perRound: WEEKS_A_YEAR },
    { work: () => allMeasures(year), perRound: 1 },
  ]
  const [oneWeek, oneYear] = timeInTurns(works, TOGETHER)
  return [oneWeek!, oneYear!]
}

const RAW_METHODS = SLEEP_SCORING_METHODS.filter((method) => method !== 'sadeh-actilife')

const PARTS = {
  'non-wear and clock': wear,
  'IS, IV, ISm, IVm': stability,
  'L5, M10, RA': windows,
  cosinor: cosinor24h,
  'bouts of activity': transitionProbabilities,
  'all scorings': scorings,
  'rest intervals and nights': (recording: Recording) => nights(sadeh(activityCounts(recording))),
}

function allMeasures(recording: Recording): unknown[] {
  const scored = scorings(recording)
  return [
    wear(recording),
    stability(recording),
    windows(recording),
    cosinor24h(recording),
    transitionProbabilities(recording),
    scored.map((scoring) => [sleepRegularityIndex(scoring), sleepShare(scoring)]),
    nights(scored[0]!),
  ]
}

function wear(recording: Recording): unknown[] {
  const worn = withoutIntervals(recording, nonWearIntervals(recording))
  return [observedMinutesByDay(worn), alignToClock(worn, [{ index: 120, minutes: 60 }])]
}

function stability(recording: Recording): unknown[] {
  return [
    interdailyStability(recording),
    intradailyVariability(recording),
    interdailyStability(recording, 1),
    intradailyVariability(recording, 1),
    meanStabilityVariability(recording),
  ]
}

function windows(recording: Recording): unknown[] {
  const profiles = [averageDay(recording), averageHours(recording)]
  const circular = profiles.map((profile) =>
    relativeAmplitude(leastActive5Hours(profile), mostActive10Hours(profile)),
  )
  return [circular, activityByDay(recording)]
}

/** Every method by name on raw counts, and the two that ActiLife makes on scales of its own, rescored. */
function scorings(recording: Recording): SleepWake[] {
  const raw = activityCounts(recording)
  const named = RAW_METHODS.map((method) => scoreSleepWake(raw, method))
  const colekripke = coleKripke(activityCounts(recording, ACTILIFE_COLE_KRIPKE), 'cole-kripke-1992-mean')
  const sadehActilife = sadeh(activityCounts(recording, ACTILIFE_SADEH), 'sadeh-actilife')
  return [...named.filter((scored) => scored !== null), websterRescored(colekripke), sadehActilife]
}

function nights(scored: SleepWake): unknown[] {
  const rests = restIntervals(scored)
  return rests.map((rest) => nightMetrics(scored, rest))
}
