import { createHmac, timingSafeEqual } from 'node:crypto'
import { invalid } from '@clarity/failure'
import type { Cursor } from '@clarity/record-store'
import { z } from 'zod'

const cursorSchema = z.tuple([z.string(), z.string()])

/** Cursors as clients see them: opaque text that nobody can alter or use for another list or person. */
export interface Cursors {
  write(cursor: Cursor, scope: string): string
  /** Fails as `invalid` for anything that was not written here for the same scope. */
  read(text: string, scope: string): Cursor
}

/** Cursors signed by HMAC-SHA256 under the key; the scope is signed with them. */
export function createCursors(key: string): Cursors {
  const sign = (payload: string, scope: string): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([scope, payload]))
      .digest('base64url')
  return {
    write: ({ at, id }, scope) => {
      const payload = Buffer.from(JSON.stringify([at, id])).toString('base64url')
      return `${payload}.${sign(payload, scope)}`
    },
    read: (text, scope) => {
      const payload = text.split('.', 1)[0] as string
      // Compared as text: base64url has several spellings of one signature.
      const given = Buffer.from(text)
      const right = Buffer.from(`${payload}.${sign(payload, scope)}`)
      if (given.length !== right.length || !timingSafeEqual(given, right)) throw invalidCursor()
      const [at, id] = cursorSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
      return { at, id }
    },
  }
}

function invalidCursor(): Error {
  return invalid({
    code: 'invalid-cursor',
    detail: 'The cursor is not one that this list gave.',
    errors: [{ path: 'cursor', reason: 'is not valid here' }],
  })
}
