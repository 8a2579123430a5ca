interface DayFigureRow {
  readonly unit: string
  readonly method: string
}

const row = (unit: string, method: string): DayFigureRow => ({ unit, method })
const NIGHT = 'between the first and the last sleep recorded'
const ANCOLI = "device's stages, Ancoli-Israel 2015"

/** Every figure that one day can have: its unit and how it is made. */
export const DAY_FIGURES = {
  heart_rate: row('/min', 'time-weighted mean, a reading standing for at most 10 min'),
  day_heart_rate: row('/min', 'time-weighted mean outside the recorded sleep'),
  night_heart_rate: row('/min', `time-weighted mean ${NIGHT}`),
  night_dip: row('%', 'Ben-Dov 2007, 100 (day − night) / day'),
  resting_heart_rate: row('/min', "mean of the device's resting heart rates"),
  walking_heart_rate: row('/min', "mean of the device's walking averages"),
  night_sdnn: row('ms', `median of the SDNN readings ${NIGHT}`),
  night_respiratory_rate: row('/min', `median of the readings ${NIGHT} (Natarajan 2021)`),
  night_oxygen: row('%', `median of the readings ${NIGHT} (Gries & Brooks 1996)`),
  oxygen_minutes: row('min', `minutes ${NIGHT} that readings stand for, each at most 5`),
  oxygen_below_94: row('min', `minutes ${NIGHT} below 94 %, a reading standing for at most 5`),
  oxygen_below_92: row('min', `minutes ${NIGHT} below 92 %, a reading standing for at most 5`),
  oxygen_below_90: row('min', `minutes ${NIGHT} below 90 %, a reading standing for at most 5`),
  wrist_temperature: row('°C', "mean of the device's sleeping wrist temperatures"),
  body_temperature: row('°C', 'mean of the measurements'),
  vo2_max: row('mL/(kg·min)', "mean of the device's estimates"),
  asleep: row('min', `minutes asleep in the night: ${ANCOLI}`),
  efficiency: row('%', `100 asleep / time in bed: ${ANCOLI}`),
  maintenance: row('%', `100 asleep / (asleep + awake after onset): ${ANCOLI}`),
  latency: row('min', `from going to bed to the first sleep: ${ANCOLI}`),
  awake_after_onset: row('min', `WASO: ${ANCOLI}`),
  awakenings: row('awakenings', `stretches awake after onset: ${ANCOLI}`),
  long_awakenings: row('awakenings', 'stretches awake of more than 5 min after onset: Ohayon 2017'),
  core_share: row('%', `core sleep of the sleep: ${ANCOLI}`),
  deep_share: row('%', `deep sleep of the sleep: ${ANCOLI}`),
  rem_share: row('%', `REM sleep of the sleep: ${ANCOLI}`),
  naps: row('min', 'minutes asleep outside the night'),
  onset_minute: row('min', 'clock minute of the first sleep, of the civil day of waking'),
  waking_minute: row('min', 'clock minute of the last sleep, of the civil day of waking'),
  middle_minute: row('min', 'clock minute of mid-sleep, of the civil day of waking'),
} as const satisfies Record<string, DayFigureRow>

export type DayFigure = keyof typeof DAY_FIGURES

/** The figures of one civil day; what was not recorded is absent. Plain JSON. */
export type DayVitals = Readonly<Partial<Record<DayFigure, number>>>

export interface DatedVitals {
  readonly date: string
  readonly vitals: DayVitals
}
