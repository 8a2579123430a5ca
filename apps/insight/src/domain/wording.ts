import { readsAsEnglish } from './english.ts'

const NOT_ENGLISH = 'is not written in English'

/** What no sentence of a model may speak of, whatever the measures say, and what a reader of the refusal is told. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\bdiagnos\w*|\bdisorder\w*|\bdisease\w*|\bsyndrome\w*|\bpatholog\w*/i, 'names a diagnosis'],
  [
    /\b(apn(o|)e(a|ic)|insomni\w*|depress\w*|bipolar|anxiety|dementia|alzheimer\w*|parkinson\w*|epilep\w*|narcolep\w*|migraines?|adhd|ptsd|burnout|panic attacks?|restless legs?)\b/i,
    'names a condition',
  ],
  [
    /\b(arrhythmi\w*|a[- ]?fib|atrial|fibrillation|tachycardi\w*|bradycardi\w*|heart (attacks?|failure)|cardiac arrest|strokes?|hypox\w*|hypertensi\w*|hypotensi\w*|diabet\w*|an(a|)emi\w*|\w*thyroid\w*|obes\w*|asthma\w*|copd|pneumonia|influenza|flu|covid\w*|infect\w*|cancer\w*|tumou?rs?)\b/i,
    'names a condition',
  ],
  [
    /\b(medicat\w*|medicines?|drugs?|pills?|tablets?|dos(e|es|age|ing)|prescri\w*|supplements?|vitamins?|magnesium|melatonin|cannabis|cbd|aspirin|ibuprofen|insulin|statins?|opioids?|antihistamines?|benzodiazepines?|beta[- ]blockers?|antidepressants?|sedatives?|sleeping aids?)\b/i,
    'speaks of medication',
  ],
  [
    /\b(suicid\w*|self[- ]harm|(kill|hurt|harm)(ing)? yourself|overdos\w*|die|dying|death|fatal|hopeless)\b/i,
    'speaks of a crisis',
  ],
  [
    /\byou are (perfectly |completely )?healthy\b|\bno need to (see|speak|consult|worry)\b|\bnothing to worry\b|\bstop seeing\b/i,
    'reassures as only a clinician may',
  ],
  [/<\s*\/?\s*[a-z!][^>]*>|`|\*[^*]+\*|__|\]\(|^\s*(#|[-*•]\s)/im, 'is no plain text'],
  [/\b[a-z]+:\/\/|\bwww\.|\b(javascript|data|mailto):|\b[\w-]+\.(com|org|net|io)\b/i, 'holds a link'],
  [/[^\P{C}\n\r\t]/u, 'holds characters that nobody sees'],
  [/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]/u, NOT_ENGLISH],
  [
    /\bPAT\b|\b([Tt]ransformers?|[Ee]mbeddings?|[Nn]eural)\b/,
    'rests on the transformer, which is not validated',
  ],
]

/** What is wrong with the wording of a text, in words that hold no number and nothing of the text. */
export function wordingFaults(text: string): string[] {
  const forbidden = FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(([, fault]) => fault)
  return [...new Set([...forbidden, ...(readsAsEnglish(text) ? [] : [NOT_ENGLISH])])]
}
