import type { Sample } from './sample.ts'
import { compareText } from './settle.ts'

/** Samples by start, then by identity. Those of one shard, or of shards one after the other, are so already. */
export function inOrder(samples: readonly Sample[]): readonly Sample[] {
  for (let index = 1; index < samples.length; index += 1) {
    if (byStart(samples[index - 1] as Sample, samples[index] as Sample) > 0) return [...samples].sort(byStart)
  }
  return samples
}

function byStart(left: Sample, right: Sample): number {
  return left.start - right.start || compareText(left.id, right.id)
}
