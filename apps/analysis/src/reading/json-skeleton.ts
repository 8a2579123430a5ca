/** A container of a JSON text that is open at some place of it. */
export interface OpenContainer {
  readonly kind: 'object' | 'list'
  /** The member of the object around it, as a JSON string with its quotes; empty in a list and at the root. */
  readonly key: string
  /** Members that are complete and hold no list, each as `"key":value`; more come while the container is open. */
  readonly kept: readonly string[]
  /** How many of them stand before this place. */
  readonly known: number
  /** Elements of a list that earlier slices held. */
  readonly passed: number
}

const quoted = (key: string): string => {
  if (!key.includes('\\')) return key.slice(1, -1)
  try {
    return String(JSON.parse(key))
  } catch {
    return key
  }
}

/** The text that opens these containers again, each with what was kept of it. */
export function openingText(open: readonly OpenContainer[]): string {
  let text = ''
  for (const [depth, { kind, key, kept, known }] of open.entries()) {
    if (key !== '') text += `${key}:`
    if (kind === 'list') text += '['
    else {
      text += `{${kept.slice(0, known).join(',')}`
      if (known > 0 && depth < open.length - 1) text += ','
    }
  }
  return text
}

/** The text that closes these containers, each with what has been kept of it since. */
export function closingText(open: readonly OpenContainer[]): string {
  return open
    .map(({ kind, kept, known }) => (kind === 'list' ? ']' : `${['', ...kept.slice(known)].join(',')}}`))
    .reverse()
    .join('')
}

/**
 * Where an element of a slice stands in the whole body: a slice counts the elements of its lists from 0, and only the
 * first element of a list goes on where the last slice ended, so the lists within the others begin anew.
 */
export function pathInBody(open: readonly OpenContainer[], path: string): string {
  let there = ''
  let here = ''
  for (const { kind, key, passed } of open) {
    if (key !== '') {
      const name = quoted(key)
      there += there === '' ? name : `.${name}`
      here += here === '' ? name : `.${name}`
    }
    if (!path.startsWith(here)) return path
    if (kind === 'object') continue
    const index = /^\[(\d+)\]/.exec(path.slice(here.length))
    if (!index) return path
    there += `[${Number(index[1]) + passed}]`
    here += index[0]
    if (index[1] !== '0') break
  }
  return there + path.slice(here.length)
}
