import { isObject, type JsonObject, listOr, objectOr, textOrNull } from './json.ts'

/** LOINC codes as HealthKitOnFHIR and other writers use them → metric names. */
const loinc: ReadonlyMap<string, string> = new Map([
  ['8867-4', 'heart_rate'],
  ['40443-4', 'resting_heart_rate'],
  ['80404-7', 'heart_rate_variability_sdnn'],
  ['9279-1', 'respiratory_rate'],
  ['59408-5', 'oxygen_saturation'],
  ['2708-6', 'oxygen_saturation'],
  ['61006-3', 'peripheral_perfusion_index'],
  ['55423-8', 'step_count'],
  ['41950-7', 'step_count'],
  ['100304-5', 'flights_climbed'],
  ['41981-2', 'active_energy_burned'],
  ['93816-7', 'distance_swimming'],
  ['96502-0', 'push_count'],
  ['8310-5', 'body_temperature'],
  ['8480-6', 'blood_pressure_systolic'],
  ['8462-4', 'blood_pressure_diastolic'],
  ['85354-9', 'blood_pressure'],
  ['35094-2', 'blood_pressure'],
  ['2339-0', 'blood_glucose'],
  ['41653-7', 'blood_glucose'],
  ['15074-8', 'blood_glucose'],
  ['74859-0', 'blood_alcohol_content'],
  ['29463-7', 'body_mass'],
  ['3141-9', 'body_mass'],
  ['91557-9', 'lean_body_mass'],
  ['41982-0', 'body_fat_percentage'],
  ['39156-5', 'body_mass_index'],
  ['8302-2', 'height'],
  ['8280-0', 'waist_circumference'],
  ['9052-2', 'dietary_energy_consumed'],
  ['LP203183-1', 'dietary_fiber'],
])

const mostCodings = 20

function codingsOf(concept: unknown): readonly JsonObject[] {
  return listOr(objectOr(concept).coding).slice(0, mostCodings).filter(isObject)
}

/**
 * The type that a concept names: HealthKit's identifier before LOINC, and where neither is known its first code or its
 * text as sent. Undefined where it names nothing.
 */
export function typeOfConcept(concept: unknown): string | undefined {
  let known: string | undefined
  let first: string | undefined
  for (const coding of listOr(objectOr(concept).coding).slice(0, mostCodings)) {
    const code = objectOr(coding).code
    if (typeof code !== 'string' || code === '') continue
    if (code.startsWith('HK')) return code
    known ??= loinc.get(code)
    first ??= code
  }
  return known ?? textOrNull(first) ?? textOrNull(objectOr(concept).text) ?? undefined
}

/** What a concept says as a value: its codes, how they are displayed, and its text, the most exact first. */
export function wordsOfConcept(concept: unknown): readonly string[] {
  const codings = codingsOf(concept)
  const words = [...codings.map(({ code }) => code), ...codings.map(({ display }) => display)]
  return [...words, objectOr(concept).text].flatMap((word) => textOrNull(word) ?? [])
}
