import { z } from 'zod'

const amount = z.number().nullable()
const civilDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const instant = z.string().nullable()

/** One civil day of one person: plain numbers, `null` where nothing was measured. */
export const summaryRowSchema = z.object({
  date: civilDate,
  timezone: z.string(),
  steps: amount,
  distance_m: amount,
  active_energy_kcal: amount,
  basal_energy_kcal: amount,
  flights: amount,
  exercise_minutes: amount,
  stand_minutes: amount,
  heart_rate: z.object({ count: z.number(), min: amount, max: amount, mean: amount }),
  resting_heart_rate: amount,
  hrv_sdnn_ms: z.object({ count: z.number(), mean: amount }),
  respiratory_rate: z.object({ count: z.number(), mean: amount }),
  oxygen_saturation_percent: z.object({ count: z.number(), mean: amount, min: amount }),
  sleep: z.object({
    night_start: instant,
    night_end: instant,
    asleep_minutes: amount,
    in_bed_minutes: amount,
    awake_minutes: amount,
    core_minutes: amount,
    deep_minutes: amount,
    rem_minutes: amount,
    unspecified_minutes: amount,
    naps_minutes: amount,
  }),
  sources: z.array(z.string()),
  upload_ids: z.array(z.string()),
})

export type SummaryRow = z.infer<typeof summaryRowSchema>
