import type { Claim } from './claims.ts'

/** Up to three words between a number and the word that it belongs to. */
const NEAR = String.raw`(?:[\s,]+[^\s.;]+){0,3}[\s(]*`

const CHANGE_BEFORE = new RegExp(
  String.raw`\b(?:f[ae]ll\w*(?! asleep)|rose|ris(?:en|es?|ing)|dr[ou]p\w*|in?creas\w*|decreas\w*|declin\w*|reduc\w*|improv\w*|worsen\w*|gain\w*|lost|los[se]\w*|gr[eo]wn?|shr[aiu]nk\w*|chang\w*|jump\w*|went|down|up(?!\s+to\b)|by)${NEAR}$`,
  'i',
)
const CHANGE_AFTER =
  /^[^.,;:!?)]{0,30}?\b(drop|fall(?! asleep)|rise|increase|decrease|decline|gain|loss|reduction|improvement|change|more|less|fewer|higher|lower|faster|slower|longer|shorter|better|worse|up|down)\b/i
const COMPARISON =
  /([<>≤≥]|\b(than|over|above|below|under|beneath|beyond|at least|at most|up to|exceed\w*|nearly|almost|within))\s*(=|about|around|the|a|an)?\s*$/i
const SPAN_BEFORE =
  /\b(on|over|across|during|of|from|in|through|throughout)\s+(all\s+)?(the|your|these|those)?\s*((past|last|valid)\s+)?$/i
const ABSENCE = /\b(without|no|not|never|none|nothing|lack\w*|miss\w*|skip\w*)\b|n['’]t\b/i

type Place = Pick<Claim, 'before' | 'after'>

/** True where the words beside a number make it the size of a change: `fell by 3`, `a 3% rise`, `3 more`. */
export function saysChange({ before, after }: Place): boolean {
  return CHANGE_BEFORE.test(before) || CHANGE_AFTER.test(after)
}

/** True where the words before a number make it a bound: `<56`, `at least 7`. */
export function saysBound({ before }: Place): boolean {
  return COMPARISON.test(before)
}

/** True where a number of days says when something was measured: `on 6 of 7 days`. */
export function saysSpan({ before }: Place): boolean {
  return SPAN_BEFORE.test(before)
}

/** True where something did not happen: `7 days without sleep`. No measure says that. */
export function saysAbsence({ before, after }: Place): boolean {
  return ABSENCE.test(before + after)
}
