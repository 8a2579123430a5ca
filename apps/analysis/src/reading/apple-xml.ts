import { createAppleExportReader, type ReadContext, type Reading } from '@clarity/healthkit'
import { SaxesParser } from 'saxes'
import { elementTooLarge, malformedBody } from './failures.ts'

const root = 'HealthData'
const rootStart = /<HealthData[\s/>]/
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const characterReference = /&#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}));/g
const longestReference = 12
/** What stands between two tags is held until the second one, and what is open until its end. */
const longestWithoutTag = 4 * 1024 * 1024
const deepestNesting = 20_000

function isLegal(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}

/** Drops characters that XML forbids, as themselves or as references: real exports hold U+000B in metadata. */
function withoutIllegal(text: string): string {
  return text
    .replace(illegal, '')
    .replace(characterReference, (reference, hex: string | undefined, decimal: string | undefined) =>
      isLegal(hex === undefined ? Number(decimal) : parseInt(hex, 16)) ? reference : '',
    )
}

/** Keeps the parser from holding more than any export needs. */
function createBounds() {
  let depth = 0
  let withoutTag = 0
  return {
    open(): void {
      withoutTag = 0
      depth += 1
      if (depth > deepestNesting) throw malformedBody('The export is nested too deeply.')
    },
    close(): void {
      withoutTag = 0
      depth -= 1
    },
    read(text: string): void {
      withoutTag += text.length
      if (withoutTag > longestWithoutTag) throw elementTooLarge(longestWithoutTag)
    },
  }
}

/** Takes the text of an `export.xml` piece by piece. */
export interface AppleXml {
  /** What the elements completed by this piece read as. */
  push(text: string): Reading[]
  /** Whether the root has begun, and whether it has ended; what follows it is ignored. */
  readonly state: 'before' | 'inside' | 'after'
}

/**
 * A parser of Apple's export. It starts at the root element, so that the broken document type of iOS 16 is never seen
 * and no entity but XML's own five is known; it ends with the root's end. Broken XML and nesting without an end fail as
 * `malformed_body`, a tag or text beyond 4 MiB as `too_large`.
 */
export function createAppleXml(context: ReadContext): AppleXml {
  const reader = createAppleExportReader(context)
  const parser = new SaxesParser({ position: false, xmlns: false })
  let state: AppleXml['state'] = 'before'
  let held = ''
  const bounds = createBounds()
  let readings: Reading[] = []
  parser.on('error', (error) => {
    // The parser closes the root before it says that it was closed by another name.
    if (state === 'inside' || error.message.includes('unexpected close tag'))
      throw malformedBody('The export is not well-formed XML.', new Error(error.name))
  })
  parser.on('opentag', ({ name, attributes }) => {
    bounds.open()
    if (state === 'inside') reader.open(name, attributes as Record<string, string>)
  })
  parser.on('closetag', ({ name }) => {
    bounds.close()
    if (state !== 'inside') return
    const reading = reader.close(name)
    if (reading) readings.push(reading)
    if (name === root) state = 'after'
  })

  /** Text from the root on, without what may be the first half of a reference. */
  const take = (text: string): string => {
    held += text
    if (state === 'before') {
      const start = rootStart.exec(held)
      if (!start) {
        held = held.slice(-root.length - 2)
        return ''
      }
      held = held.slice(start.index)
      state = 'inside'
    }
    const reference = held.lastIndexOf('&')
    const end = reference >= 0 && held.length - reference <= longestReference ? reference : held.length
    const ready = held.slice(0, end)
    held = held.slice(end)
    return withoutIllegal(ready)
  }

  return {
    push(text) {
      if (state === 'after') return []
      readings = []
      const ready = take(text)
      bounds.read(ready)
      if (ready !== '') parser.write(ready)
      return readings
    },
    get state() {
      return state
    },
  }
}
