import { detectShape } from '@clarity/healthkit'
import type { Counts } from './hostile/hostile-body.ts'
import { besideGoodOnes, oddSamples } from './hostile/odd-samples.ts'

/**
 * What reading makes of each odd sample alone. That the whole system makes the same of all of them in one body, the test
 * of hostile bodies shows.
 */
describe('an odd sample gets its verdict:', () => {
  it.each(oddSamples.map((sample) => [sample.title, sample] as const))('%s', (_title, sample) => {
    const { text, end } = besideGoodOnes([sample])
    expect(verdicts(text)).toEqual({ counts: end.counts, rejections: end.rejections })
  })
})

function verdicts(text: string): { counts: Counts; rejections: string[] } {
  const root: unknown = JSON.parse(text)
  const context = {
    uploadId: 'upload-1',
    receivedAt: Date.parse('2026-03-20T00:00:00Z'),
    uploadTimezone: 'UTC',
  }
  const counts: Record<string, number> = {}
  const rejections: string[] = []
  for (const reading of detectShape(root)!.read(root, context, '')) {
    const verdict = reading.kind === 'sample' ? reading.sample.verdict : 'rejected'
    counts[verdict] = (counts[verdict] ?? 0) + 1
    if (reading.kind === 'rejection') rejections.push(`${reading.rejection.path} ${reading.rejection.reason}`)
  }
  return { counts, rejections }
}
