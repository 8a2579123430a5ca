/** Words that hold English sentences together. Those that other languages write alike and often (`in`, `on`, `me`, `so`) are left out. */
const FUNCTION_WORDS = new Set(
  (
    'a the this that these those your you yours it its they their them there we our he she his her ' +
    'of to for per from with without by at about after before between during into near over through under until up down out ' +
    'and or but if because while when where which who what how than then as not ' +
    'is are was were be been being has have had do does did can could may might will would should ' +
    'more most each every some any all both other such well only also'
  ).split(' '),
)

/**
 * English prose has about two function words in five, and the barest of our own sentences (`Your REM sleep per night
 * was 1 h 30 min.`) two in eight; other languages meet hardly one in ten by chance. One in five parts them.
 */
const LEAST_SHARE = 0.2
/** Fewer words are no sentence to judge by: `Well rested.` */
const FEWEST_WORDS = 4

/** True for a text that reads as English, or is too short to say. */
export function readsAsEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const known = words.filter((word) => FUNCTION_WORDS.has(word))
  return words.length < FEWEST_WORDS || known.length >= LEAST_SHARE * words.length
}
