import { gzipSync } from 'node:zlib'
import { type HostileBody, completed, envelope, pulse } from './hostile-body.ts'

const one = completed({ accepted: 1 })
let rows = 0
/** Of a minute of its own, at which no other body has a sample. */
const good = () => envelope([pulse(1000 + (rows += 1))])

function sent(title: string, more: Omit<HostileBody, 'title' | 'bytes' | 'end'>): HostileBody {
  return { title, bytes: () => Buffer.from(good()), end: one, isUnaffected: true, ...more }
}

/** Good bodies under headers that are wrong, odd or lies. */
export const oddHeaders: readonly HostileBody[] = [
  sent('JSON that is said to be a zip', { contentType: 'application/zip' }),
  sent('JSON that is said to be XML', { contentType: 'text/xml' }),
  sent('a type in capitals with a wrong character set', { contentType: 'APPLICATION/JSON; charset=utf-7' }),
  sent('a zone that is none', { headers: { 'x-timezone': 'Mars/Olympus_Mons' } }),
  sent('a zone that is a path', { headers: { 'x-timezone': '../../etc/localtime' } }),
  sent('a zone of 4 kB', { headers: { 'x-timezone': 'A/'.repeat(2000) } }),
  sent('a trace that is none', { headers: { traceparent: '00-xyz-1-zz' } }),
  sent('a trace of zeros', { headers: { traceparent: `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01` } }),
  sent('a request id with a line’s end in it', { headers: { 'x-request-id': '%0d%0aSet-Cookie: a=b' } }),
  sent('a request id of 4 kB', { headers: { 'x-request-id': 'r'.repeat(4000) } }),
  sent('a key that is a path', { headers: { 'idempotency-key': '../../users/other' } }),
  sent('a key that Firestore keeps for itself', { headers: { 'idempotency-key': '__proto__' } }),
  sent('a key of Latin-1', { headers: { 'idempotency-key': 'clé-ÿ' } }),
  sent('an empty key', { headers: { 'idempotency-key': '  ' } }),
  sent('another person’s id', {
    headers: { 'x-user-id': 'somebody', 'x-goog-authenticated-user-id': 'somebody' },
  }),
  {
    title: 'zeros behind the end of gzip',
    bytes: () => Buffer.concat([gzipSync(good()), Buffer.alloc(512)]),
    headers: { 'content-encoding': 'gzip' },
    end: one,
    isUnaffected: true,
  },
  {
    title: 'two gzip members after each other',
    bytes: () => {
      const text = good()
      return Buffer.concat([gzipSync(text.slice(0, 40)), gzipSync(text.slice(40))])
    },
    headers: { 'content-encoding': 'gzip' },
    end: one,
    isUnaffected: true,
  },
]
