import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type PackedSamples, type Sample, packSamples, unpackSamples, utcDate } from '@clarity/health-data'

/** As many samples are held as they are. */
const mostHeld = 200_000
/** What is packed beyond this is to be taken before more comes. */
const mostPackedBytes = 32 * 1024 * 1024
/** What is packed beyond this is deflated too: most uploads never come so far. */
const mostUndeflated = 12 * 1024 * 1024

export interface SpoolLimits {
  readonly held: number
  readonly packedBytes: number
}

/** Samples that came in any order and wait by the UTC date in which they start. */
export interface SampleSpool {
  /** `derivesIds` where no sample has an identity of its own: then none is kept. */
  add(samples: readonly Sample[], options?: { readonly derivesIds?: boolean }): void
  readonly isFull: boolean
  /** The dates of which samples wait, sorted. */
  dates(): string[]
  countOf(date: string): number
  /** Takes samples of a date: all, or, where those are many, at least `most` of them. */
  take(date: string, most: number): Sample[]
}

/** Samples of one date, deflated. */
interface Run {
  readonly bytes: Buffer
  readonly isDeflated: boolean
}

interface Waiting {
  held: Sample[]
  readonly runs: Run[]
  samples: number
}

/** A spool in memory: a few samples stay as they are, more are packed. */
export function createSampleSpool(
  { held: most, packedBytes: mostPacked }: SpoolLimits = { held: mostHeld, packedBytes: mostPackedBytes },
): SampleSpool {
  const byDate = new Map<string, Waiting>()
  let held = 0
  let packedBytes = 0

  const waitingOn = (date: string): Waiting => {
    let waiting = byDate.get(date)
    if (!waiting) byDate.set(date, (waiting = { held: [], runs: [], samples: 0 }))
    return waiting
  }
  const packHeld = (derivesIds: boolean): void => {
    for (const waiting of byDate.values()) {
      if (waiting.held.length === 0) continue
      const run = pack(waiting.held, { derivesIds, isDeflated: packedBytes > mostUndeflated })
      packedBytes += run.bytes.length
      waiting.runs.push(run)
      waiting.held = []
    }
    held = 0
  }

  return {
    add(samples, { derivesIds = false } = {}) {
      for (const sample of samples) {
        const waiting = waitingOn(utcDate(sample.start))
        waiting.held.push(sample)
        waiting.samples += 1
      }
      held += samples.length
      // Samples of such shapes are larger: each has texts of its own.
      if (held > (derivesIds ? most / 12 : most)) packHeld(derivesIds)
    },
    get isFull() {
      return packedBytes > mostPacked
    },
    dates: () => [...byDate.keys()].sort(),
    countOf: (date) => byDate.get(date)?.samples ?? 0,
    take(date, atLeast) {
      const waiting = byDate.get(date)
      if (!waiting) return []
      const taken = waiting.held
      waiting.held = []
      held -= taken.length
      while (taken.length < atLeast) {
        const run = waiting.runs.shift()
        if (!run) break
        packedBytes -= run.bytes.length
        for (const sample of unpack(run)) taken.push(sample)
      }
      waiting.samples -= taken.length
      if (waiting.samples === 0) byDate.delete(date)
      return taken
    },
  }
}

interface Packing {
  readonly derivesIds: boolean
  readonly isDeflated: boolean
}

function pack(samples: readonly Sample[], { derivesIds, isDeflated }: Packing): Run {
  const text = Buffer.from(JSON.stringify(packSamples(samples, { derivesIds })))
  // A copy: what zlib answers holds on to a whole chunk of its own, however short it is.
  return { bytes: isDeflated ? Buffer.from(deflateRawSync(text, { level: 1 })) : text, isDeflated }
}

function unpack({ bytes, isDeflated }: Run): Sample[] {
  const text = (isDeflated ? inflateRawSync(bytes) : bytes).toString('utf8')
  return unpackSamples(JSON.parse(text) as PackedSamples)
}
