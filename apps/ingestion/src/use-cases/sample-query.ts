import { type Sample, addDays, comparableName, metricFor, startOfDay } from '@clarity/health-data'

/** Which samples are asked for. */
export interface SampleQuery {
  readonly userId: string
  /** Metric name, or the identifier of a type without one. */
  readonly type?: string | undefined
  /** Name of a source, however clients spell it, or its bundle id or product. */
  readonly source?: string | undefined
  /** Epoch milliseconds: from `start` on, before `end`. */
  readonly start: number
  readonly end: number
}

/** Tells of each sample whether it comes from the source, if one is asked for, and is of the type. */
export function matching({ type, source }: SampleQuery): (sample: Sample) => boolean {
  const isOfType = (sample: Sample): boolean => type === undefined || sample.type === type
  if (source === undefined) return isOfType
  const asked = comparableName(source)
  return (sample) => {
    if (!isOfType(sample)) return false
    const { name, bundle_id, product } = sample.source
    return (name !== null && comparableName(name) === asked) || bundle_id === source || product === source
  }
}

/** The name under which samples of this type are stored: a metric's identifier means the metric. */
export function typeName(asked: string | undefined): string | undefined {
  return asked === undefined ? undefined : (metricFor(asked)?.name ?? asked)
}

/** Before and after everything that can be held. */
const FIRST_INSTANT = Date.UTC(1900, 0, 1)
const END_OF_TIME = Date.UTC(2101, 0, 1)

/**
 * The instants between which a query asks. A civil date means its whole day in the person's zone; without a `start` or
 * an `end` everything held before or after is meant.
 */
export function spanOf(
  { start, end }: { start?: string | undefined; end?: string | undefined },
  timezone: string,
): { start: number; end: number } {
  return {
    start: start === undefined ? FIRST_INSTANT : instantAt(start, timezone),
    end: end === undefined ? END_OF_TIME : instantAt(isCivilDate(end) ? addDays(end, 1) : end, timezone),
  }
}

/** Whether a text is a civil date, `yyyy-mm-dd`. */
export function isCivilDate(text: string): boolean {
  return text.length === 10
}

function instantAt(text: string, timezone: string): number {
  return isCivilDate(text) ? startOfDay(timezone, text) : Date.parse(text)
}
