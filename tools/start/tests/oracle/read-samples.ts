/** A sample as its file says it; instants in epoch milliseconds, percentages as such, metres for kilometres. */
export interface RawSample {
  readonly type: string
  readonly source: string
  /** Lower ranks hold where sources overlap: Watch, phone, others by name. */
  readonly rank: string
  readonly from: number
  readonly to: number
  readonly value: number
  readonly zone: string
}

const STAGES = ['InBed', 'Asleep', 'Awake', 'AsleepCore', 'AsleepDeep', 'AsleepREM']

/** The samples of a raw envelope, picked out of its text by pattern. */
export function readEnvelope(json: string): RawSample[] {
  const samples = json.match(/\{"uuid":.*?"HKTimeZone":"[^"]*"\}\}/gs) ?? []
  return samples.map((text) => {
    const field = (name: string) => new RegExp(`"${name}":(?:"([^"]*)"|(-?[\\d.e-]+))`).exec(text) ?? []
    const word = (name: string) => field(name)[1] ?? ''
    const type = word('identifier').replace(/^HK(Quantity|Category)TypeIdentifier/, '')
    const source = word('source_name')
    return checked({
      type,
      source,
      rank: rankOf(source, word('productType')),
      from: Date.parse(word('start_date')),
      to: Date.parse(word('end_date')),
      value: type === 'OxygenSaturation' ? percent(Number(field('value')[2])) : Number(field('value')[2]),
      zone: word('HKTimeZone'),
    })
  })
}

/** The records and workouts of an Apple export, picked out of its text by pattern; the file names no zone. */
export function readExport(xml: string, zone: string): RawSample[] {
  const lines = xml.match(/<(Record|Workout) [^>]*>/g) ?? []
  return lines.map((line) => {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(line)?.[1] ?? ''
    const isWorkout = line.startsWith('<Workout')
    const type = attribute('type').replace(/^HK(Quantity|Category)TypeIdentifier/, '')
    const source = attribute('sourceName')
    const amount = Number(attribute(isWorkout ? 'duration' : 'value'))
    const stage = STAGES.indexOf(attribute('value').replace('HKCategoryValueSleepAnalysis', ''))
    return checked({
      type: isWorkout ? 'Workout' : type,
      source,
      rank: rankOf(source, /hardware:([^&,]*)/.exec(attribute('device'))?.[1] ?? ''),
      from: instant(attribute('startDate')),
      to: instant(attribute('endDate')),
      value: type === 'SleepAnalysis' ? stage : attribute('unit') === 'km' ? amount * 1000 : amount,
      zone,
    })
  })
}

/** Without the noise that a factor of a hundred brings into 0.957. */
const percent = (fraction: number) => Number((fraction * 100).toFixed(9))

/** `2017-10-24 09:15:00 +0200` */
function instant(text: string): number {
  return Date.parse(text.replace(/^(\S+) (\S+) (...)(..)$/, '$1T$2$3:$4'))
}

function rankOf(source: string, product: string): string {
  const device = `${product} ${source}`.toLowerCase()
  const order = device.includes('watch') ? 0 : device.includes('iphone') ? 1 : 2
  return `${order} ${source.toLowerCase()}`
}

function checked(sample: RawSample): RawSample {
  const { from, to, value } = sample
  if (![from, to, value].every(Number.isFinite) || to < from || value < 0)
    throw new Error(JSON.stringify(sample))
  return sample
}

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  HeartRate: [30, 300],
  RestingHeartRate: [30, 300],
  HeartRateVariabilitySDNN: [0, 500],
  RespiratoryRate: [4, 60],
  OxygenSaturation: [50, 100],
}

/** What is left without implausible values and without what the file says twice. */
export function acceptedOf(samples: readonly RawSample[]): RawSample[] {
  const said = new Set<string>()
  return samples.filter((sample) => {
    const { type, source, from, to, value } = sample
    const content = [type, source, from, to, value].join('|')
    const [low, high] = RANGES[type] ?? [-Infinity, Infinity]
    const tooFast = type === 'StepCount' && value / Math.max(1, (to - from) / 60_000) > 300
    const isRepeat = said.has(content)
    said.add(content)
    return !isRepeat && !tooFast && value >= low && value <= high
  })
}
