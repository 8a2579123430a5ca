import type { Sample } from './sample.ts'

/** The accepted samples of each type, in their order. */
export function acceptedByType(samples: readonly Sample[]): Map<string, Sample[]> {
  const byType = new Map<string, Sample[]>()
  for (const sample of samples) {
    if (sample.verdict !== 'accepted') continue
    const group = byType.get(sample.type)
    if (group) group.push(sample)
    else byType.set(sample.type, [sample])
  }
  return byType
}
