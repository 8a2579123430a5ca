/** Multiplier to the canonical unit, or the function where a scale has an offset. */
type Conversion = number | ((value: number) => number)

const perMinute =
  'count/min count/minute counts/min counts/minute /min 1/min 1/minute bpm rpm beat/min beats/min beats/minute beats_per_minute beatsperminute breath/min breaths/min breaths/minute breathsperminute'
const glucosePerMmol = 18.01558800000541

function aliases(table: Readonly<Record<string, Conversion>>): ReadonlyMap<string, Conversion> {
  return new Map(
    Object.entries(table).flatMap(([names, conversion]) =>
      names.split(' ').map((name): [string, Conversion] => [name, conversion]),
    ),
  )
}

const length = aliases({
  'm meter meters metre metres': 1,
  'km kilometer kilometers': 1000,
  'cm centimeter centimeters': 0.01,
  mm: 0.001,
  'mi mile miles [mi_i] [mi_us]': 1609.344,
  'yd yard yards [yd_i]': 0.9144,
  'ft foot feet [ft_i]': 0.3048,
  'in inch inches [in_i]': 0.0254,
})

const mass = (gram: number) =>
  aliases({
    'kg kilogram kilograms': 1000 * gram,
    'g gram grams': gram,
    'mg milligram milligrams': gram / 1000,
    'ug \u00b5g \u03bcg mcg microgram': gram / 1e6,
    'lb lbs pound pounds [lb_av]': 453.59237 * gram,
    'oz ounce ounces [oz_av]': 28.349523125 * gram,
    'st stone': 6350.29318 * gram,
  })

/** Canonical unit → spellings seen in the wild (lower case) → conversion. */
const tables: Readonly<Record<string, ReadonlyMap<string, Conversion>>> = {
  'count/min': aliases({
    [`${perMinute} breaths_per_minute respirations_per_minute`]: 1,
    'count/s count/sec count/second counts/s counts/sec counts/second hz hertz /s 1/s beats/s': 60,
  }),
  ms: aliases({ 'ms msec millisecond milliseconds': 1, 's sec second seconds': 1000 }),
  min: aliases({
    'min mins minute minutes': 1,
    's sec second seconds': 1 / 60,
    'ms millisecond milliseconds': 1 / 60000,
    'h hr hrs hour hours': 60,
    'd day days': 1440,
  }),
  kcal: aliases({
    'kcal kilocalorie kilocalories large_calorie calorie calories': 1,
    'kj kilojoule kilojoules': 1 / 4.184,
    'j joule joules': 1 / 4184,
    'cal small_calorie': 0.001,
  }),
  m: length,
  kg: mass(0.001),
  g: mass(1),
  mg: mass(1000),
  mL: aliases({
    'ml milliliter milliliters': 1,
    'l liter liters': 1000,
    'fl_oz_us fl_oz fluid_ounce_us': 29.5735295625,
    'fl_oz_imp fluid_ounce_imperial': 28.4130625,
    cup_us: 236.5882365,
    'cup_imp cup_imperial': 284.130625,
    'pt_us pint_us': 473.176473,
    'pt_imp pint_imperial': 568.26125,
  }),
  count: aliases({
    'count counts steps step flights floors strokes falls pushes wheelchairpushes times # 1 /d steps/d steps/day kg/m^2 kg/m2 kg/m\u00b2 no_unit': 1,
  }),
  'm/s': aliases({
    'm/s m/sec m_s meter_per_second': 1,
    'km/h km/hr kph kmph': 1 / 3.6,
    'mi/h mi/hr mph': 0.44704,
    'ft/s': 0.3048,
  }),
  degC: aliases({
    'degc °c \u2103 c cel celsius degree_celsius': 1,
    'degf °f \u2109 f fahrenheit degree_fahrenheit [degf]': (value) => ((value - 32) * 5) / 9,
    'k kelvin': (value) => value - 273.15,
  }),
  mmHg: aliases({
    'mmhg mm[hg] millimeter_of_mercury': 1,
    kpa: 7.500616827,
    'pa pascal': 0.007500616827,
    'inhg inches_of_mercury': 25.4,
    'cmaq centimeter_of_water': 0.7355592401,
    'atm atmosphere': 760,
  }),
  'mg/dL': aliases({
    'mg/dl mgperdl milligram_per_deciliter': 1,
    'mmol/l mmolperl millimoles_per_liter': glucosePerMmol,
    'g/l': 100,
  }),
  'mL/(kg*min)': aliases({
    'ml/(kg*min) ml/(min*kg) ml/min*kg ml/kg*min ml/kg/min ml/min/kg ml/(kg.min) mlperkgmin': 1,
  }),
  'kcal/(kg*hr)': aliases({
    'kcal/(kg*hr) kcal/(hr*kg) kcal/hr*kg kcal/kg*hr kcal/kg/hr kcal/kg/h kcal/hr/kg kcal/h/kg kcal/(kg.h) kcal/(kg*h) met mets': 1,
  }),
  dBASPL: aliases({ 'dbaspl dba db db(spl) db[spl] decibel decibel_a_weighted_sound_pressure_level': 1 }),
  IU: aliases({ 'iu [iu] u unit units international_unit': 1 }),
  W: aliases({ 'w watt watts': 1, kw: 1000 }),
}

/** Case counts in one unit alone: `Cal` is the kilocalorie, `cal` the small one. */
function spelling(unit: string): string {
  const compact = unit
    .normalize('NFC')
    .replace(/[\s\u00a0\u202f]+/g, '')
    .replace(/[\u00b7\u22c5\u2219]/g, '*')
    // Keyboards have the masculine ordinal, and some the ring above, in place of the degree sign.
    .replace(/[\u00ba\u02da]/g, '\u00b0')
  // UCUM's annotations in braces say what is counted and change nothing; alone they stand for the unit 1. HealthKit
  // writes a mole with the mass of its substance, to as many digits as it likes.
  const plain = compact.replace(/\{[^{}]*\}|<[\d.]+>/g, '') || '1'
  return plain === 'Cal' ? 'kcal' : plain.toLowerCase()
}

/**
 * `value` of `unit` in the canonical unit, or undefined where the unit is none that the canonical unit can be had from.
 * No unit means the canonical one. Percent is not decided here: see `toPercent`.
 */
export function toCanonical(value: number, unit: string | undefined, canonical: string): number | undefined {
  if (unit === undefined || unit === canonical) return value
  const conversion = tables[canonical]?.get(spelling(unit))
  if (conversion === undefined) return undefined
  return typeof conversion === 'number' ? value * conversion : conversion(value)
}

/** How a client writes percentages: HealthKit's 0..1, or 0..100. */
export type PercentScale = 'fraction' | 'hundred'

/** Percent as 0..100. Magnitude decides what the client's habit cannot: no oxygen saturation is at most 1 %. */
export function toPercent(value: number, scale: PercentScale, metric: string): number {
  const isFraction = value <= 1 && (scale === 'fraction' || metric === 'oxygen_saturation')
  return isFraction ? value * 100 : value
}

/** SDNN in ms: no SDNN reaches 2 s and none is below 2 ms, so magnitude tells seconds apart, whatever the label says. */
export function toSdnnMs(value: number): number {
  return Math.abs(value) < 2 ? value * 1000 : value
}
