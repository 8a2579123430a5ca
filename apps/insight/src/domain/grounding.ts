import { type AmountClaim, type Claim, type DateClaim, claimsIn } from './claims.ts'
import type { Fact, Facts } from './facts.ts'
import { figureValue } from './figure.ts'
import { DEVIATION, label } from './labels.ts'
import { saysAbsence, saysBound, saysChange, saysSpan } from './relation.ts'
import { type Clause, clausesOf, isSubject } from './subject.ts'
import { measureDimension } from './units.ts'

/** A value may be rounded, but not until it says something else. */
const LARGEST_ROUNDING = 0.05
const EPSILON = 1e-9
/** Measures below this are zero to a reader. */
const NEGLIGIBLE = 0.0005

/** The facts that one text may use, and the dates of their window. */
export interface Ground {
  readonly facts: readonly Fact[]
  readonly dates: readonly string[]
}

/** The ground of a text without evidence of its own: everything. */
export function wholeGround(facts: Facts): Ground {
  return { facts: [...facts.measures, ...facts.window], dates: facts.dates }
}

/** The ground of a sentence: the measures that it names, and the days of the window. */
export function evidenceGround(facts: Facts, evidence: readonly string[]): Ground {
  const named = facts.measures.filter((fact) => evidence.includes(fact.path))
  const window = facts.window.filter(({ path, unit }) => unit === 'days' || evidence.includes(path))
  return { facts: [...named, ...window], dates: facts.dates }
}

/**
 * The claims of a text that are no figure of the ground: an amount must be a fact's value in the claimed unit,
 * rounded as written, of what its clause speaks of; a time of day must be such a fact; a date must lie in the
 * window. The size of a change must be a change, a bound the very figure. What cannot be read is never grounded.
 */
export function ungroundedClaims(text: string, ground: Ground): Claim[] {
  return clausesOf(text).flatMap((clause) =>
    claimsIn(withoutNames(clause.text, ground)).filter((claim) => !isGrounded(claim, clause, ground)),
  )
}

/** A measure whose name holds a number (`minutes below 90`) may be called by its name. */
function withoutNames(text: string, { facts }: Ground): string {
  const names = facts.flatMap(({ path }) => [path, label(path)]).filter((name) => /\d/.test(name))
  return names.reduce((rest, name) => rest.replaceAll(new RegExp(escaped(name), 'gi'), ' '), text)
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function isGrounded(claim: Claim, clause: Clause, ground: Ground): boolean {
  if (claim.kind === 'unreadable') return false
  if (claim.kind === 'date') return datesOf(claim, ground.dates).every((found) => found)
  const candidates = ground.facts.filter((fact) => isMeant(fact, clause, claim))
  if (claim.kind === 'time') return candidates.some(({ value }) => value === claim.time)
  const change = saysChange(claim)
  return candidates.some((fact) => isOfKind(fact, { change, clause }) && isFigureOf(claim, fact))
}

/** The window's days are no topic: they say over which days a topic was measured. */
function isMeant(fact: Fact, clause: Clause, claim: Claim): boolean {
  if (fact.unit === 'days')
    return !saysAbsence(claim) && (isSubject(fact, clause, claim.after) || saysSpan(claim))
  return isSubject(fact, clause, claim.after)
}

/** The size of a change is a change, and what differs from the baseline is no level: said as such, or by its name. */
function isOfKind(fact: Fact, { change, clause }: { change: boolean; clause: Clause }): boolean {
  if (!fact.path.startsWith(DEVIATION)) return !change || isChange(fact)
  return change || clause.text.includes(label(fact.path))
}

function isChange({ path }: Fact): boolean {
  return /[._](change|delta|difference|deviation|trend)/.test(path)
}

function datesOf({ month, days, year }: DateClaim, dates: readonly string[]): boolean[] {
  return days.map((day) =>
    dates.some((date) => {
      const [factYear, factMonth, factDay] = date.split('-').map(Number)
      return factMonth === month && factDay === day && (year ?? factYear) === factYear
    }),
  )
}

function isFigureOf(claim: Claim & AmountClaim, fact: Fact): boolean {
  if (typeof fact.value !== 'number' || !countsTheSame(claim, fact)) return false
  const expected = claimedUnits(claim, fact, fact.value)
  if (expected === undefined) return false
  if (saysBound(claim) && Math.abs(claim.value) !== Number(figureValue(Math.abs(expected)))) return false
  return claim.value === 0 ? Math.abs(fact.value) < NEGLIGIBLE : isRoundingOf(claim, expected)
}

/** The fact's value in the unit that the text names; undefined where the unit measures something else. */
function claimedUnits(claim: AmountClaim, fact: Fact, value: number): number | undefined {
  const own = measureDimension(fact.unit)
  const { dimension } = claim
  // Days are said to be days: else any `7` would be the week's.
  if (!dimension) return own.kind === 'clock' || own.kind === 'days' ? undefined : value
  if (dimension.kind === own.kind) return (value * own.factor) / dimension.factor
  const isShare = own.kind === 'ratio' && value >= 0 && value <= 1
  return dimension.kind === 'percent' && isShare ? value * 100 : undefined
}

/** Whole numbers count what the next word says: `3 awakenings` is no figure of anything but awakenings. */
function countsTheSame({ noun, decimals }: AmountClaim, fact: Fact): boolean {
  if (noun === undefined || decimals > 0) return true
  const stem = noun.replace(/s$/, '')
  return `${fact.path} ${fact.unit}`.toLowerCase().includes(stem)
}

/** A sign that is written must fit; without one the text says the direction in words. */
function isRoundingOf({ text, value, decimals }: AmountClaim, expected: number): boolean {
  const difference = /^[-−+]/.test(text) ? value - expected : value - Math.abs(expected)
  const error = Math.abs(difference)
  return error <= 0.5 * 10 ** -decimals + EPSILON && error <= LARGEST_ROUNDING * Math.abs(expected) + EPSILON
}
