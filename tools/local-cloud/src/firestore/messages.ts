/**
 * The messages of `google.firestore.v1` as the proto loader hands them over: camel case, 64-bit integers as
 * strings, enumerations by name, absent messages as `undefined`, repeated and map fields always present.
 */
export interface Timestamp {
  readonly seconds?: string | number
  readonly nanos?: number
}

export interface LatLng {
  readonly latitude?: number
  readonly longitude?: number
}

export type Value =
  | { readonly nullValue: 'NULL_VALUE' }
  | { readonly booleanValue: boolean }
  | { readonly integerValue: string }
  | { readonly doubleValue: number }
  | { readonly timestampValue: Timestamp }
  | { readonly stringValue: string }
  | { readonly bytesValue: Uint8Array }
  | { readonly referenceValue: string }
  | { readonly geoPointValue: LatLng }
  | { readonly arrayValue: { readonly values?: readonly Value[] } }
  | { readonly mapValue: { readonly fields?: Fields } }

export type Fields = Readonly<Record<string, Value>>

export interface DocumentMessage {
  readonly name: string
  readonly fields?: Fields
  readonly createTime?: Timestamp
  readonly updateTime?: Timestamp
}

export interface DocumentMask {
  readonly fieldPaths: readonly string[]
}

export interface Precondition {
  readonly exists?: boolean
  readonly updateTime?: Timestamp
}

export interface FieldTransform {
  readonly fieldPath?: string
  readonly setToServerValue?: string
  readonly increment?: Value
  readonly maximum?: Value
  readonly minimum?: Value
  readonly appendMissingElements?: { readonly values?: readonly Value[] }
  readonly removeAllFromArray?: { readonly values?: readonly Value[] }
}

export interface Write {
  readonly update?: DocumentMessage
  readonly delete?: string
  readonly transform?: { readonly document: string; readonly fieldTransforms: readonly FieldTransform[] }
  readonly updateMask?: DocumentMask
  readonly updateTransforms?: readonly FieldTransform[]
  readonly currentDocument?: Precondition
}

export interface WriteResult {
  readonly updateTime?: Timestamp
  readonly transformResults?: readonly Value[]
}

export interface FieldReference {
  readonly fieldPath: string
}

export interface Filter {
  readonly compositeFilter?: { readonly op: string; readonly filters: readonly Filter[] }
  readonly fieldFilter?: { readonly field: FieldReference; readonly op: string; readonly value?: Value }
  readonly unaryFilter?: { readonly op: string; readonly field?: FieldReference }
}

export interface Order {
  readonly field: FieldReference
  readonly direction?: string
}

export interface Cursor {
  readonly values: readonly Value[]
  readonly before?: boolean
}

export interface CollectionSelector {
  readonly collectionId?: string
  readonly allDescendants?: boolean
}

export interface StructuredQuery {
  readonly select?: { readonly fields: readonly FieldReference[] }
  readonly from: readonly CollectionSelector[]
  readonly where?: Filter
  readonly orderBy: readonly Order[]
  readonly startAt?: Cursor
  readonly endAt?: Cursor
  readonly offset?: number
  readonly limit?: { readonly value?: number }
  readonly findNearest?: unknown
}

export interface Aggregation {
  readonly alias?: string
  readonly count?: { readonly upTo?: { readonly value?: string } }
  readonly sum?: { readonly field: FieldReference }
  readonly avg?: { readonly field: FieldReference }
}

export interface TransactionOptions {
  readonly readOnly?: { readonly readTime?: Timestamp }
  readonly readWrite?: { readonly retryTransaction?: Uint8Array }
}

/** The three ways in which a read says what it wants to see; without any it sees the latest state. */
export interface ConsistencySelector {
  readonly transaction?: Uint8Array
  readonly newTransaction?: TransactionOptions
  readonly readTime?: Timestamp
}
