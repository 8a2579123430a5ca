import type { Fact } from './facts.ts'
import { claimsIn } from './claims.ts'
import { DEVIATION, isLabelled, label, names } from './labels.ts'

/**
 * Words that say what a number is about, and where the measures of it stand: the special before the general, because
 * a word that is read once (`heart rate variability`) says nothing more (`heart`).
 */
const TOPICS: readonly (readonly [RegExp, string])[] = [
  ...names().map(([name, path]) => [wholeWords(name), path] as const),
  [/\bdeep( sleep)?\b/gi, 'sleep.deep'],
  [/\brem( sleep)?\b/gi, 'sleep.rem'],
  [/\bawak\w*/gi, 'sleep.awak'],
  [/\bin bed\b/gi, 'sleep.in_bed'],
  [/\b(sleep\w*|slept|asleep|w[ao]k[ei]\w*|bed\w*|naps?)\b/gi, 'sleep.'],
  [/\bheart[- ]rate variability|\bhrv\b|\bvariability\b|\brmssd\b/gi, 'hrv.'],
  [/\b(heart\w*|puls\w*|cardi\w*|resting)\b/gi, 'heart.'],
  [/\b(breath\w*|respir\w*)\b/gi, 'respiration.'],
  [/\b(oxygen\w*|saturation)\b|\bspo[2₂]/gi, 'oxygen.'],
  [
    /\b(steps?|walk\w*|distance|energy|calori\w*|kcal|exercis\w*|climb\w*|flights|stairs|kilomet\w*|km|miles)\b/gi,
    'activity.',
  ],
  [
    /\b(\w*rhythm\w*|regularity|\w*stability|fragment\w*|amplitude|cosinor|mesor|l5|m10|onset|peak\w*|quiet\w*|contrast|stretch|(most|least) active)\b/gi,
    'rhythm.',
  ],
  [/\b(temperatures?|fever)\b/gi, 'temperature.'],
  [/\bvo[2₂]\w*|\b(cardio )?fitness\b/gi, 'fitness.'],
  [/\b(blood pressure|systolic|diastolic)\b/gi, 'blood_pressure.'],
  [/\b(glucose|blood sugar|sugar)\b/gi, 'glucose.'],
  // What no measure is about: a number beside these is of nothing that was measured.
  [/\b(weight|bmi|ages?|stress\w*|moods?|scores?)\b/gi, 'unmeasured.'],
]

/** Units that name their subject: `14.2 breaths per minute` is no heart rate, whatever else the sentence names. */
const TELLING_UNITS: readonly (readonly [RegExp, string])[] = [
  [/^[\s-]*breaths?\b/i, 'respiration.'],
  [/^[\s-]*(beats?|bpm)\b/i, 'heart.'],
  [/^[\s-]*steps?\b/i, 'activity.'],
]

/** A stretch of text that speaks of one thing, and where the measures of that stand; nowhere: it names no topic. */
export interface Clause {
  readonly text: string
  readonly topics: readonly string[]
}

/**
 * A text in its clauses. A sentence is parted where a number with its topic is followed by another topic; one that
 * begins with a pronoun speaks of what the sentence before it spoke of.
 */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = []
  for (const sentence of text.split(/(?<=[.!?]["”)]?)\s+(?=["“(]?\p{Lu})|;|\n/u)) {
    const before = /^\s*(it|they|th[ai]t|this|these|those|both)\b/i.test(sentence)
      ? clauses.at(-1)?.topics
      : []
    clauses.push(...parted(sentence).map((part) => clause(part, before ?? [])))
  }
  return clauses
}

function clause(text: string, inherited: readonly string[]): Clause {
  const own = topicsIn(text)
  return { text, topics: own.length > 0 ? own : inherited }
}

function parted(sentence: string): string[] {
  const parts = ['']
  for (const piece of sentence.split(/(?<=,)\s|\s(?=(?:and|but|while|whereas|with)\s)/)) {
    const last = parts.at(-1) ?? ''
    const complete = topicsIn(last).length > 0 && claimsIn(last).length > 0
    if (complete && topicsIn(piece).length > 0) parts.push(piece)
    else parts[parts.length - 1] = `${last} ${piece}`
  }
  return parts
}

function topicsIn(text: string): string[] {
  const topics: string[] = []
  let rest = text
  for (const [pattern, path] of TOPICS) {
    const unread = rest.replace(pattern, ' ')
    if (unread !== rest) topics.push(path)
    rest = unread
  }
  return topics
}

/** True where a clause may mean this fact by a number that `after` follows: it names its topic, or no topic at all. */
export function isSubject(fact: Fact, { text, topics }: Clause, after: string): boolean {
  const told = TELLING_UNITS.find(([pattern]) => pattern.test(after))?.[1]
  if (told !== undefined && !isAbout(fact, told)) return false
  if (topics.length === 0 || topics.some((topic) => isAbout(fact, topic))) return true
  return !isLabelled(fact.path) && wholeWords(label(fact.path)).test(text)
}

/** A fact is about where it stands, and about what its unit names: a rhythm in steps per minute is about steps. */
function isAbout({ path, unit }: Fact, topic: string): boolean {
  return path.replace(DEVIATION, '').startsWith(topic) || topicsIn(unit).includes(topic)
}

function wholeWords(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu')
}
