/** One figure of a prompt, exactly as it is written there. */
export interface PromptMeasure {
  readonly name: string
  readonly value: string
  readonly unit: string
}

const LINE = /^[-*\s"]*([A-Za-z][\w.]*)"?\s*[=:]\s*"?(-?\d[\d.,:]*\d|-?\d)"?[ ,]*([^\s,;]*(?: [^\s,;(]+)?)/

/**
 * The measures of a prompt: lines of the form `- rhythm.l5_onset = 01:30 local time` (also `name: value unit`).
 * Everything else in the prompt is passed over.
 */
export function promptMeasures(prompt: string): PromptMeasure[] {
  return prompt.split('\n').flatMap((line) => {
    const [, name, value, unit] = LINE.exec(line) ?? []
    return name && value ? [{ name, value, unit: unit ?? '' }] : []
  })
}

/** `rhythm.relative_amplitude` as words: `relative amplitude`. */
export function measureLabel(measure: PromptMeasure): string {
  return (measure.name.split('.').at(-1) ?? measure.name).replaceAll('_', ' ')
}

/** Value and unit as a person writes them. */
export function measureFigure({ value, unit }: PromptMeasure): string {
  if (unit === '%') return `${value}%`
  return unit === '' || unit === 'ratio' || unit === 'index' ? value : `${value} ${unit}`
}
