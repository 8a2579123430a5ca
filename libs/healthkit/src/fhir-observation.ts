import { type Metric, metricFor, normalizeUuid, toCanonical } from '@clarity/health-data'
import { typeOfConcept, wordsOfConcept } from './fhir-codes.ts'
import { effectiveOf } from './fhir-effective.ts'
import { provenanceOf } from './fhir-extensions.ts'
import type { SampledSample } from './fhir-sampled-data.ts'
import { firstObject, isObject, join, type JsonObject, listOr, objectOr } from './json.ts'
import { toNumber } from './quantity.ts'
import type { FieldNames, RawSample } from './reading.ts'
import { sleepStageOf } from './sleep-stage.ts'

const mostComponents = 1000
/** Codes of categories by HealthKit's own words, where a writer gives the word in place of the number. */
const categoryCodes: ReadonlyMap<string, number> = new Map([
  ['stood', 0],
  ['idle', 1],
])

/** UUID of an observation: HealthKitOnFHIR writes it as the id, and once more where FHIR has the identifier's own id. */
export function observationId({ id, identifier }: JsonObject): string | undefined {
  const { id: own, value } = firstObject(identifier) ?? {}
  const urn = typeof value === 'string' ? value.replace(/^urn:uuid:/i, '') : undefined
  return normalizeUuid(id) ?? normalizeUuid(own) ?? normalizeUuid(urn)
}

type Valued = Pick<SampledSample, 'value' | 'unit' | 'sampled'> & { readonly names: Partial<FieldNames> }

function isMeasured(metric: Metric | undefined): boolean {
  return metric?.kind === 'discrete' || metric?.kind === 'cumulative'
}

function quantityValue(quantity: JsonObject, metric: Metric | undefined): Valued {
  const { value, unit, code } = quantity
  // UCUM's code says it exactly; some writers have a code of their own there, and the unit that a person reads.
  const isRead = (text: unknown) =>
    typeof text === 'string' &&
    text.length < 64 &&
    (!metric || metric.unit === '%' || toCanonical(1, text, metric.unit) !== undefined)
  return {
    value,
    unit: unit === undefined || isRead(code) || !isRead(unit) ? (code ?? unit) : unit,
    names: { value: 'valueQuantity.value', unit: 'valueQuantity.unit' },
  }
}

/** The value of an observation or of one of its components, in whichever of FHIR's types it is. */
function valueOf(part: JsonObject, type: string | undefined): Valued {
  const metric = type === undefined ? undefined : metricFor(type)
  if (isObject(part.valueQuantity)) return quantityValue(part.valueQuantity, metric)
  if (isObject(part.valueSampledData) && isMeasured(metric)) {
    const { unit } = quantityValue(objectOr(part.valueSampledData.origin), metric)
    const names = { value: 'valueSampledData.data', unit: 'valueSampledData.origin.unit' }
    return { value: undefined, unit, sampled: part.valueSampledData, names }
  }
  if (part.valueCodeableConcept !== undefined) {
    const words = wordsOfConcept(part.valueCodeableConcept)
    const stage =
      metric?.name === 'sleep_analysis'
        ? words.map(sleepStageOf).find((code) => code !== undefined)
        : undefined
    const value = stage ?? categoryCodes.get(words[0] ?? '') ?? words[0]
    return { value, names: { value: 'valueCodeableConcept' } }
  }
  if (part.valueString !== undefined) {
    // Of a category that has no values the writer repeats the identifier.
    const isNone = metric?.kind === 'category' && part.valueString === metric.identifier
    const value = isNone ? 0 : (categoryCodes.get(String(part.valueString).slice(0, 64)) ?? part.valueString)
    return { value, names: { value: 'valueString' } }
  }
  if (typeof part.valueBoolean === 'boolean') {
    return { value: Number(part.valueBoolean), names: { value: 'valueBoolean' } }
  }
  const name = Object.keys(part).find((key) => key.startsWith('value') && part[key] !== undefined) ?? 'value'
  // A range, a ratio, a recording: no number.
  return { value: isObject(part[name]) ? NaN : part[name], names: { value: name } }
}

function isDate(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text)
}

