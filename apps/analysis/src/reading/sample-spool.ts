import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type PackedSamples, type Sample, packSamples, shardsOf, unpackSamples } from '@clarity/health-data'
import { collectGarbage } from './collect-garbage.ts'

/** As many samples are held as they are. */
const mostHeld = 200_000
/** What is packed beyond this is to be taken before more comes. */
const mostPackedBytes = 6 * 1024 * 1024
/** A run has a few kilobytes: the usual window, tables and chunks would take a hundred times that, for each run anew. */
const deflating = { level: 1, windowBits: 12, memLevel: 4, chunkSize: 4096 }

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
type Run = Uint8Array

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
      const run = pack(waiting.held, derivesIds)
      packedBytes += run.length
      waiting.runs.push(run)
      waiting.held = []
    }
    held = 0
    collectGarbage()
  }

  return {
    add(samples, { derivesIds = false } = {}) {
      for (const [date, arriving] of shardsOf(samples)) {
        const waiting = waitingOn(date)
        for (const sample of arriving) waiting.held.push(sample)
        waiting.samples += arriving.length
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
        packedBytes -= run.length
        for (const sample of unpack(run)) taken.push(sample)
        collectGarbage()
      }
      waiting.samples -= taken.length
      if (waiting.samples === 0) byDate.delete(date)
      return taken
    },
  }
}

/** A copy of its own: what zlib answers, and a short buffer, hold on to a whole chunk that they share. */
function pack(samples: readonly Sample[], derivesIds: boolean): Run {
  return new Uint8Array(deflateRawSync(JSON.stringify(packSamples(samples, { derivesIds })), deflating))
}

function unpack(run: Run): Sample[] {
  return unpackSamples(JSON.parse(inflateRawSync(run).toString('utf8')) as PackedSamples)
}
