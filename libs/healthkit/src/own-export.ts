import {
  baseVerdict,
  identify,
  isTimezone,
  metricFor,
  normalizeUuid,
  type Sample,
  type TimezoneSource,
  toCanonical,
  type Zone,
} from '@clarity/health-data'
import type { ReadContext } from './context.ts'
import { firstObject, isObject, join, type JsonObject, objectOr, textOrNull } from './json.ts'
import { keptMetadata } from './metadata.ts'
import { parseDate, type WrittenDate } from './parse-date.ts'
import { type Reading, rejection, type Shape } from './reading.ts'
import { settleZone, toSpan } from './settle-zone.ts'
import { sleepStageOf } from './sleep-stage.ts'
import { isStorable } from './to-sample.ts'

/** Of an account's export only samples are read back: the rest is made anew from them. */
const kinds = new Set<unknown>(['sample', 'upload', 'analysis', 'insight'])
const madeIdentity = /^(?:sync|content):[0-9a-f]{32}$/
const zoneSources = new Set<unknown>(['sample', 'upload', 'user', 'offset', 'none'])
const missing = 'is missing'

function isLine(root: unknown): boolean {
  return (
    isObject(root) && kinds.has(root.kind) && root.schemaVersion === undefined && root.startDate === undefined
  )
}

/** What is wrong with a line, at which of its fields. */
interface Fault {
  readonly field: string
  readonly reason: string
}

function isFault(part: object | string): part is Fault {
  return typeof part === 'object' && 'reason' in part
}

/** The zone that the line names holds, whatever the upload's header says. */
function zoneOf(line: JsonObject, start: WrittenDate, context: ReadContext): Zone {
  const { timezone, timezone_source: source } = line
  if (typeof timezone !== 'string' || timezone.length >= 64 || !isTimezone(timezone)) {
    return settleZone(undefined, start, context)
  }
  return { timezone, timezone_source: zoneSources.has(source) ? (source as TimezoneSource) : 'sample' }
}

type Span = Pick<Sample, 'start' | 'end' | 'timezone' | 'timezone_source' | 'extent'>

