import { pseudonym } from './pseudonym.ts'
import { currentContext, runWithContext, setContext } from './request-context.ts'

describe('the request context', () => {
  it('follows the request through everything it waits for', async () => {
    await runWithContext({ request_id: 'r1' }, async () => {
      await Promise.resolve()
      setContext({ upload_id: 'up1' })
      expect(currentContext()).toEqual({ request_id: 'r1', upload_id: 'up1' })
    })
  })

  it('is not shared between requests', async () => {
    const context = (id: string) =>
      runWithContext({ request_id: id }, async () => {
        await Promise.resolve()
        return currentContext().request_id
      })
    expect(await Promise.all([context('a'), context('b')])).toEqual(['a', 'b'])
  })

  it('is empty outside a request, and setting it there does nothing', () => {
    setContext({ upload_id: 'up1' })
    expect(currentContext()).toEqual({})
  })
})

it('a pseudonym is 16 hex digits that depend on the id and the key', () => {
  expect(pseudonym('user', 'key')).toMatch(/^[0-9a-f]{16}$/)
  expect(pseudonym('user', 'key')).toBe(pseudonym('user', 'key'))
  expect(pseudonym('user', 'key')).not.toBe(pseudonym('user', 'other key'))
  expect(pseudonym('user', 'key')).not.toBe(pseudonym('other user', 'key'))
})
