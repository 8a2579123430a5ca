const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

const WORD = [
  ...TENS.map((ten) => `${ten}(?:[- ](?:${SMALL.slice(1, 10).join('|')}))?`),
  ...SMALL.toReversed(),
].join('|')
const LARGE = WORD.replace(/\|nine\|.*$/, '')
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
/** `six good hours`, `seven or so hours`; `one of your best days` counts nothing. */
const LOOSELY_COUNTED = new RegExp(
  `\\b(?!one\\b)(${WORD})(?=[- ](?:[a-z]+ ){1,2}(?:hours?|minutes?|days?|nights?|times)\\b)`,
  'gi',
)
/** From ten on a number is a figure, whatever follows it. */
const LARGE_AMOUNT = new RegExp(`\\b(${LARGE})\\b`, 'gi')
/** Idioms in which `one` counts nothing. */
const ONE_OF_MANY = /\bone(?=[- ](?:day|night|time|or)\b)/gi

/**
 * Writes the spelled-out numbers that count something (`seven hours`, `six of seven days`) and those from ten on as
 * digits, so that they are checked as digits are. Small ones that count nothing (`one of your habits`) stay words.
 */
export function numberWords(text: string): string {
  const idioms = text.replace(ONE_OF_MANY, 'a')
  return [AMOUNT, SECOND_OF_PAIR, LOOSELY_COUNTED, LARGE_AMOUNT].reduce(
    (rest, pattern) => rest.replace(pattern, digits),
    idioms,
  )
}

function digits(words: string): string {
  const [ten = '', unit = ''] = words.toLowerCase().split(/[- ]/)
  const small = SMALL.indexOf(ten)
  if (small >= 0) return String(small)
  return String((TENS.indexOf(ten) + 2) * 10 + Math.max(0, SMALL.indexOf(unit)))
}
