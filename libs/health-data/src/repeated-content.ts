import type { Sample, SampleSource } from './sample.ts'
import { writerOf } from './source-class.ts'
import { sourceKey } from './source-key.ts'
import { workoutActivity } from './workout-activity.ts'

/** How far apart, relative to them, two values of one content may be: exports print six digits, in the person's units. */
const tolerance = 1e-5

const [nobody, anybody, anyEnd, unsaid, anything] = ['', '*', '*', '', '*']
const writers = new WeakMap<SampleSource, readonly string[]>()

/** Under which names a source writes: its own and, of a device, that of its kind. */
function writersOf(source: SampleSource): readonly string[] {
  let names = writers.get(source)
  if (!names) {
    names = [...new Set([sourceKey(source), writerOf(source)])]
    writers.set(source, names)
  }
  return names
}

/** The cell of a value and those beside it: values within the tolerance lie in one cell or in two neighbours. */
function cellsOf(value: number): readonly string[] {
  if (value === 0) return ['0']
  const cell = Math.round(Math.log(Math.abs(value)) / tolerance)
  const sign = value < 0 ? '-' : '+'
  return [cell, cell - 1, cell + 1].map((each) => `${sign}${each}`)
}

/** The activity as it tells workouts apart: clients call `other` whatever they have no word for. */
function activityOf({ metadata }: Sample): string | undefined {
  const name = workoutActivity(metadata?.activity)?.name
  return name === 'other' ? undefined : name
}

/** Under which keys a sample is known to those after it, and under which it looks for those before it. */
interface Keys {
  readonly known: readonly string[]
  readonly sought: readonly string[]
}

/** What one sample says agrees with the same of another, and with one that does not say it. */
function keysOf(said: readonly string[] | undefined): Keys {
  if (!said) return { known: [unsaid, anything], sought: [anything] }
  return { known: [...said.slice(0, 1), anything], sought: [...said, unsaid] }
}

function pairs(left: readonly string[], right: readonly string[]): string[] {
  return left.flatMap((one) => right.map((other) => `${one}/${other}`))
}

/** Keys of how much a sample holds; of a workout, for which some clients send no length, also of its activity. */
function amountKeys(sample: Sample): Keys {
  const { type, value } = sample
  if (type !== 'workout') {
    const cells = cellsOf(value ?? 0)
    return { known: cells.slice(0, 1), sought: cells }
  }
  const activity = activityOf(sample)
  const length = keysOf(value === null ? undefined : cellsOf(value))
  const kind = keysOf(activity === undefined ? undefined : [activity])
  return { known: pairs(length.known, kind.known), sought: pairs(length.sought, kind.sought) }
}

/** Samples of one type that start in the same second, where there are several: only these can be the same content. */
function sharingSecond(samples: readonly Sample[]): Sample[] {
  const sharing: Sample[] = []
  let from = 0
  let second = NaN
  for (let to = 0; to <= samples.length; to += 1) {
    const next = secondOf(samples[to])
    if (next === second) continue
    if (to - from > 1) for (const sample of sharingType(samples.slice(from, to))) sharing.push(sample)
    from = to
    second = next
  }
  return sharing
}

function secondOf(sample: Sample | undefined): number {
  return sample ? Math.floor(sample.start / 1000) : NaN
}

function sharingType(samples: readonly Sample[]): Sample[] {
  const valued = samples.filter(({ value, type }) => value !== null || type === 'workout')
  const counts = new Map<string, number>()
  for (const { type } of valued) counts.set(type, (counts.get(type) ?? 0) + 1)
  return valued.filter(({ type }) => counts.get(type) !== 1)
}

function isUnnamed({ source }: Sample): boolean {
  return writersOf(source)[0] === nobody
}

function isImplausible({ base_verdict }: Sample): boolean {
  return base_verdict === 'implausible'
}

function isVague(sample: Sample): boolean {
  return sample.type === 'workout' && activityOf(sample) === undefined
}

/**
 * What is plausible comes first, then what tells more: an end, that a person typed it in, a name, a value, an activity;
 * of equals the first identity.
 */
