import { permitted } from './permissions.ts'

const caller = { userId: 'u1', email: 'a@example.com', emailVerified: true }

describe('permitted', () => {
  it('answers the user whose role allows it', () => {
    expect(permitted({ ...caller, role: 'patient' }, 'write_own_data')).toBe('u1')
  })

  it('refuses a role that does not', () => {
    expect(() => permitted({ ...caller, role: 'researcher' }, 'read_own_data')).toThrow(
      expect.objectContaining({ kind: 'forbidden' }),
    )
  })
})
