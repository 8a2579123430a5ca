import { events } from './events.ts'

describe('what an upload held', () => {
  it('is told by verdict, whatever its types are called', () => {
    const verdicts = { accepted: 2, duplicate: 0, implausible: 0, deleted: 0, unknown: 1, rejected: 0 }
    const counts = { ...verdicts, by_type: { toString: 1, valueOf: 2 } }
    expect(() => events.uploadRead({ shape: 'health_auto_export', counts })).not.toThrow()
  })
})
