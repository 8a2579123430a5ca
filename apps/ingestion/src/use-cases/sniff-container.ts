import type { ContainerFormat } from '@clarity/contracts'
import { malformed } from '@clarity/failure'

const MAX_WHITE_SPACE = 64 * 1024
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04]
const [NEWLINE, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, LESS_THAN] = [0x0a, 0x7b, 0x7d, 0x5b, 0x3c]

/** Looks at a body while it passes. */
export interface ContainerSniffer {
  /** Fails as `malformed` as soon as the first bytes are those of no container. */
  push(chunk: Buffer): void
  /** The container, once the whole body has passed; fails as `malformed` where there was none. */
  end(): ContainerFormat
}

/**
 * Tells the container from the first bytes: `{` or `[` JSON, `<` XML, zip magic zip, after an optional byte-order
 * mark and up to 64 KiB of white space. JSON is NDJSON where the first line ends with `}` and the next begins with
 * `{` (valid JSON cannot), or where a body of one line was declared as NDJSON.
 */
export function createContainerSniffer(declaredNdjson: boolean): ContainerSniffer {
  const start = createStartReader()
  const lines = createLineReader()
  let container: Start | undefined
  return {
    push(chunk) {
      let from = 0
      while (container === undefined && from < chunk.length) container = start(chunk[from++] as number)
      if (container === 'object') lines.push(chunk.subarray(from))
    },
    end() {
      if (container === undefined) throw notHealthData()
      if (container === 'object') return lines.isNdjson(declaredNdjson) ? 'ndjson' : 'json'
      return container
    },
  }
}

type Start = 'object' | 'json' | 'xml' | 'zip'

/** Takes the first bytes one by one; answers what begins there as soon as it is known. */
function createStartReader(): (byte: number) => Start | undefined {
  let markSeen = 0
  let whiteSpace = 0
  let magicSeen = 0
  return (byte) => {
    if (magicSeen > 0) {
      if (byte !== ZIP_MAGIC[magicSeen]) throw notHealthData()
      magicSeen += 1
      return magicSeen === ZIP_MAGIC.length ? 'zip' : undefined
    }
    if (whiteSpace === 0 && byte === BYTE_ORDER_MARK[markSeen]) {
      markSeen += 1
      return undefined
    }
    if (markSeen > 0 && markSeen < BYTE_ORDER_MARK.length) throw notHealthData()
    if (isWhiteSpace(byte)) {
      whiteSpace += 1
      if (whiteSpace > MAX_WHITE_SPACE) throw notHealthData()
      return undefined
    }
    if (byte === OPEN_BRACE) return 'object'
    if (byte === OPEN_BRACKET) return 'json'
    if (byte === LESS_THAN) return 'xml'
    if (byte !== ZIP_MAGIC[0]) throw notHealthData()
    magicSeen = 1
    return undefined
  }
}

interface LineReader {
  push(chunk: Buffer): void
  isNdjson(declared: boolean): boolean
}

/** Keeps of the first line its last byte and of the second its first: enough to tell lines from one document. */
function createLineReader(): LineReader {
  let lineEnd: number | undefined
  let nextStart: number | undefined
  let inFirstLine = true
  return {
    push(chunk) {
      let from = 0
      if (inFirstLine) {
        const newline = chunk.indexOf(NEWLINE)
        const line = newline === -1 ? chunk : chunk.subarray(0, newline)
        let at = line.length - 1
        while (at >= 0 && isWhiteSpace(line[at])) at -= 1
        lineEnd = line[at] ?? lineEnd
        if (newline === -1) return
        inFirstLine = false
        from = newline
      }
      if (nextStart !== undefined) return
      // A loop: a body can be millions of line ends, and a call for each would take seconds.
      while (from < chunk.length && isWhiteSpace(chunk[from])) from += 1
      nextStart = chunk[from]
    },
    isNdjson: (declared) =>
      lineEnd === CLOSE_BRACE && (nextStart === OPEN_BRACE || (declared && nextStart === undefined)),
  }
}

function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09
}

function notHealthData(): Error {
  return malformed({
    code: 'not-health-data',
    detail: 'The body begins like none of JSON, NDJSON, XML and zip.',
  })
}
