import { MINUTES_PER_DAY, type Recording, foldByClockMinute } from './recording.ts'

/** Amplitudes below this share of the mesor are rounding, and have no peak. */
const FLAT = 1e-9
/** Observed clock minutes that leave the three parameters less determined than this are too few. */
const SINGULAR = 1e-9
const ANGLES = Float64Array.from(
  { length: MINUTES_PER_DAY },
  (_, minute) => (2 * Math.PI * minute) / MINUTES_PER_DAY,
)
const COSINES = ANGLES.map(Math.cos)
const SINES = ANGLES.map(Math.sin)

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
 * three parameters (fewer than three clock minutes, say) or one is infinite; a constant series has amplitude 0 and
 * no peak. Source: Cornelissen 2014, Theor Biol Med Model 11:16.
 */
export function cosinor24h(recording: Recording): Cosinor | null {
  const solution = solve3(normalEquations(recording))
  if (!solution) return null
  const [mesor, beta, gamma] = solution
  const amplitude = Math.hypot(beta, gamma)
  if (!Number.isFinite(amplitude)) return null
  if (amplitude <= FLAT * Math.abs(mesor)) return { mesor, amplitude: 0, peakMinute: null }
  const angle = Math.atan2(gamma, beta)
  const peakMinute = ((angle / (2 * Math.PI)) * MINUTES_PER_DAY + MINUTES_PER_DAY) % MINUTES_PER_DAY
  return { mesor, amplitude, peakMinute }
}

type Row = [number, number, number, number]

/** XᵀX and Xᵀy for the columns 1, cos ωt, sin ωt, as three rows of four. */
function normalEquations(recording: Recording): [Row, Row, Row] {
  const { sums, counts } = foldByClockMinute(recording)
  let n = 0
  let c = 0
  let s = 0
  let cc = 0
  let cs = 0
  let ss = 0
  let y = 0
  let cy = 0
  let sy = 0
  for (let minute = 0; minute < MINUTES_PER_DAY; minute += 1) {
    const days = counts[minute]!
    const sum = sums[minute]!
    const cosine = COSINES[minute]!
    const sine = SINES[minute]!
    n += days
    c += days * cosine
    s += days * sine
    cc += days * cosine * cosine
    cs += days * cosine * sine
    ss += days * sine * sine
    y += sum
    cy += sum * cosine
    sy += sum * sine
  }
  return [
    [n, c, s, y],
    [c, cc, cs, cy],
    [s, cs, ss, sy],
  ]
}

/** Gaussian elimination with row pivoting; undefined where the system is singular. */
function solve3(rows: [Row, Row, Row]): [number, number, number] | undefined {
  const scale = Math.max(1, rows[0][0])
  for (let column = 0; column < 3; column += 1) {
    const candidates = rows.slice(column)
    const pivot = candidates.reduce((best, row) =>
      Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best,
    )
    if (Math.abs(pivot[column]!) < SINGULAR * scale) return undefined
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
