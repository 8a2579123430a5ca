import type { ReadContext } from './context.ts'
import type { RawSample, Reading } from './reading.ts'
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

interface OpenElement {
  readonly element: string
  readonly attributes: Attributes
  readonly path: string
  readonly metadata: Record<string, unknown>
  beats: number
}

function fieldOf(device: string | undefined, field: string): string | undefined {
  // A product type has a comma of its own (`hardware:Watch6,7`); fields are parted by a comma and a space.
  return device
    ?.split(', ')
    .find((part) => part.startsWith(`${field}:`))
    ?.slice(field.length + 1)
    .replace(/>$/, '')
}

function sourceOf({ sourceName, device }: Attributes): RawSample['source'] {
  const product = fieldOf(device, 'hardware') ?? fieldOf(device, 'model') ?? null
  return { name: sourceName?.slice(0, 256) ?? null, bundle_id: null, product: product?.slice(0, 256) ?? null }
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

function toRaw(open: OpenElement): RawSample | undefined {
  const { element, attributes, path, metadata, beats } = open
  const common = {
    path,
    names,
    type: attributes.type,
    start: attributes.startDate,
    end: attributes.endDate,
    source: sourceOf(attributes),
    percent: 'fraction',
    metadata: beats === 0 ? metadata : { ...metadata, beats },
  } as const
  switch (element) {
    case 'Record':
      return { ...common, value: attributes.value, unit: attributes.unit }
    case 'Correlation':
      return common
    case 'Workout':
      return { ...common, ...workout(open) }
    // Rings are HealthKit's own sums of samples that the file holds too.
    case 'ActivitySummary':
      return undefined
    default:
      return {
        ...common,
        type: attributes.type ?? element,
        start: attributes.startDate ?? attributes.dateIssued ?? attributes.receivedDate,
      }
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
      if (samples.has(element)) {
        const index = counts.get(element) ?? 0
        counts.set(element, index + 1)
        // Without a prototype: the keys are the file's.
        const metadata = Object.create(null) as Record<string, unknown>
        stack.push({ element, attributes, path: `${element}[${index}]`, metadata, beats: 0 })
      } else if (parent && element === 'MetadataEntry' && attributes.key !== undefined) {
        if (Object.keys(parent.metadata).length < 64) parent.metadata[attributes.key] = attributes.value
      } else if (parent && element === 'WorkoutStatistics')
        Object.assign(parent.metadata, workoutStatistic(attributes))
      else if (parent && element === 'InstantaneousBeatsPerMinute') parent.beats += 1
    },
    close(element) {
      if (stack.at(-1)?.element !== element) return undefined
      const open = stack.pop()
      const raw = open && toRaw(open)
      return raw && toSample(raw, context)
    },
  }
}
