import { type Estimate, absent, known } from './estimate.ts'
import { type Reading, inOrder } from './readings.ts'

const MINUTE_MS = 60_000
/** A reading this near to the moment wanted stands for it. */
const TOLERANCE_MS = 20_000

/** From start to end in epoch milliseconds. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Night dip of the heart rate: 100 (day − night) / day, in per cent of the day's mean; negative where the night is
 * the faster. Below 10 is called blunted by the source (24-hour recordings of adults). `null` where either is missing
 * or the day's is 0.
 * Source: Ben-Dov et al. 2007, Arch Intern Med 167:2116–2121.
 */
export function nightDip(day: number | null, night: number | null): Estimate {
  if (day === null || night === null) return absent('needs heart rates of day and night')
  return day > 0 ? known((100 * (day - night)) / day) : absent('undefined for a rate of zero')
}

/**
 * Heart rate recovery: the highest rate of the last minute of a workout less the rate one minute after its end, of
 * the readings at most 20 seconds from that moment; in beats a minute, negative where it still rose. The largest of
 * several workouts. `null` without a workout, and without readings at both moments of one.
 * Source: Cole et al. 1999, N Engl J Med 341:1351–1357.
 */
export function heartRateRecovery(workouts: readonly Span[], readings: readonly Reading[]): Estimate {
  if (workouts.length === 0) return absent('no workout was recorded')
  const ordered = inOrder(readings)
  const recoveries = workouts.flatMap((workout) => recoveryAfter(workout, ordered))
  return recoveries.length === 0
    ? absent('no workout has readings at its end and one minute after it')
    : known(recoveries.reduce((most, recovery) => Math.max(most, recovery)))
}

function recoveryAfter({ end }: Span, readings: readonly Reading[]): number[] {
  const minuteAfter = end + MINUTE_MS
  let peak: number | undefined
  let after: Reading | undefined
  const distance = ({ start }: Reading) => Math.abs(start - minuteAfter)
  for (let index = firstFrom(readings, end - MINUTE_MS); index < readings.length; index += 1) {
    const reading = readings[index]!
    if (reading.start > minuteAfter + TOLERANCE_MS) break
    if (reading.start <= end) peak = Math.max(peak ?? 0, reading.value)
    else if (distance(reading) <= TOLERANCE_MS && !(after && distance(after) <= distance(reading)))
      after = reading
  }
  return peak === undefined || !after ? [] : [peak - after.value]
}

/** Index of the first reading that starts at that instant or later. */
function firstFrom(readings: readonly Reading[], instant: number): number {
  let [low, high] = [0, readings.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (readings[middle]!.start < instant) low = middle + 1
    else high = middle
  }
  return low
}
