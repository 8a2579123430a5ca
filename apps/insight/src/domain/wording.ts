/** What no sentence of a model may speak of, whatever the measures say, and what a reader of the refusal is told. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\bdiagnos\w*|\bdisorders?\b|\bdisease\w*|\bsyndrome\w*|\bpatholog\w*/i, 'names a diagnosis'],
  [
    /\b(apn(o|)ea|insomnia|depress\w*|bipolar|anxiety|dementia|alzheimer\w*|arrhythmia|fibrillation|tachycardia|bradycardia|hypox\w*|hypertensi\w*|diabet\w*|covid\w*|infection)\b/i,
    'names a condition',
  ],
  [
    /\b(medicat\w*|medicines?|drugs?|pills?|tablets?|dos(e|es|age|ing)|prescri\w*|supplements?|melatonin|aspirin|ibuprofen|beta[- ]blockers?|antidepressants?|sedatives?|sleeping aids?)\b/i,
    'speaks of medication',
  ],
  [
    /\b(suicid\w*|self[- ]harm|kill yourself|overdos\w*|die|dying|death|fatal|hopeless)\b/i,
    'speaks of a crisis',
  ],
  [/<\s*\/?\s*[a-z!][^>]*>|https?:\/\/|```|\*\*|\]\(/i, 'is no plain text'],
  [/\b(PAT|transformer|embedding|neural)\b/, 'rests on the transformer, which is not validated'],
]

/** What is wrong with the wording of a text, in words that hold no number and nothing of the text. */
export function wordingFaults(text: string): string[] {
  return FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(([, fault]) => fault)
}
