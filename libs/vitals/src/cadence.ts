import { type Estimate, absent, known } from './estimate.ts'

const PEAK_MINUTES = 30
/** Steps in a minute from which each band begins. */
const BANDS = {
  incidental: 1,
  sporadic: 20,
  purposeful: 40,
  slow: 60,
  medium: 80,
  brisk: 100,
  faster: 120,
} as const

export type CadenceBand = keyof typeof BANDS

/**
 * Minutes in each cadence band: 1–19 incidental, 20–39 sporadic, 40–59 purposeful steps, 60–79 slow, 80–99 medium,
 * 100–119 brisk walking, 120 and more faster. A hundred steps a minute is about 3 MET in adults.
 *
 * Steps counted in a minute, which is not the pace of the walking in it (Dall 2013): a minute half walked shows half.
 * An unobserved minute (NaN) and one that is negative or infinite belong to no band; zeros neither. `null` where no
 * minute was observed.
 * Source: Tudor-Locke et al. 2011, Prev Med 53:178–181 (bands); Tudor-Locke et al. 2019, IJBNPA 16:8 (intensity).
 */
export function cadenceBands(minutes: Float64Array): Estimate<Readonly<Record<CadenceBand, number>>> {
  const counts = { incidental: 0, sporadic: 0, purposeful: 0, slow: 0, medium: 0, brisk: 0, faster: 0 }
  const bands = Object.entries(BANDS).reverse() as [CadenceBand, number][]
  const observed = minutes.filter(isObserved)
  if (observed.length === 0) return absent('no minute was observed')
  for (const steps of observed) {
    const band = bands.find(([, from]) => steps >= from)?.[0]
    if (band) counts[band] += 1
  }
  return known(counts)
}

/**
 * Peak 30-minute cadence: mean steps in the 30 most active minutes of a day, in a row or not. In steps a minute;
 * a minute that was not observed counts as none. `null` with fewer than 30 observed minutes.
 * Source: Tudor-Locke et al. 2012, J Phys Act Health 9:1125–1129.
 */
export function peakCadence(minutes: Float64Array): Estimate {
  const observed = minutes.filter(isObserved).sort()
  if (observed.length < PEAK_MINUTES)
    return absent(`needs ${PEAK_MINUTES} observed minutes, there are ${observed.length}`)
  return known(observed.slice(-PEAK_MINUTES).reduce((sum, steps) => sum + steps, 0) / PEAK_MINUTES)
}

const isObserved = (steps: number) => steps >= 0 && Number.isFinite(steps)
