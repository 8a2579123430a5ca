import { MINUTES_PER_DAY, type Recording } from './recording.ts'

/** Amplitudes below this share of the mesor are rounding, and have no peak. */
const FLAT = 1e-9

/** Mesor and amplitude in the unit of the signal; peak in clock minutes (0..1440), `null` where the curve is flat. */
export interface Cosinor {
  readonly mesor: number
  readonly amplitude: number
  readonly peakMinute: number | null
}

/**
 * Single-component cosinor with the period fixed at 24 h: least squares of
 *
 *   y = M + β cos ωt + γ sin ωt,  ω = 2π/24 h,  A = √(β² + γ²),  peak = atan2(γ, β)/ω
 *
 * with t the clock time of the epoch's start, over the observed minutes. `null` where they do not determine the
 * three parameters. Source: Cornelissen 2014, Theor Biol Med Model 11:16.
 */
export function cosinor24h(recording: Recording): Cosinor | null {
  const normal = normalEquations(recording)
  const solution = solve3(normal)
  if (!solution) return null
  const [mesor, beta, gamma] = solution
  const amplitude = Math.hypot(beta, gamma)
  if (amplitude <= FLAT * Math.abs(mesor) || amplitude === 0) return { mesor, amplitude, peakMinute: null }
  const angle = Math.atan2(gamma, beta)
  const peakMinute = ((angle / (2 * Math.PI)) * MINUTES_PER_DAY + MINUTES_PER_DAY) % MINUTES_PER_DAY
  return { mesor, amplitude, peakMinute }
}

type Row = [number, number, number, number]

/** XᵀX and Xᵀy for the columns 1, cos ωt, sin ωt, as three rows of four. */
function normalEquations({ minutes, startMinuteOfDay }: Recording): [Row, Row, Row] {
  const rows: [Row, Row, Row] = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]
  minutes.forEach((value, index) => {
    if (Number.isNaN(value)) return
    const angle = (2 * Math.PI * ((startMinuteOfDay + index) % MINUTES_PER_DAY)) / MINUTES_PER_DAY
    const columns: Row = [1, Math.cos(angle), Math.sin(angle), value]
    rows.forEach((row, i) => columns.forEach((column, j) => (row[j]! += columns[i]! * column)))
  })
  return rows
}

/** Gaussian elimination with row pivoting; undefined where the system is singular. */
function solve3(rows: [Row, Row, Row]): [number, number, number] | undefined {
  for (let column = 0; column < 3; column += 1) {
    const candidates = rows.slice(column)
    const pivot = candidates.reduce((best, row) =>
      Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best,
    )
    if (Math.abs(pivot[column]!) < 1e-9 * Math.max(1, rows[0][0])) return undefined
    const at = rows.indexOf(pivot)
    ;[rows[column], rows[at]] = [pivot, rows[column]!]
    for (const row of rows) {
      if (row === pivot) continue
      const factor = row[column]! / pivot[column]!
      for (let j = column; j < 4; j += 1) row[j]! -= factor * pivot[j]!
    }
  }
  return [rows[0][3] / rows[0][0], rows[1][3] / rows[1][1], rows[2][3] / rows[2][2]]
}
