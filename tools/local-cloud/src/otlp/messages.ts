import { join } from 'node:path'
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader'

/** OTLP's messages as its JSON form names them; from protobuf, ids are bytes and 64-bit numbers are texts. */
export interface AnyValue {
  readonly stringValue?: string
  readonly boolValue?: boolean
  readonly intValue?: string | number
  readonly doubleValue?: number
  readonly arrayValue?: { readonly values?: readonly AnyValue[] }
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] }
  readonly bytesValue?: Uint8Array | string
}

export interface KeyValue {
  readonly key: string
  readonly value?: AnyValue
}

export type Id = Uint8Array | string
type Nanoseconds = string | number

interface Resource {
  readonly attributes?: readonly KeyValue[]
}

export interface Span {
  readonly traceId?: Id
  readonly spanId?: Id
  readonly parentSpanId?: Id
  readonly name?: string
  readonly kind?: number
  readonly startTimeUnixNano?: Nanoseconds
  readonly endTimeUnixNano?: Nanoseconds
  readonly attributes?: readonly KeyValue[]
  readonly events?: readonly { timeUnixNano?: Nanoseconds; name?: string; attributes?: readonly KeyValue[] }[]
  readonly links?: readonly { traceId?: Id; spanId?: Id }[]
  readonly status?: { readonly message?: string; readonly code?: number }
}

export interface DataPoint {
  readonly timeUnixNano?: Nanoseconds
  readonly asDouble?: number
  readonly asInt?: string | number
  readonly count?: string | number
  readonly sum?: number
  readonly bucketCounts?: readonly (string | number)[]
  readonly explicitBounds?: readonly number[]
  readonly attributes?: readonly KeyValue[]
}

interface Points {
  readonly dataPoints?: readonly DataPoint[]
}

export interface Metric {
  readonly name?: string
  readonly unit?: string
  readonly gauge?: Points
  readonly sum?: Points
  readonly histogram?: Points
}

export interface LogRecord {
  readonly timeUnixNano?: Nanoseconds
  readonly observedTimeUnixNano?: Nanoseconds
  readonly severityText?: string
  readonly body?: AnyValue
  readonly attributes?: readonly KeyValue[]
  readonly traceId?: Id
  readonly spanId?: Id
}

export interface TracesRequest {
  readonly resourceSpans?: readonly {
    resource?: Resource
    scopeSpans?: readonly { spans?: readonly Span[] }[]
  }[]
}

export interface MetricsRequest {
  readonly resourceMetrics?: readonly {
    resource?: Resource
    scopeMetrics?: readonly { metrics?: readonly Metric[] }[]
  }[]
}

export interface LogsRequest {
  readonly resourceLogs?: readonly {
    resource?: Resource
    scopeLogs?: readonly { logRecords?: readonly LogRecord[] }[]
  }[]
}

const services = loadSync(join(import.meta.dirname, 'otlp.proto'), { longs: String })

/** Reads a protobuf body; throws where it is none. */
export function decoderOf<Request>(service: 'TraceService' | 'MetricsService' | 'LogsService') {
  const { Export } = services[`otlp.${service}`] as ServiceDefinition & {
    Export: MethodDefinition<object, object>
  }
  return (bytes: Buffer) => Export.requestDeserialize(bytes) as Request
}
