/** What a unit measures, and its size in the base unit of that kind (seconds, metres, …). */
export interface Dimension {
  readonly kind: string
  readonly factor: number
}

const dimension = (kind: string, factor = 1): Dimension => ({ kind, factor })

const PERCENT = dimension('percent')
const RATIO = dimension('ratio')
const DAYS = dimension('days')
export const MINUTES = dimension('time', 60)
const CLOCK = dimension('clock')
const PER_MINUTE = dimension('per-minute')
const PRESSURE = dimension('pressure')
const GLUCOSE = dimension('glucose')
const OXYGEN_UPTAKE = dimension('oxygen-uptake')
const UNGROUNDED = dimension('ungrounded')

/** Units as measures name them, in lower case and without a trailing "per day" or "per night". */
const MEASURE_UNITS: Readonly<Record<string, Dimension>> = {
  '%': PERCENT,
  percent: PERCENT,
  '': RATIO,
  '1': RATIO,
  ratio: RATIO,
  fraction: RATIO,
  share: RATIO,
  index: RATIO,
  score: RATIO,
  ms: dimension('time', 0.001),
  s: dimension('time'),
  min: MINUTES,
  minute: MINUTES,
  minutes: MINUTES,
  h: dimension('time', 3600),
  hour: dimension('time', 3600),
  hours: dimension('time', 3600),
  d: DAYS,
  day: DAYS,
  days: DAYS,
  night: DAYS,
  nights: DAYS,
  '/min': PER_MINUTE,
  '1/min': PER_MINUTE,
  'count/min': PER_MINUTE,
  'counts/min': PER_MINUTE,
  'steps/min': PER_MINUTE,
  'beats/min': PER_MINUTE,
  'breaths/min': PER_MINUTE,
  bpm: PER_MINUTE,
  steps: dimension('count'),
  count: dimension('count'),
  counts: dimension('count'),
  m: dimension('distance'),
  km: dimension('distance', 1000),
  kcal: dimension('energy'),
  mmhg: PRESSURE,
  'mg/dl': GLUCOSE,
  'ml/(kg·min)': OXYGEN_UPTAKE,
  'ms/week': dimension('time-a-week', 0.001),
  '/min/week': dimension('per-minute-a-week'),
  'ml/(kg·min)/week': dimension('oxygen-uptake-a-week'),
  '°c': dimension('temperature'),
  degc: dimension('temperature'),
  'hh:mm': CLOCK,
  'local hh:mm': CLOCK,
  'local time': CLOCK,
  time: CLOCK,
}

/** Units as prose names them, longest first where one begins another. A kind that no measure has grounds nothing. */
const PROSE_UNITS: readonly (readonly [RegExp, Dimension])[] = [
  [/^(milliseconds?|ms) ?(per|a|\/) ?week\b/, dimension('time-a-week', 0.001)],
  [/^((beats|breaths) )?((per|a|\/) ?min(ute)?) ?(per|a|\/) ?week\b/, dimension('per-minute-a-week')],
  [/^ml ?\/ ?\(?kg ?[·*./]? ?min\)? ?(per|a|\/) ?week\b/, dimension('oxygen-uptake-a-week')],
  [/^ml ?\/ ?\(?kg ?[·*./]? ?min\b/, OXYGEN_UPTAKE],
  [/^mm ?hg\b/, PRESSURE],
  [/^mg ?\/ ?dl\b/, GLUCOSE],
  // What no measure is measured in: a figure must not stand before it.
  [
    /^((per|a|an|\/) ?(second|sec|hour|hr|h|week|month|year)|degrees? fahrenheit|°(?!c))(?![a-z])/,
    UNGROUNDED,
  ],
  [
    /^(mmol|kg|kilograms?|grams?|g|lbs?|pounds?|[mµμn]g|mcg|ml|dl|lit(er|re)s?|l|oz|ounces?|cm|mm|inch(es)?|ft|feet|yards?|hz|kj|joules?|watts?|fahrenheit)(?![a-z])/,
    UNGROUNDED,
  ],
  [/^(%|percentage points?\b|per ?cent\b)/, PERCENT],
  [/^(milliseconds?|ms)\b/, dimension('time', 0.001)],
  [/^(seconds?|secs?)\b/, dimension('time')],
  [
    /^(bpm|((beats?|breaths?|steps?|counts?) )?(per|a|\/) ?min(ute)?|((beats?|breaths?|steps?|counts?))?\/min)\b/,
    PER_MINUTE,
  ],
  [/^(minutes?|mins?)\b/, MINUTES],
  [/^(hours?|hrs?|h)\b/, dimension('time', 3600)],
  [/^(valid )?(days?|nights?)\b/, DAYS],
  [/^(weeks?|months?|years?|times)\b/, UNGROUNDED],
  [/^(steps?|counts?)\b/, dimension('count')],
  [/^(kilomet(er|re)s?|km)\b/, dimension('distance', 1000)],
  [/^miles?\b/, dimension('distance', 1609.344)],
  [/^(met(er|re)s?|m)\b/, dimension('distance')],
  [/^(kcal|kilocalories|calories)\b/, dimension('energy')],
  [/^(°c|degrees?( celsius)?)/, dimension('temperature')],
]

/** The dimension of a measure's unit; a unit that is not listed is a kind of its own. */
export function measureDimension(unit: string): Dimension {
  const plain = unit
    .trim()
    .toLowerCase()
    .replace(/\s*(\/|per )(d|day|night)$/, '')
  return MEASURE_UNITS[plain] ?? dimension(`unit:${plain}`)
}

/** The dimension that prose names right after a number (`-minute`, ` hours`, `%`), or undefined. */
export function proseDimension(following: string): Dimension | undefined {
  const text = following.replace(/^[\s\u00a0\u202f]*-?/, '').toLowerCase()
  return PROSE_UNITS.find(([pattern]) => pattern.test(text))?.[1]
}
