import type { RawSample } from './read-samples.ts'
import { wallAt } from './wall-clock.ts'

const MINUTE = 60_000

/**
 * Amount by minute (epoch minutes) of one summed type: in each moment the highest-ranked source that has a sample
 * there holds, with all its samples; a sample falls evenly on its time, or stands in its instant.
 */
export function amountByMinute(samples: readonly RawSample[]): Map<number, number> {
  const present = new Map<number, RawSample[]>()
  const amounts = new Map<number, number>()
  for (const sample of samples) {
    const last = Math.max(sample.from, sample.to - 1)
    for (let minute = Math.floor(sample.from / MINUTE); minute * MINUTE <= last; minute += 1) {
      present.set(minute, [...(present.get(minute) ?? []), sample])
    }
  }
  for (const [minute, here] of present) amounts.set(minute, amountWithin(here, minute * MINUTE))
  return amounts
}

function amountWithin(samples: readonly RawSample[], start: number): number {
  const end = start + MINUTE
  const edges = samples.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > start && edge < end)
  const cuts = [...new Set([start, ...edges, end])].sort((a, b) => a - b)
  let amount = instantsWithin(samples, start)
  cuts.slice(1).forEach((to, index) => {
    const from = cuts[index]!
    const here = samples.filter((sample) => sample.from <= from && sample.to >= to && sample.to > sample.from)
    const holds = here.map(({ rank }) => rank).sort()[0]
    for (const sample of here) {
      if (sample.rank === holds) amount += (sample.value * (to - from)) / (sample.to - sample.from)
    }
  })
  return amount
}

/** What was counted in an instant stands where no higher-ranked source was counting. */
function instantsWithin(samples: readonly RawSample[], start: number): number {
  const instants = samples.filter(({ from, to }) => from === to && from >= start && from < start + MINUTE)
  const isCovered = ({ from: at, rank }: RawSample) =>
    samples.some(({ from, to, rank: other }) => other < rank && from <= at && to > at)
  return instants.reduce((sum, sample) => (isCovered(sample) ? sum : sum + sample.value), 0)
}

/** Totals by civil day; minutes in which a source was there and counted nothing still make a day. */
export function amountByDay(samples: readonly RawSample[]): Map<string, number> {
  const days = new Map<string, number>()
  const zone = samples[0]?.zone ?? 'UTC'
  for (const [minute, amount] of amountByMinute(samples)) {
    const { date } = wallAt(zone, minute * MINUTE)
    days.set(date, (days.get(date) ?? 0) + amount)
  }
  return days
}
