/** How many samples met which verdict; verdicts that none met are left out. */
export type Counts = Readonly<
  Partial<Record<'accepted' | 'duplicate' | 'implausible' | 'deleted' | 'unknown' | 'rejected', number>>
>

/** What processing says in the end. */
export interface End {
  /** `completed`, or the code of the error. */
  readonly outcome: string
  readonly shape: string | null
  /** Null where the body could not be read. */
  readonly counts: Counts | null
  /** The first fifty, as path and reason. */
  readonly rejections: readonly string[]
}

/** A body that nobody should send, and what it gets. */
export interface HostileBody {
  readonly title: string
  readonly bytes: () => Buffer | Promise<Buffer>
  /** JSON unless told. */
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Status and the problem's slug, where it is refused at the door. */
  readonly refused?: readonly [status: number, slug: string]
  readonly end?: End
  /** Whether bodies that the same person sends besides change nothing for it. */
  readonly isUnaffected?: boolean
}

/** How many rejections of a body are compared. */
export const REJECTIONS_COMPARED = 50

interface Detail {
  readonly rejections?: readonly string[]
  readonly shape?: string
}

/** The end of a body that was read. */
export function completed(counts: Counts, { rejections = [], shape = 'raw_envelope' }: Detail = {}): End {
  return { outcome: 'completed', shape, counts, rejections }
}

/** The end of a body that could not be read. */
export function failed(code: string): End {
  return { outcome: code, shape: null, counts: null, rejections: [] }
}

/** A pulse of 61 in a minute of its own, with these fields exchanged. */
export function pulse(minute: number, fields: object = {}): object {
  const start = new Date(Date.parse('2026-03-02T08:00:00Z') + minute * 60_000).toISOString()
  return {
    identifier: 'HKQuantityTypeIdentifierHeartRate',
    value: 61,
    unit: 'count/min',
    start_date: start,
    end_date: start,
    source_name: 'Watch',
    ...fields,
  }
}

/** A raw envelope with these quantity samples and these fields. */
export function envelope(samples: readonly unknown[], fields: object = {}): string {
  return JSON.stringify({ quantity_samples: samples, category_samples: [], ...fields })
}

/** The envelope's text around the text of its samples: JSON that no serialiser writes. */
export function envelopeText(samples: string): string {
  return `{"quantity_samples":[${samples}]}`
}

/** The text of a pulse with one field's text exchanged or added. */
export function pulseText(minute: number, field: string, text: string): string {
  const { [field]: _, ...others } = pulse(minute) as Record<string, unknown>
  return `{"${field}":${text},${JSON.stringify(others).slice(1)}`
}
