/**
 * A figure as insights write it: whole from one hundred, one decimal from ten, two from one, three significant
 * digits below; a time of day as it is.
 */
export function writtenFigure(figure: number | string): string {
  if (typeof figure === 'string') return figure
  if (figure >= 100) return figure.toFixed(0)
  if (figure >= 10) return trimmed(figure.toFixed(1))
  if (figure >= 1) return trimmed(figure.toFixed(2))
  return trimmed(figure.toPrecision(3))
}

const trimmed = (digits: string) => digits.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')

/** Every number and time of day in a text, as written. */
export function numbersIn(text: string): string[] {
  return text.match(/\d+(?:[.,:]\d+)*/g) ?? []
}
