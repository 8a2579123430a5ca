import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sender } from './send-hostile.ts'

/** A request that no HTTP client would send, and what its connection carries back until the service closes it. */
export interface BrokenRequest {
  readonly title: string
  /** Header lines beside those of every upload. */
  readonly headers: string
  readonly body?: string
  /** The client sends no more, but does not say so: the service must lose patience. */
  readonly isSilent?: true
  readonly answers: readonly (readonly [status: number, slug: string | undefined])[]
}

const chunked = 'Transfer-Encoding: chunked\r\n'
const tooSlow = [[408, 'body-timed-out']] as const
const noHttp = [[400, 'malformed']] as const

/** Requests that lie about their length, stall, or are too much before they begin. */
export const brokenRequests: readonly BrokenRequest[] = [
  { title: 'chunks that stall', headers: chunked, body: '1\r\n[\r\n', isSilent: true, answers: tooSlow },
  { title: 'chunks that never begin', headers: chunked, isSilent: true, answers: tooSlow },
  {
    title: 'fewer bytes than their length says, and silence',
    headers: 'Content-Length: 100\r\n',
    body: '[{"a":1}',
    isSilent: true,
    answers: tooSlow,
  },
  {
    title: 'fewer bytes than their length says, and the end',
    headers: 'Content-Length: 100\r\n',
    body: '[{"a":1}',
    answers: noHttp,
  },
  {
    title: 'more bytes than their length says',
    headers: 'Content-Length: 2\r\n',
    body: '{}"quantity_samples":[]}',
    answers: noHttp,
  },
  { title: 'a chunk whose size is none', headers: chunked, body: 'zz\r\n[]\r\n0\r\n\r\n', answers: noHttp },
  {
    title: 'a length beside chunks',
    headers: `Content-Length: 2\r\n${chunked}`,
    body: '2\r\n[]\r\n0\r\n\r\n',
    answers: noHttp,
  },
  {
    title: 'two lengths',
    headers: 'Content-Length: 2\r\nContent-Length: 3\r\n',
    body: '{}',
    answers: noHttp,
  },
  {
    title: 'a flood of headers',
    headers: 'X-Many: 1\r\n'.repeat(5000),
    answers: [[431, 'headers-too-large']],
  },
]

/** Sends it on a connection of its own and answers what came back, in order. */
export async function answersTo(
  { system, token }: Sender,
  { headers, body = '', isSilent }: BrokenRequest,
): Promise<BrokenRequest['answers']> {
  const socket = connect(Number(new URL(system.services.ingestion.url).port), '127.0.0.1')
  // Where the service closes before it has read all, the rest breaks the pipe.
  socket.on('error', () => undefined)
  socket.write(
    `POST /api/v1/health-data/upload HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\n${headers}\r\n${body}`,
  )
  const received = text(socket)
  if (!isSilent) void delay(200).then(() => socket.end())
  const heads = (await received).matchAll(/HTTP\/1\.1 (\d{3}).*?\r\n\r\n(?:\{"type":"[^"]*\/([^"/]*)")?/gs)
  return Array.from(heads, ([, status, slug]) => [Number(status), slug] as const)
}
