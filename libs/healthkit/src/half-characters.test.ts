import { detectShape } from './detect-shape.ts'

const context = { uploadId: 'upload-1', receivedAt: Date.parse('2026-03-20T00:00:00Z') }
const half = '\ud83d'
const start_date = '2026-03-02T08:00:00Z'
const sample = (fields: object) => ({ value: 1, unit: 'count', start_date, end_date: start_date, ...fields })

describe('half a character', () => {
  it.each([
    ['in a type', sample({ identifier: `Type${half}` })],
    ['in the type of what is refused', sample({ identifier: `Type${half}`, start_date: 5 })],
    ['where a type is cut', sample({ identifier: `${'t'.repeat(199)}😀`, start_date: null })],
    ['in the name of a source', sample({ identifier: 'Type', source_name: half })],
    ['where a name is cut', sample({ identifier: 'Type', source_name: `${'n'.repeat(255)}😀` })],
  ])('%s is in none of the texts that are kept', (_where, odd) => {
    const root = { quantity_samples: [odd], category_samples: [] }
    const [reading] = [...detectShape(root)!.read(root, context, '')]
    const texts =
      reading?.kind === 'sample'
        ? [reading.sample.type, reading.sample.source.name ?? '']
        : reading?.kind === 'rejection'
          ? [reading.rejection.type ?? '', reading.rejection.path]
          : []
    expect(texts).toHaveLength(2)
    expect(texts.filter((text) => !text.isWellFormed())).toEqual([])
    expect(texts.join('')).toContain('\ufffd')
  })
})
