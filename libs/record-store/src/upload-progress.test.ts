import { advanced, begun, failed, receivedProgress, reopened, restarted } from './upload-progress.ts'
import type { UploadRecord } from './upload-record.ts'

const received = {
  ...receivedProgress('2026-03-01T00:00:00.000Z'),
  received_at: '2026-03-01T00:00:00.000Z',
  published_at: '2026-03-01T00:00:01.000Z',
  announced: { a: '2026-03-01T00:00:09.000Z' },
  error: null,
} as unknown as UploadRecord
const at = '2026-03-01T00:00:05.000Z'
const states = (upload: UploadRecord): string => upload.stages.map(({ status }) => status[0]).join('')

describe('upload progress', () => {
  it('starts with the first of seven stages behind it', () => {
    expect(states(received)).toBe('cpppppp')
    expect(received).toMatchObject({ status: 'received', stage: 'received', progress: 0.14 })
  })

  it('keeps an upload received until analysis takes it up', () => {
    const stored = advanced(received, { at, stage: 'stored', generation: '7' })
    expect(stored).toMatchObject({ status: 'received', stage: 'stored', generation: '7' })
    expect(states(stored)).toBe('ccppppp')
    const processing = advanced(stored, { at, status: 'processing' })
    expect(processing.status).toBe('processing')
    expect(states(processing)).toBe('ccrpppp')
  })

  it('completes the stages before the one that is reached', () => {
    const merged = advanced(received, { at, stage: 'merged' })
    expect(merged).toMatchObject({ status: 'processing', stage: 'merged', progress: 0.57 })
    expect(states(merged)).toBe('ccccrpp')
  })

  it('never moves back to a stage or a status that is passed', () => {
    const merged = advanced(received, { at, stage: 'merged' })
    const again = advanced(merged, { at: '2026-03-01T00:00:06.000Z', stage: 'parsed' })
    expect(again).toEqual(merged)
  })

  it('skips what a completed upload did not need', () => {
    const completed = advanced(received, { at, stage: 'merged', status: 'completed' })
    expect(completed).toMatchObject({ status: 'completed', stage: 'merged', progress: 1 })
    expect(states(completed)).toBe('ccccsss')
  })

  it('leaves a completed upload as it is, whatever comes', () => {
    const completed = advanced(received, { at, status: 'completed' })
    expect(advanced(completed, { at, stage: 'narrated' })).toBe(completed)
    expect(failed(completed, { at, error: { code: 'x', title: 'X' } })).toBe(completed)
    expect(restarted(completed)).toBe(completed)
    expect(reopened(completed)).toBe(completed)
  })

  it('fails in the stage that was under way', () => {
    const broken = failed(advanced(received, { at, stage: 'stored', status: 'processing' }), {
      at,
      error: { code: 'malformed_body', title: 'Malformed body' },
    })
    expect(broken).toMatchObject({ status: 'failed', stage: 'stored', error: { code: 'malformed_body' } })
    expect(states(broken)).toBe('ccfpppp')
    expect(advanced(broken, { at, stage: 'parsed' })).toBe(broken)
  })

  it('starts a failed upload again as if it had just come in', () => {
    const broken = failed(advanced(received, { at, stage: 'predicted', analysis_id: 'a' }), {
      at,
      error: { code: 'exhausted', title: 'Exhausted' },
    })
    const again = restarted(broken)
    expect(again).toMatchObject({
      status: 'received',
      error: null,
      published_at: null,
      announced: {},
      analysis_id: null,
    })
    expect(states(again)).toBe('cpppppp')
  })

  it('goes on in the stage that failed when a message is replayed', () => {
    const broken = failed(advanced(received, { at, stage: 'predicted' }), {
      at,
      error: { code: 'exhausted', title: 'Exhausted' },
    })
    const again = reopened(broken)
    expect(again).toMatchObject({ status: 'processing', error: null, stage: 'predicted' })
    expect(states(again)).toBe('ccccccr')
  })

  it('is taken up for reading once it is stored, also where that failed, and never once it is completed', () => {
    const taken = begun(received, { at, generation: '7' })
    expect(taken).toMatchObject({ status: 'processing', stage: 'stored', generation: '7' })
    const broken = failed(taken, { at, error: { code: 'exhausted', title: 'Exhausted' } })
    expect(begun(broken, { at, generation: '7' })).toMatchObject({ status: 'processing', error: null })
    const completed = advanced(taken, { at, status: 'completed' })
    expect(begun(completed, { at, generation: '7' })).toBe(completed)
  })

  it('keeps the first hundred rejections', () => {
    const rejections = Array.from({ length: 101 }, (_, index) => ({
      path: `${index}`,
      type: null,
      reason: 'r',
    }))
    expect(advanced(received, { at, rejections }).rejections).toHaveLength(100)
  })
})
