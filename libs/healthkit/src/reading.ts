import type {
  Metric,
  PercentScale,
  Rejection,
  Sample,
  SampleExtent,
  SampleSource,
  Tombstone,
} from '@clarity/health-data'
import type { ReadContext } from './context.ts'
import type { JsonObject } from './json.ts'
import type { WrittenDate } from './parse-date.ts'

/** What reading one element of a body gives. */
export type Reading =
  | { readonly kind: 'sample'; readonly sample: Sample }
  | { readonly kind: 'tombstone'; readonly tombstone: Tombstone }
  | { readonly kind: 'rejection'; readonly rejection: Rejection }

/** What the client calls the parts of a sample, for the paths of rejections. */
export interface FieldNames {
  readonly type: string
  readonly value: string
  readonly unit: string
  readonly start: string
  readonly end: string
}

/** What many samples of a body have in common, made once. */
export interface SharedParts extends Pick<Sample, 'type' | 'source' | 'sync' | 'metadata'> {
  /** Undefined for a type that has no metric. */
  readonly metric: Metric | undefined
  readonly userEntered: boolean
}

/** One element of a body, taken apart by its shape but not yet believed: any part may be of any type. */
export interface RawSample {
  readonly path: string
  readonly names: FieldNames
  /** HealthKit identifier, metric name, or the client's own word. */
  readonly type: unknown
  readonly uuid?: unknown
  readonly value?: unknown
  readonly min?: unknown
  readonly max?: unknown
  readonly unit?: unknown
  /** What the numbers are in where the client sends no unit: its library's fixed choice. */
  readonly impliedUnit?: string
  readonly start: unknown
  readonly end?: unknown
  /** The two dates, where they are read already. */
  readonly startDate?: WrittenDate
  readonly endDate?: WrittenDate
  readonly extent?: SampleExtent
  readonly source: SampleSource
  readonly userEntered?: unknown
  readonly metadata?: unknown
  /** The writer's own upsert key, where it is no metadata. */
  readonly sync?: Sample['sync']
  readonly percent: PercentScale
  /** Whose clock shows the dates that have no offset: the sample's zone, unless it is the phone's at the time of sending. */
  readonly clock?: 'phone'
  /** How long the client says the sample lasted, in ms; tells apart the two passes of a clock hour that repeats. */
  readonly length?: number
  /** Where other samples have the same, and it is made already. */
  readonly shared?: SharedParts
}

/** Takes an element apart into its samples: one, or as many as it holds. */
export type TakeApart = (item: JsonObject, path: string) => readonly RawSample[]

/** The parts of a sample in which elements of one list usually differ. */
export type OwnPart = 'uuid' | 'value' | 'start' | 'end'

/** Lists of which each element is read by itself, whatever the body says around them. */
export interface Rows {
  /** How the elements of a list are taken apart, by the keys that lead to it, joined by dots; undefined for any other list. */
  takeApart(list: string): TakeApart | undefined
  /** The member that is, as it stands, a part of the sample; nothing else of the sample depends on it. */
  readonly members: Readonly<Record<OwnPart, string>>
}

/** A shape in which clients send samples as JSON. */
export interface Shape {
  readonly name: string
  /** Where it has such lists. */
  readonly rows?: Rows
  /** Whether a parsed body, or one line of NDJSON, has this shape. */
  matches(root: unknown): boolean
  /**
   * Whether what the elements of a body's last list are, or their unit, may still stand behind it: asked of a body that
   * is cut off in that list.
   */
  isUntold?(root: unknown): boolean
  /** Every sample, deletion and refusal of a body, in its order; `path` is where the root stands (`''`, `line[3]`). */
  read(root: unknown, context: ReadContext, path: string): Iterable<Reading>
}

/** A refusal that names the place and the rule, never the value; no database keeps halves of characters in a text. */
export function rejection(path: string, type: unknown, reason: string): Reading {
  return {
    kind: 'rejection',
    rejection: {
      path: path.toWellFormed(),
      type: typeof type === 'string' ? type.slice(0, 200).toWellFormed() : null,
      reason,
    },
  }
}
