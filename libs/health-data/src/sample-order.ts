import type { Sample } from './sample.ts'
import { compareText } from './settle.ts'

/** Samples by start, then by identity. Those of one shard, or of shards one after the other, are so already. */
export function inOrder(samples: readonly Sample[]): readonly Sample[] {
  const isSorted = samples.every(
    (sample, index) => index === 0 || byStart(samples[index - 1] as Sample, sample) <= 0,
  )
  return isSorted ? samples : [...samples].sort(byStart)
}

function byStart(left: Sample, right: Sample): number {
  return left.start - right.start || compareText(left.id, right.id)
}
