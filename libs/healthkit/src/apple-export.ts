import type { ReadContext } from './context.ts'
import { textOrNull } from './json.ts'
import type { RawSample, Reading } from './reading.ts'
import { describedField } from './source.ts'
import { toSample } from './to-sample.ts'
import { amountIn, workoutStatistic } from './workout-statistics.ts'

/** Attributes of an XML element by name. */
export type Attributes = Readonly<Record<string, string>>

/** Takes the elements of an `export.xml` as a parser meets them. */
export interface AppleExportReader {
  /** An element begins. */
  open(element: string, attributes: Attributes): void
  /** An element ends; what it was, if it was a sample. */
  close(element: string): Reading | undefined
}

const names = { type: 'type', value: 'value', unit: 'unit', start: 'startDate', end: 'endDate' }
const samples = new Set([
  'Record',
  'Correlation',
  'Workout',
  'ActivitySummary',
  'ClinicalRecord',
  'Audiogram',
  'VisionPrescription',
])
/** Beside samples the root holds these two; whatever else later versions put there is kept. */
const others = new Set(['HealthData', 'ExportDate', 'Me'])
const mostMetadata = 64
const mostNames = 1000

interface OpenElement {
  readonly element: string
  readonly attributes: Attributes
  readonly path: string
  readonly metadata: Record<string, unknown>
  beats: number
  /** Open elements within it that are no samples: an activity of a workout, a route, a list of beats. */
  inner: number
}

function sourceOf({ sourceName, device }: Attributes): RawSample['source'] {
  const product = describedField(device, 'hardware') ?? describedField(device, 'model')
  return { name: textOrNull(sourceName), bundle_id: null, product: textOrNull(product) }
}

/** Words of categories that have a code here; the others are kept beside the sample. */
const codedWords = /^HKCategoryValue(?:SleepAnalysis|AppleStandHour|NotApplicable)/

function record({ attributes, metadata }: OpenElement): Pick<RawSample, 'value' | 'unit' | 'metadata'> {
  const { value, unit } = attributes
  const isWord = value?.startsWith('HKCategoryValue') && !codedWords.test(value)
  return { value, unit, metadata: isWord ? { ...metadata, category_value: value } : metadata }
}

function workout(open: OpenElement): Pick<RawSample, 'type' | 'value' | 'unit' | 'metadata'> {
  const { attributes, metadata } = open
  return {
    type: 'workout',
    value: amountIn(attributes.duration, attributes.durationUnit, 'min'),
    unit: undefined,
    metadata: {
      energy_kcal: amountIn(attributes.totalEnergyBurned, attributes.totalEnergyBurnedUnit, 'kcal'),
      distance_m: amountIn(attributes.totalDistance, attributes.totalDistanceUnit, 'm'),
      ...metadata,
      activity: attributes.workoutActivityType?.replace(/^HKWorkoutActivityType/, ''),
    },
  }
}

const dates = new Set(['startDate', 'endDate', 'dateIssued', 'receivedDate', 'dateComponents'])

/**
 * An element without a metric, with its attributes as metadata: a clinical record, an audiogram, a prescription, and the
 * rings of a civil day, which are HealthKit's own sums of samples that the file holds too and so are never added.
 */
function other({ element, attributes, metadata }: OpenElement) {
  const { type, startDate, dateIssued, receivedDate, dateComponents } = attributes
  const said = Object.entries(attributes).filter(([name]) => !dates.has(name))
  return {
    type: type?.startsWith('HK') ? type : element,
    start: startDate ?? dateIssued ?? receivedDate ?? dateComponents,
    metadata: { ...Object.fromEntries(said), ...metadata },
  }
}

function toRaw(open: OpenElement): RawSample {
  const { element, attributes, path, metadata } = open
  const common = {
    path,
    names,
    type: attributes.type,
    start: attributes.startDate,
    end: attributes.endDate,
    source: sourceOf(attributes),
    percent: 'fraction',
    metadata,
  } as const
  if (open.beats > 0) metadata.beats = open.beats
  if (element === 'Record') return { ...common, ...record(open) }
  if (element === 'Correlation') return common
  return { ...common, ...(element === 'Workout' ? workout(open) : other(open)) }
}

/** Takes what a direct child says of a sample; the metadata of a workout's route or of one of its activities is theirs. */
function takeChild(parent: OpenElement, element: string, attributes: Attributes): void {
  if (element === 'InstantaneousBeatsPerMinute') parent.beats += 1
  else if (parent.inner > 0) return
  else if (element === 'WorkoutStatistics') Object.assign(parent.metadata, workoutStatistic(attributes))
  else if (element === 'MetadataEntry' && attributes.key !== undefined) {
    if (Object.keys(parent.metadata).length < mostMetadata) parent.metadata[attributes.key] = attributes.value
  }
}

/**
 * Reads Apple's `export.xml` from the events of a parser, one element at a time and nothing kept between samples.
 * Children of correlations stand at top level too, and so come out as duplicates of those.
 */
export function createAppleExportReader(context: ReadContext): AppleExportReader {
  const stack: OpenElement[] = []
  const counts = new Map<string, number>()
  return {
    open(element, attributes) {
      const parent = stack.at(-1)
      if (samples.has(element) || (!parent && !others.has(element))) {
        const index = counts.get(element) ?? 0
        if (counts.size < mostNames || index > 0) counts.set(element, index + 1)
        // Without a prototype: the keys are the file's.
        const metadata = Object.create(null) as Record<string, unknown>
        stack.push({ element, attributes, path: `${element}[${index}]`, metadata, beats: 0, inner: 0 })
      } else if (parent) {
        takeChild(parent, element, attributes)
        parent.inner += 1
      }
    },
    close(element) {
      const open = stack.at(-1)
      if (open && open.inner > 0) open.inner -= 1
      else if (open?.element === element) return toSample(toRaw(stack.pop() ?? open), context)
      return undefined
    },
  }
}
