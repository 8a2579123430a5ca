import { type Analysis, analysisSchema } from '@clarity/contracts'

const measured = (value: number | string | null, unit: string, method = 'a published method') => ({
  value,
  unit,
  method,
  ...(value === null ? { reason: 'not measured on any valid day' } : {}),
})

const DATES = ['02', '03', '04', '05', '06', '07', '08'].map((day) => `2026-03-${day}`)

/** Strings that must never leave the analysis: identifiers, and what the transformer made. */
export const CANARIES = ['user-canary', 'upload-canary', 'digest-canary', 'model-canary', '0.123456']

/** An analysis of one week of steps, as the analysis service stores it. */
export function analysisFixture(changes: Partial<Analysis> = {}): Analysis {
  return analysisSchema.parse({
    analysis_id: 'ana_1',
    user_id: 'user-canary',
    upload_id: 'upload-canary',
    upload_ids: ['upload-canary'],
    created_at: '2026-03-09T08:00:00.000Z',
    digest: 'digest-canary',
    method_version: '1',
    window: {
      start: '2026-03-02',
      end: '2026-03-08',
      timezone: 'Europe/Berlin',
      valid_days: 6,
      coverage: 0.8754,
    },
    signal: 'steps',
    rhythm: {
      interdaily_stability: measured(0.61237, '1'),
      intradaily_variability: measured(0.8412, '1'),
      relative_amplitude: measured(0.92345, '1'),
      l5: measured(0.41, 'steps/min'),
      l5_onset: measured('01:30', 'local time'),
      m10: measured(12.345, 'steps/min'),
      m10_onset: measured('09:15', 'local time'),
      cosinor_mesor: measured(5.61, 'steps/min'),
      cosinor_amplitude: measured(6.02, 'steps/min'),
      cosinor_peak: measured('14:42', 'local time'),
      sleep_regularity_index: measured(null, '1'),
    },
    activity: { steps_per_day: measured(8123.43, 'steps'), flights_per_day: measured(11.5, 'flights') },
    sleep: { asleep_per_night: measured(432.4, 'min'), deep_per_night: measured(null, 'min') },
    heart: { resting_rate: measured(58.28, '/min') },
    hrv: { sdnn: measured(42.71, 'ms') },
    respiration: { rate: measured(14.2, '/min') },
    oxygen: { saturation: measured(96.52, '%') },
    baseline_deviations: [],
    red_flags: [],
    pat: {
      status: 'computed',
      input: 'steps',
      validated: false,
      model: { name: 'model-canary', sha256: 'model-canary', provenance: 'model-canary' },
      standardisation: 'z-score',
      embedding: Array.from({ length: 96 }, () => 0.123456),
      heads: {},
      quality: 'model-canary',
    },
    quality: {
      observed_minutes: 8824,
      window_minutes: 10080,
      imputed_share: 0.1246,
      rules_examined: [],
      days: DATES.map((date, index) => ({ date, observed_hours: 20, valid: index < 6 })),
    },
    ...changes,
  })
}

/** The same analysis with no measure that has a value. */
export function emptyAnalysis(): Analysis {
  const full = analysisFixture()
  const empty = <S extends object>(section: S) =>
    Object.fromEntries(Object.keys(section).map((name) => [name, measured(null, '1')])) as S
  const { rhythm, activity, sleep, heart, hrv, respiration, oxygen } = full
  return analysisFixture({
    rhythm: empty(rhythm),
    activity: empty(activity),
    sleep: empty(sleep),
    heart: empty(heart),
    hrv: empty(hrv),
    respiration: empty(respiration),
    oxygen: empty(oxygen),
  })
}
