/** One line of a bench: what was timed or compared, and the goal it is held against, where there is one. */
export interface BenchRow {
  readonly bench: string
  readonly name: string
  readonly runs?: number
  readonly median_ms?: number
  readonly p95_ms?: number
  readonly p99_ms?: number
  /** Requests, or samples, a second. */
  readonly per_second?: number
  /** Processor time of a mebibyte of decoded body. */
  readonly cpu_ms_per_mb?: number
  /** Processor time of all of it. */
  readonly cpu_ms?: number
  /** Apparent size, in millions of bytes. */
  readonly size_mb?: number
  readonly ratio?: number
  /** Largest resident memory of the process, in mebibytes. */
  readonly peak_mb?: number
  readonly goal?: string
  readonly met?: boolean
}

const COLUMNS = [
  'name',
  'runs',
  'per_second',
  'median_ms',
  'p95_ms',
  'p99_ms',
  'cpu_ms_per_mb',
  'cpu_ms',
  'size_mb',
  'peak_mb',
  'ratio',
  'goal',
  'met',
] as const

/** The rows as a table for people; a column that no row fills is left out. */
export function formatTable(rows: readonly BenchRow[]): string {
  const columns = COLUMNS.filter((column) => rows.some((row) => row[column] !== undefined))
  const cells = [[...columns], ...rows.map((row) => columns.map((column) => formatCell(row[column])))]
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)))
  const lines = cells.map((line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))),
  )
  return lines.map((line) => line.join('  ').trimEnd()).join('\n')
}

/** The rows as JSON, one object a line. */
export function formatJson(rows: readonly BenchRow[]): string {
  return rows.map((row) => JSON.stringify(row)).join('\n')
}

function formatCell(value: string | number | boolean | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : String(value)
}
