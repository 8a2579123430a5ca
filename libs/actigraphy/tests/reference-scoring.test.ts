import {
  ACTILIFE_COLE_KRIPKE,
  ACTILIFE_SADEH,
  type NightMetrics,
  type Recording,
  type SleepWake,
  activityCounts,
  automaticWakeThreshold,
  coleKripke,
  formatSleepWake,
  nightMetrics,
  oakley,
  sadeh,
  scripps,
  sleepRegularityIndex,
  websterRescored,
} from '../src/index.ts'
import { describeWeeks, expectClose, loadWeek } from './reference-weeks.ts'

/** The scoring that each published vector was made with; its name there says the scale. */
const SCORINGS: Record<string, (recording: Recording) => SleepWake | null> = {
  ck_mean_raw: (recording) => coleKripke(activityCounts(recording), 'cole-kripke-1992-mean'),
  ck_mean_div100_cap300: (recording) =>
    coleKripke(activityCounts(recording, ACTILIFE_COLE_KRIPKE), 'cole-kripke-1992-mean'),
  ck_mean_raw_webster: (recording) => websterRescored(SCORINGS.ck_mean_raw!(recording)!),
  ck_mean_div100_cap300_webster: (recording) => websterRescored(SCORINGS.ck_mean_div100_cap300!(recording)!),
  ck_10s_raw: (recording) => coleKripke(activityCounts(recording), 'cole-kripke-1992-10s'),
  sadeh_raw_ge0: (recording) => sadeh(activityCounts(recording)),
  sadeh_cap300_ge0: (recording) => sadeh(activityCounts(recording, ACTILIFE_SADEH)),
  sadeh_cap300_gt_minus4: (recording) => sadeh(activityCounts(recording, ACTILIFE_SADEH), 'sadeh-actilife'),
  oakley_20: (recording) => oakley(activityCounts(recording), 20),
  oakley_40: (recording) => oakley(activityCounts(recording), 40),
  oakley_80: (recording) => oakley(activityCounts(recording), 80),
  oakley_auto: (recording) => oakley(activityCounts(recording), 'automatic'),
  scripps: (recording) => scripps(activityCounts(recording)),
}

const NIGHT_FIELDS = {
  TIB: 'timeInBed',
  SOL: 'latency',
  onset: 'onset',
  offset: 'offset',
  SPT: 'sleepPeriod',
  TST: 'totalSleep',
  WASO: 'wakeAfterOnset',
  snooze: 'snooze',
  SE_TIB: 'efficiency',
  sleep_maintenance: 'maintenance',
  awakenings: 'awakenings',
  mid_sleep: 'midSleep',
} as const satisfies Record<string, keyof NightMetrics>

describeWeeks('scoring of the reference week %s', (name) => {
  it('gives every published state of every minute', () => {
    const { recording, expected } = loadWeek(name)
    for (const [scoring, vector] of Object.entries(expected.vectors_1_is_sleep)) {
      const scored = SCORINGS[scoring]!(recording)
      expect({ scoring, minutes: scored && formatSleepWake(scored) }).toEqual({ scoring, minutes: vector })
    }
  })

  it('gives every published sleep regularity index', () => {
    const { recording, expected } = loadWeek(name)
    for (const [scoring, index] of Object.entries(expected.SRI)) {
      expectClose(sleepRegularityIndex(SCORINGS[scoring]!(recording)!), index)
    }
  })

  it('gives the published automatic wake threshold', () => {
    const { recording, expected } = loadWeek(name)
    expectClose(automaticWakeThreshold(activityCounts(recording)), expected.oakley_auto_threshold)
  })

  it('gives the published metrics of every night, by both rules of sleep onset', () => {
    const { recording, expected } = loadWeek(name)
    for (const [scoring, nights] of Object.entries(expected.sleep_metrics_fixed_windows)) {
      const scored = SCORINGS[scoring]!(recording)!
      for (const night of nights) {
        const [start, end] = night.window
        expectNight(nightMetrics(scored, { start, end }), night.first_epoch)
        expectNight(nightMetrics(scored, { start, end }, 'first-of-10'), night.first_run10)
      }
    }
  })
})

function expectNight(actual: NightMetrics | null, published: Record<string, number | null>): void {
  for (const [field, ours] of Object.entries(NIGHT_FIELDS)) {
    if (field in published) expectClose(actual?.[ours], published[field]!)
  }
}
