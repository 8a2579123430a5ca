import { z } from 'zod'

const WIDTH = 108

/** The text of `.env.example` for a config schema: each variable under its description, those that may be absent commented out. */
export function envExample(schema: z.ZodObject): string {
  const entries = Object.entries(schema.shape).map(([name, field]) => entry(name, field as z.ZodType))
  return `${entries.join('\n\n')}\n`
}

function entry(name: string, field: z.ZodType): string {
  const description = field.description ?? ''
  if (field instanceof z.ZodDefault) {
    return `${comment(`${description} Default: ${String(field.def.defaultValue)}`)}\n# ${name}=${String(field.def.defaultValue)}`
  }
  return field.safeParse(undefined).success
    ? `${comment(description)}\n# ${name}=`
    : `${comment(`${description} Required.`)}\n${name}=`
}

function comment(text: string): string {
  const lines = ['#']
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.length - 1
    const longer = `${lines[last]} ${word}`
    if (longer.length <= WIDTH) lines[last] = longer
    else lines.push(`# ${word}`)
  }
  return lines.join('\n')
}