function spanOf(line: JsonObject, context: ReadContext): Span | Fault {
  const written = parseDate(line.start)
  if (!written) return { field: 'start', reason: line.start === undefined ? missing : 'is not a date' }
  const hasEnd = line.end !== undefined && line.end !== null
  const writtenEnd = hasEnd ? parseDate(line.end) : written
  if (!writtenEnd) return { field: 'end', reason: 'is not a date' }
  const zone = zoneOf(line, written, context)
  const { start, end } = toSpan({ start: written, end: writtenEnd, timezone: zone.timezone })
  if (!isStorable(start) || !isStorable(end)) {
    return { field: 'start', reason: 'is outside the years 1 to 9999' }
  }
  const extent = line.extent === 'bucket' || line.extent === 'missing' ? line.extent : undefined
  const found = extent ?? (hasEnd ? undefined : 'missing')
  return { start, end, ...zone, ...(found && { extent: found }) }
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

type Amount = Pick<Sample, 'type' | 'value' | 'unit' | 'unit_in' | 'min' | 'max'>

function amountOf(line: JsonObject): Amount | Fault {
  if (typeof line.type !== 'string' || line.type.trim() === '') return { field: 'type', reason: missing }
  if (line.type.length > 200) return { field: 'type', reason: 'is too long' }
  const metric = metricFor(line.type)
  const sent = typeof line.unit === 'string' ? line.unit.slice(0, 64) : undefined
  const unit = metric?.unit ?? sent ?? ''
  const inUnit = (value: number) => (metric ? toCanonical(value, sent, unit) : value)
  const { value = null } = line
  const number = finite(value)
  if (value !== null && number === undefined) return { field: 'value', reason: 'is not a number' }
  const isMeasured = metric?.kind === 'cumulative' || metric?.kind === 'discrete'
  if (number === undefined && isMeasured) return { field: 'value', reason: missing }
  if (metric?.name === 'sleep_analysis' && sleepStageOf(value) === undefined)
    return { field: 'value', reason: 'is not a sleep stage' }
  const converted = number === undefined ? null : inUnit(number)
  if (converted === undefined) return { field: 'unit', reason: 'is not a unit of this type' }
  const [min, max] = [line.min, line.max].map((bound) => {
    const extreme = finite(bound)
    return extreme === undefined ? undefined : inUnit(extreme)
  })
  return {
    type: metric?.name ?? line.type,
    value: converted,
    unit,
    ...(typeof line.unit_in === 'string' && line.unit_in !== '' && { unit_in: line.unit_in.slice(0, 64) }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

function sourceOf(source: unknown): Sample['source'] {
  const { name, bundle_id, product } = objectOr(source)
  return { name: textOrNull(name), bundle_id: textOrNull(bundle_id), product: textOrNull(product) }
}

function syncOf(sync: unknown): Sample['sync'] {
  const { id, version } = objectOr(sync)
  if (typeof id !== 'string' || id === '' || id.length > 200) return undefined
  return { id, version: finite(version) ?? 0 }
}

function identityOf(line: JsonObject, draft: Sample): string | Fault {
  const { id } = line
  if (id === undefined || id === null) return identify({ ...draft, uuid: undefined })
  const uuid = normalizeUuid(id)
  if (uuid !== undefined) return uuid
  return typeof id === 'string' && madeIdentity.test(id) ? id : { field: 'id', reason: 'is not an identity' }
}

/** What was implausible when it first came stays so: a date in the future is past when the export is read. */
function baseVerdictOf(line: JsonObject, draft: Sample, context: ReadContext): Sample['base_verdict'] {
  const verdict = baseVerdict(draft, context.receivedAt)
  return (line.base_verdict ?? line.verdict) === 'implausible' && verdict === 'accepted'
    ? 'implausible'
    : verdict
}

function readLine(line: JsonObject, context: ReadContext): Sample | Fault {
  const amount = amountOf(line)
  if (isFault(amount)) return amount
  const span = spanOf(line, context)
  if (isFault(span)) return span
  const sync = syncOf(line.sync)
  const metadata = keptMetadata(line.metadata)
  const draft: Sample = {
    id: '',
    ...amount,
    ...span,
    source: sourceOf(line.source),
    user_entered: line.user_entered === true,
    ...(sync && { sync }),
    ...(metadata && { metadata }),
    base_verdict: 'accepted',
    verdict: 'accepted',
    upload_ids: [context.uploadId],
  }
  const id = identityOf(line, draft)
  if (typeof id !== 'string') return id
  const base_verdict = baseVerdictOf(line, draft, context)
  return { ...draft, id, base_verdict, verdict: base_verdict }
}

function* readLines(line: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (!isObject(line)) {
    yield rejection(path, null, 'is not an object')
    return
  }
  if (line.kind !== 'sample') {
    if (!kinds.has(line.kind)) yield rejection(join(path, 'kind'), null, 'is not a kind of record')
    return
  }
  const sample = readLine(line, context)
  if ('reason' in sample) {
    yield rejection(join(path, sample.field), line.type, sample.reason)
    return
  }
  yield { kind: 'sample', sample }
  if (line.verdict === 'deleted') {
    yield { kind: 'tombstone', tombstone: { id: sample.id, upload_ids: [context.uploadId] } }
  }
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (!Array.isArray(root)) yield* readLines(root, context, path)
  else for (const [index, line] of root.entries()) yield* readLines(line, context, `${path}[${index}]`)
}

/** An account's export, one line a record: samples with their identity, zone and verdict as they were. */
export const ownExport: Shape = {
  name: 'own_export',
  matches: (root) => (Array.isArray(root) ? isLine(firstObject(root)) : isLine(root)),
  read,
}
