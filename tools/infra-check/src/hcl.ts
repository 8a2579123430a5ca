/** A top-level block of a file: `variable "name" { … }`. */
export interface HclBlock {
  readonly kind: string
  readonly label: string
  readonly body: string
}

/** The blocks of formatted HCL whose closing brace starts a line; blocks without a label are left out. */
export function readBlocks(text: string): HclBlock[] {
  return [...text.matchAll(/^(\w+) "([^"]+)"(?: "([^"]+)")? \{\n([\s\S]*?)^\}/gm)].map((match) => ({
    kind: match[1]!,
    label: match[3] ?? match[2]!,
    body: match[4]!,
  }))
}

/**
 * The entries of `name = { … }` (or of a block `name { … }`) by key, each value as text; nothing for another name.
 * Enough for objects as `terraform fmt` writes them, whose strings hold no lone braces.
 */
export function readObject(text: string, name: string): ReadonlyMap<string, string> {
  const opening = new RegExp(`(?:^|\\W)${name}\\s*(?:=\\s*)?\\{`).exec(text)
  if (!opening) return new Map()
  const body = balanced(text, opening.index + opening[0].length)
  return new Map(splitEntries(body).map((entry) => [entry.key, entry.value]))
}

function balanced(text: string, from: number): string {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return text.slice(from, at)
  }
  throw new Error('A brace is not closed.')
}

function splitEntries(body: string): { key: string; value: string }[] {
  const entries: { key: string; value: string }[] = []
  const code = body.replace(/^\s*#.*$/gm, '')
  const start = /\s*"?([\w-]+)"?\s*=\s*/y
  for (let at = 0; at < code.length;) {
    start.lastIndex = at
    const match = start.exec(code)
    if (!match) break
    const end = endOfValue(code, start.lastIndex)
    entries.push({ key: match[1]!, value: code.slice(start.lastIndex, end).trim() })
    at = end + 1
  }
  return entries
}

/** Where a value ends: at the first comma or line end outside of brackets and strings. */
function endOfValue(text: string, from: number): number {
  let depth = 0
  let quoted = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]!
    if (character === '"' && text[at - 1] !== '\\') quoted = !quoted
    else if (quoted) continue
    else if ('{[('.includes(character)) depth++
    else if ('}])'.includes(character)) depth--
    else if (depth === 0 && (character === ',' || character === '\n')) return at
  }
  return text.length
}
