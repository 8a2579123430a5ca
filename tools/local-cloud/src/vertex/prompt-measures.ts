/** One figure of a prompt, exactly as it is written there. */
export interface PromptMeasure {
  readonly name: string
  readonly value: string
  readonly unit: string
  /** What the prompt calls it in parentheses; else words made of its name. */
  readonly label: string
}

const LINE =
  /^[-*\s"]*([A-Za-z][\w.]*)"?\s*[=:]\s*"?(-?\d[\d.,:]*\d|-?\d)"?[ ,]*([^\s,;(]*(?: [^\s,;(]+)?)(?:.*?\(([^()]+)\))?/

/**
 * The measures of a prompt: lines of the form `- rhythm.l5_onset = 01:30 local time (start of the quiet hours)`,
 * also `name: value unit`. Everything else in the prompt is passed over.
 */
export function promptMeasures(prompt: string): PromptMeasure[] {
  return prompt.split('\n').flatMap((line) => {
    const [, name, value, unit = '', label] = LINE.exec(line) ?? []
    return name && value ? [{ name, value, unit, label: label ?? words(name) }] : []
  })
}

/** `rhythm.relative_amplitude` as words: `relative amplitude`. */
function words(name: string): string {
  return (name.split('.').at(-1) ?? name).replaceAll('_', ' ')
}

/** Units that prose leaves out, and those that it spells otherwise. */
const SPELLED: Readonly<Record<string, string>> = {
  '': '',
  '1': '',
  ratio: '',
  'local time': '',
  '%': '%',
  '/min': ' per minute',
  'steps/min': ' steps per minute',
}

/** Value and unit as a person writes them. */
export function measureFigure({ value, unit }: PromptMeasure): string {
  return `${value}${SPELLED[unit] ?? ` ${unit}`}`
}
