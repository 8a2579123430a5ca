import fc from 'fast-check'
import { type Schema, fillSchema } from './fill-schema.ts'
import { promptMeasures } from './prompt-measures.ts'

const MEASURES = promptMeasures('- sleep.asleep = 432 min\n- heart.resting = 58 /min')

const leaf: fc.Arbitrary<Schema> = fc.constantFrom<Schema>(
  { type: 'STRING' },
  { type: 'STRING', enum: ['a', 'b'] },
  { type: 'INTEGER', minimum: 3, maximum: 9 },
  { type: 'NUMBER', maximum: -1 },
  { type: 'BOOLEAN' },
)
const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({
      type: fc.constant('ARRAY'),
      items: tie('schema'),
      minItems: fc.nat(4),
      maxItems: fc.constant(5),
    }),
    fc.record({
      type: fc.constant('OBJECT'),
      properties: fc.dictionary(fc.string({ minLength: 1 }), tie('schema')),
    }),
  ),
}))

function fits(value: unknown, to: Schema): boolean {
  if (to.type === 'STRING') return typeof value === 'string' && (to.enum?.includes(value) ?? true)
  if (to.type === 'BOOLEAN') return typeof value === 'boolean'
  if (to.type === 'INTEGER' || to.type === 'NUMBER') {
    return (
      typeof value === 'number' && value >= (to.minimum ?? -Infinity) && value <= (to.maximum ?? Infinity)
    )
  }
  if (to.type === 'ARRAY') {
    const size = Array.isArray(value) ? value.length : -1
    return (
      size >= Number(to.minItems) &&
      size <= Number(to.maxItems) &&
      (value as unknown[]).every((item) => fits(item, to.items ?? {}))
    )
  }
  const properties = Object.entries(to.properties ?? {})
  return properties.every(([name, property]) => fits((value as Record<string, unknown>)[name], property))
}

describe('fillSchema', () => {
  test('the value fits any schema it is given', () => {
    fc.assert(fc.property(schema, (to) => fits(fillSchema(to, MEASURES), to)))
  })

  test('a prompt without measures still fills the schema', () => {
    expect(fillSchema({ type: 'OBJECT', properties: { text: { type: 'STRING' } } }, [])).toEqual({
      text: 'The prompt holds no measures.',
    })
  })

  test('the first of several alternatives is taken', () => {
    expect(fillSchema({ anyOf: [{ type: 'BOOLEAN' }, { type: 'STRING' }] }, MEASURES)).toBe(true)
  })
})

describe('promptMeasures', () => {
  test.each([
    ['- a.b = 0.92 ratio', { name: 'a.b', value: '0.92', unit: 'ratio', label: 'b' }],
    ['steps: 8,123 steps/day', { name: 'steps', value: '8,123', unit: 'steps/day', label: 'steps' }],
    ['  "hr": 58,', { name: 'hr', value: '58', unit: '', label: 'hr' }],
    [
      '* l5_onset = 01:30 local time (quiet hours)',
      { name: 'l5_onset', value: '01:30', unit: 'local time', label: 'quiet hours' },
    ],
    ['- s.n = 0.6 (steadiness)', { name: 's.n', value: '0.6', unit: '', label: 'steadiness' }],
    ['- drop_at_night = -3 ms', { name: 'drop_at_night', value: '-3', unit: 'ms', label: 'drop at night' }],
  ])('reads %s', (line, measure) => {
    expect(promptMeasures(line)).toEqual([measure])
  })

  test('passes over prose', () => {
    expect(promptMeasures('Write three sentences about 2 weeks.')).toEqual([])
  })
})
