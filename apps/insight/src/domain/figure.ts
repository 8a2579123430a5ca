import type { Fact } from './facts.ts'
import { measureDimension } from './units.ts'

/**
 * A measure's value as it is written in prompts and sentences: whole from one hundred, one decimal from ten, two
 * from one, three significant digits below, and zero where nothing is left to read. Strings (times of day) stay as they are.
 */
export function figureValue(value: number | string): string {
  if (typeof value === 'string') return value
  const size = Math.abs(value)
  if (size < 0.0005) return '0'
  if (size < 1) return String(Number(value.toPrecision(3)))
  return String(Number(value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0)))
}

/** Value and unit as a person reads them: `7 h 12 min`, `92%`, `58 per minute`, `23:42`. */
export function figure({ value, unit }: Fact): string {
  const { kind, factor } = measureDimension(unit)
  if (typeof value === 'string' || kind === 'ratio' || kind === 'clock') return figureValue(value)
  if (kind === 'percent') return `${figureValue(value)}%`
  if (kind === 'time' && factor >= 60 && value * factor >= 3600) return hoursAndMinutes((value * factor) / 60)
  if (kind === 'per-minute') return `${figureValue(value)} ${unit.replace('/min', ' per minute').trim()}`
  return `${figureValue(value)} ${unit}`
}

function hoursAndMinutes(minutes: number): string {
  const whole = Math.round(minutes)
  return whole % 60 === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${whole % 60} min`
}