function byDetail(left: Sample, right: Sample): number {
  return (
    Number(isImplausible(left)) - Number(isImplausible(right)) ||
    Number(left.extent === 'missing') - Number(right.extent === 'missing') ||
    Number(right.user_entered) - Number(left.user_entered) ||
    Number(isUnnamed(left)) - Number(isUnnamed(right)) ||
    Number(left.value === null) - Number(right.value === null) ||
    Number(isVague(left)) - Number(isVague(right)) ||
    (left.id < right.id ? -1 : 1)
  )
}

/** What HealthKit tells once a day, and again while the day lasts: from the same start, with a later end. */
const toldOnceADay: ReadonlySet<string> = new Set(['resting_heart_rate', 'walking_heart_rate_average'])

/** Readings of a day that one with a later end took the place of; not every client sends that they were deleted. */
function outdatedReadings(samples: readonly Sample[]): Sample[] {
  const readings = samples.filter(({ type }) => toldOnceADay.has(type))
  const latest = new Map<string, number>()
  const keyOf = ({ type, start, source }: Sample) => `${type}|${Math.floor(start / 1000)}|${writerOf(source)}`
  for (const reading of readings) {
    const key = keyOf(reading)
    latest.set(key, Math.max(latest.get(key) ?? -Infinity, Math.floor(reading.end / 1000)))
  }
  return readings.filter((reading) => Math.floor(reading.end / 1000) < (latest.get(keyOf(reading)) ?? 0))
}

/**
 * Averages without an end that a client sent again while their time lasted: of those of one source and start the one
 * with the widest range holds.
 */
function outdatedAverages(samples: readonly Sample[]): Sample[] {
  const groups = new Map<string, Sample[]>()
  for (const sample of samples) {
    if (sample.extent !== 'missing') continue
    const key = `${sample.type}|${Math.floor(sample.start / 1000)}|${sourceKey(sample.source)}`
    const group = groups.get(key)
    if (group) group.push(sample)
    else groups.set(key, [sample])
  }
  return [...groups.values()].flatMap((group) =>
    group.some((sample) => rangeOf(sample) > 0)
      ? group.sort((left, right) => rangeOf(right) - rangeOf(left) || byDetail(left, right)).slice(1)
      : [],
  )
}

function rangeOf({ value, min, max }: Sample): number {
  return (max ?? value ?? 0) - (min ?? value ?? 0)
}

/**
 * Samples whose content another one has, which stands for them: the same type, writer, seconds of start and end, and
 * value; of workouts also the same activity. One without an end repeats the same content with any, and so does a workout
 * without a length or with an unknown activity; an average and a reading of the day give way to a later one of their time.
 * The samples are sorted by start; near-linear in them.
 */
export function repeated(samples: readonly Sample[]): Set<Sample> {
  const seen = new Set<string>()
  const sharing = sharingSecond(samples)
  const plausible = sharing.filter((sample) => !isImplausible(sample))
  const repeats = new Set([...outdatedAverages(plausible), ...outdatedReadings(plausible)])
  for (const sample of sharing.filter((each) => !repeats.has(each)).sort(byDetail)) {
    const { type, start, end, extent, source, min, max } = sample
    const extremes = `${min?.toPrecision(6)}|${max?.toPrecision(6)}`
    const common = `${type}|${Math.floor(start / 1000)}|${extremes}|${extent === 'bucket'}`
    const { known, sought } = amountKeys(sample)
    const ending = extent === 'missing' ? anyEnd : String(Math.floor(end / 1000))
    const names = writersOf(source)
    const isSeen = (name: string) =>
      sought.some((amount) => seen.has(`${common}|${amount}|${ending}|${name}`))
    if (isUnnamed(sample) ? isSeen(anybody) : [...names, nobody].some(isSeen)) {
      repeats.add(sample)
      continue
    }
    for (const amount of known)
      for (const until of [ending, anyEnd])
        for (const name of [...names, anybody]) seen.add(`${common}|${amount}|${until}|${name}`)
  }
  return repeats
}
