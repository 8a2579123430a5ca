/** Steps a minute of seven days from midnight, 10080 of them; null where nothing was observed. */
export type Week = readonly (number | null)[]

export interface Rhythm {
  readonly [measure: string]: number | string | null
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null)
const square = (value: number) => value * value

/** The formulas as their papers write them, one loop each. */
export function rhythmOf(week: Week): Rhythm {
  const profile = Array.from({ length: 1440 }, (_, minute) =>
    average(known(week.filter((_value, index) => index % 1440 === minute))),
  )
  const l5 = extreme(profile, 300, Math.min)
  const m10 = extreme(profile, 600, Math.max)
  return {
    ...stability(week),
    relative_amplitude:
      l5.mean === null || m10.mean === null ? null : (m10.mean - l5.mean) / (m10.mean + l5.mean),
    l5: l5.mean,
    l5_onset: l5.onset,
    m10: m10.mean,
    m10_onset: m10.onset,
    ...cosinor(week),
    sleep_regularity_index: null,
    ...fragmentation(week),
  }
}

/** Witting 1990, Van Someren 1999; hours that were not observed stand in no sum. */
function stability(week: Week): Rhythm {
  const hours = Array.from({ length: 168 }, (_, hour) => {
    const minutes = known(week.slice(hour * 60, hour * 60 + 60))
    return minutes.length === 0 ? null : average(minutes)
  })
  const grand = average(known(hours))
  const total = known(hours).reduce((sum, hour) => sum + square(hour - grand), 0)
  let between = 0
  hours.forEach((hour, index) => {
    if (hour !== null)
      between += square(average(known(hours.filter((_, other) => other % 24 === index % 24))) - grand)
  })
  const steps = hours.slice(1).flatMap((hour, index) => {
    const before = hours[index] ?? null
    return hour === null || before === null ? [] : [square(hour - before)]
  })
  return {
    interdaily_stability: between / total,
    intradaily_variability: average(steps) / (total / known(hours).length),
  }
}

/** Gonçalves 2014 over the divisors of a day up to an hour; Di 2017 by counting bouts. */
function fragmentation(week: Week): Rhythm {
  const lengths = Array.from({ length: 60 }, (_, index) => index + 1).filter((length) => 1440 % length === 0)
  const both = lengths.map((length) => binned(week, length))
  const text = week.map((value) => (value === null ? '-' : value > 0 ? 'a' : 'r')).join('')
  const endsOf = (state: string) => {
    const bouts = text.match(new RegExp(`${state}+`, 'g')) ?? []
    return bouts.length === 0 ? null : bouts.length / bouts.join('').length
  }
  return {
    mean_interdaily_stability: average(both.map(({ stability: value }) => value)),
    mean_intradaily_variability: average(both.map(({ variability }) => variability)),
    active_to_rest: endsOf('a'),
    rest_to_active: endsOf('r'),
  }
}

function binned(week: Week, length: number): { stability: number; variability: number } {
  const bins = Array.from({ length: week.length / length }, (_, bin) => {
    const minutes = known(week.slice(bin * length, bin * length + length))
    return minutes.length === 0 ? null : average(minutes)
  })
  const grand = average(known(bins))
  const total = known(bins).reduce((sum, bin) => sum + square(bin - grand), 0)
  let between = 0
  for (let phase = 0; phase < 1440 / length; phase += 1) {
    const same = known(Array.from({ length: 7 }, (_, day) => bins[phase + (day * 1440) / length] ?? null))
    if (same.length > 0) between += same.length * square(average(same) - grand)
  }
  const steps = bins.slice(1).flatMap((bin, index) => {
    const before = bins[index] ?? null
    return bin === null || before === null ? [] : [square(bin - before)]
  })
  return { stability: between / total, variability: average(steps) / (total / known(bins).length) }
}

/** Van Someren 1997, on the circular average day; the earliest onset of equal windows. */
function extreme(profile: readonly number[], length: number, choose: (...values: number[]) => number) {
  const twice = [...profile, ...profile]
  const means = profile.map((_, onset) => average(twice.slice(onset, onset + length)))
  const complete = means.filter(Number.isFinite)
  if (complete.length === 0) return { mean: null, onset: null }
  const mean = choose(...complete)
  const onset = means.findIndex((value) => Math.abs(value - mean) <= 1e-11 * mean)
  return { mean, onset: clock(onset) }
}

/** Cornelissen 2014: normal equations by Cramer's rule. */
function cosinor(week: Week): Rhythm {
  const rows = week.flatMap((value, index) => {
    const angle = (2 * Math.PI * (index % 1440)) / 1440
    return value === null ? [] : [{ x: [1, Math.cos(angle), Math.sin(angle)], value }]
  })
  const sum = (term: (row: { x: number[]; value: number }) => number) =>
    rows.reduce((s, row) => s + term(row), 0)
  const matrix = [0, 1, 2].map((i) => [0, 1, 2].map((j) => sum(({ x }) => x[i]! * x[j]!)))
  const right = [0, 1, 2].map((i) => sum(({ x, value }) => x[i]! * value))
  const [mesor, beta, gamma] = [0, 1, 2].map((column) => {
    const replaced = matrix.map((row, i) => row.map((value, j) => (j === column ? right[i]! : value)))
    return determinant(replaced) / determinant(matrix)
  }) as [number, number, number]
  const peak = ((Math.atan2(gamma, beta) / (2 * Math.PI)) * 1440 + 1440) % 1440
  return { cosinor_mesor: mesor, cosinor_amplitude: Math.hypot(beta, gamma), cosinor_peak: clock(peak) }
}

function determinant(matrix: readonly (readonly number[])[]): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = matrix.flat()
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}

const clock = (minute: number) =>
  [minute / 60, minute % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
