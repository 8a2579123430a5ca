const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

const WORD = [
  ...TENS.map((ten) => `${ten}(?:[- ](?:${SMALL.slice(1, 10).join('|')}))?`),
  ...SMALL.toReversed(),
].join('|')
const COUNTED =
  'hours?|minutes?|mins?|seconds?|days?|nights?|weeks?|months?|years?|times|percent|per cent|steps?|beats?|breaths?|bpm|awakenings?|naps?|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|degrees?'
const NUMBER = '\\d[\\d.,]*'
const JOINT = '(?:\\s+(?:of|out of|to|and|or)\\s+(?:the\\s+)?)'

const AMOUNT = new RegExp(
  `\\b(${WORD})(?=(?:${JOINT}(?:${WORD}|${NUMBER}))?[- ](?:[a-z]+ )?(?:${COUNTED})\\b)`,
  'gi',
)
const SECOND_OF_PAIR = new RegExp(
  `(?<=${NUMBER}${JOINT})(${WORD})(?=[- ](?:[a-z]+ )?(?:${COUNTED})\\b)`,
  'gi',
)
/** Idioms in which `one` counts nothing. */
const ONE_OF_MANY = /\bone(?=[- ](?:day|night|time|or)\b)/gi

/**
 * Writes the spelled-out numbers that count something (`seven hours`, `six of seven days`) as digits, so that they
 * are checked as digits are. Numbers that count nothing (`one of your habits`) stay words.
 */
export function numberWords(text: string): string {
  const idioms = text.replace(ONE_OF_MANY, 'a')
  return idioms.replace(AMOUNT, digits).replace(SECOND_OF_PAIR, digits)
}

function digits(words: string): string {
  const [ten = '', unit = ''] = words.toLowerCase().split(/[- ]/)
  const small = SMALL.indexOf(ten)
  if (small >= 0) return String(small)
  return String((TENS.indexOf(ten) + 2) * 10 + Math.max(0, SMALL.indexOf(unit)))
}
