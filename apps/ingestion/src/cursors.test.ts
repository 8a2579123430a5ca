import { createCursors } from './cursors.ts'

const cursors = createCursors('a key of this test')
const place = { at: '2026-03-01T00:00:00.000Z', id: 'i1' }

describe('cursors', () => {
  it('come back as they were written', () => {
    expect(cursors.read(cursors.write(place, 'insights/u1'), 'insights/u1')).toEqual(place)
  })

  it('are refused when altered, cut, made with another key, or used for another list', () => {
    const text = cursors.write(place, 'insights/u1')
    const [payload, signature] = text.split('.')
    const other = Buffer.from(JSON.stringify(['2026-03-02', 'i2'])).toString('base64url')
    const foreign = createCursors('another key').write(place, 'insights/u1')
    for (const bad of [`${other}.${signature}`, `${payload}`, `${payload}.AAAA`, 'x', '.', foreign]) {
      expect(() => cursors.read(bad, 'insights/u1')).toThrow(expect.objectContaining({ kind: 'invalid' }))
    }
    const last = text.slice(0, -1)
    const respelt = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].map(
      (end) => last + end,
    )
    for (const bad of [...respelt.filter((other) => other !== text), `${text}.x`, `${text}=`, `${text}!`]) {
      expect(() => cursors.read(bad, 'insights/u1')).toThrow(expect.objectContaining({ kind: 'invalid' }))
    }
    expect(() => cursors.read(text, 'insights/u2')).toThrow(expect.objectContaining({ kind: 'invalid' }))
  })
})