function spanOf(observation: JsonObject, metric: Metric | undefined) {
  const { name, first: start, last: end } = effectiveOf(observation)
  const isPeriod = name.endsWith('Period')
  const names = isPeriod ? { start: `${name}.start`, end: `${name}.end` } : { start: name, end: name }
  if (metric?.kind === 'cumulative' && isDate(start) && start === end) {
    // The sum of a civil day; an end where the shortest one ends keeps it within it.
    return { start, end: `${start}T23:00:00`, extent: 'bucket' as const, names }
  }
  return { start, end, names }
}

/** Parts of a correlation (systolic and diastolic pressure) or of another panel are samples; of anything else they describe it. */
function isSample(part: Metric | undefined, isPanel: boolean): boolean {
  return isPanel && isMeasured(part)
}

/** The samples of an observation: itself, and the measured parts of a panel. */
export function observationSamples(observation: JsonObject, path: string): SampledSample[] {
  const type = typeOfConcept(observation.code)
  const metric = type === undefined ? undefined : metricFor(type)
  const { names: dates, ...span } = spanOf(observation, metric)
  const { source, metadata } = provenanceOf(observation)
  const described: Record<string, unknown> = {}
  const common = { ...span, source, percent: 'fraction' } as const
  const parts: SampledSample[] = []
  // HealthKit's own types without a metric here, as its electrocardiograms, are no panels.
  const isPanel = metric ? metric.kind === 'correlation' : !type?.startsWith('HK')
  for (const [index, part] of listOr(observation.component).slice(0, mostComponents).entries()) {
    if (!isObject(part)) continue
    const name = typeOfConcept(part.code)
    const { names, ...valued } = valueOf(part, name)
    if (isSample(name === undefined ? undefined : metricFor(name), isPanel)) {
      const at = join(path, `component[${index}]`)
      parts.push({
        ...common,
        ...valued,
        path: at,
        names: { ...plain, ...dates, ...names },
        type: name,
        metadata,
      })
    } else if (name !== undefined && !Number.isNaN(valued.value)) described[name] = valued.value
  }
  const { names, value, unit, sampled } = valueOf(observation, type)
  const isWorkout = metric?.kind === 'workout'
  const isWord = typeof value === 'string' && toNumber(value) === undefined && !isWorkout
  const hasCode = metric?.name === 'sleep_analysis' || isMeasured(metric)
  const own: SampledSample = {
    ...common,
    path,
    names: { ...plain, ...dates, ...names },
    uuid: observationId(observation),
    type,
    value: isWorkout ? undefined : value,
    unit,
    sampled,
    metadata: {
      ...metadata,
      ...described,
      ...(isWorkout && { activity: value }),
      // What a category says in a word that has no code here.
      ...(isWord && !hasCode && { category_value: value }),
    },
  }
  return [own, ...parts]
}

const plain: FieldNames = {
  type: 'code.coding',
  value: 'value',
  unit: 'valueQuantity.unit',
  start: 'effectiveDateTime',
  end: 'effectivePeriod.end',
}

/** Whether an observation is withdrawn: what it says was never so. */
export function isVoid(observation: JsonObject): boolean {
  return observation.status === 'entered-in-error' || observation.status === 'cancelled'
}

/** Type and date of a clinical record; what it says stays in the raw body. */
export function clinicalRecord(resource: JsonObject, path: string): RawSample | undefined {
  const dates = [
    'effectiveDateTime',
    'onsetDateTime',
    'occurrenceDateTime',
    'performedDateTime',
    'recordedDate',
  ]
  const name = [...dates, 'authoredOn', 'authored', 'dateAsserted', 'date', 'issued'].find(
    (key) => typeof resource[key] === 'string',
  )
  const period = ['effectivePeriod', 'performedPeriod', 'period'].find((key) => isObject(resource[key]))
  if (name === undefined && period === undefined) return undefined
  const span = objectOr(period === undefined ? undefined : resource[period])
  return {
    path,
    names: { ...plain, type: 'resourceType', start: name ?? `${period}.start` },
    uuid: resource.id,
    type: resource.resourceType,
    start: name === undefined ? span.start : resource[name],
    end: name === undefined ? span.end : undefined,
    source: { name: null, bundle_id: null, product: null },
    percent: 'fraction',
    metadata: { code: typeOfConcept(resource.code) },
  }
}
