import fc from 'fast-check'
import { envelope, pulse } from './hostile-body.ts'

export const SEED = 20_260_302

/** Of one day: what is asked is how they are read, and an analysis of every one would take long. */
const bodies = [3, 40].map((samples) =>
  Buffer.from(envelope(Array.from({ length: samples }, (_, minute) => pulse(minute)))),
)
const values = ['null', '{}', '[]', '""', '-1', '1e999', '"\\ud800"', '"__proto__"', '"9999-12-31T23:59:59Z"']
const member = /:("[^"]*"|-?[\d.]+)/g

const mutation = fc.record({
  body: fc.constantFrom(...bodies),
  places: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...values)), {
    minLength: 1,
    maxLength: 4,
  }),
  cutAt: fc.option(fc.double({ min: 0.5, max: 1, noNaN: true }), { freq: 6 }),
})

/** Bodies of clients in which some values are others, or of which the end is missing; the same every time. */
export function mutatedBodies(count: number): Buffer[] {
  return fc.sample(mutation, { numRuns: count, seed: SEED }).map(({ body, places, cutAt }, index) => {
    const whole = places.reduce((text, [at, value]) => exchanged(text, at, value), body.toString('utf8'))
    const text = cutAt === null ? whole : whole.slice(0, Math.max(2, Math.floor(cutAt * whole.length)))
    // No two are the same upload.
    return Buffer.from(' '.repeat(index) + text)
  })
}

function exchanged(text: string, at: number, value: string): string {
  member.lastIndex = Math.floor(at * text.length)
  const found = member.exec(text)
  return found ? `${text.slice(0, found.index)}:${value}${text.slice(member.lastIndex)}` : text
}
