// A service for tests, run as its own process: it calls out over HTTP and gRPC as the real ones do.
import { Client, credentials } from '@grpc/grpc-js'
import type { PushMessage } from '@clarity/contracts'
import { logger, withSpan } from '@clarity/telemetry'
import { z } from 'zod'
import {
  commonEnv,
  commonEnvToConfig,
  createService,
  exitOnBadEnv,
  ok,
  parseEnv,
  pushRoute,
  route,
  runUntilSignal,
} from '../src/index.ts'

const schema = z.object({ ...commonEnv, UPSTREAM: z.string().min(1), GRPC_UPSTREAM: z.string().min(1) })
const env = exitOnBadEnv(() => parseEnv(schema, process.env))
const grpc = new Client(env.GRPC_UPSTREAM, credentials.createInsecure())

const echo = route({
  method: 'GET',
  path: '/echo/:word',
  auth: 'none',
  params: z.object({ word: z.string() }),
  handle: async ({ params }) => {
    await (await fetch(`${env.UPSTREAM}/secret-path/${params.word}`)).text()
    await new Promise((resolve) => {
      const bytes = (buffer: Buffer): Buffer => buffer
      grpc.makeUnaryRequest('/test.Echo/Say', bytes, bytes, Buffer.from(params.word), resolve)
    })
    logger.info({}, 'echoed')
    process.emitWarning('canary of a warning', 'TestWarning')
    return ok(params)
  },
})

const slow = route({
  method: 'GET',
  path: '/slow',
  auth: 'none',
  handle: async () => {
    logger.info({}, 'slow request began')
    await new Promise((resolve) => setTimeout(resolve, 500))
    return ok({ done: true })
  },
})

const crash = route({
  method: 'GET',
  path: '/crash',
  auth: 'none',
  handle: () => {
    setImmediate(() => {
      throw new TypeError('canary of a crash')
    })
    return ok({})
  },
})

const push = pushRoute({
  path: '/push/echo',
  verify: () => Promise.resolve(),
  bus: {
    parsePush: (body) => body as PushMessage,
    processPush: (_message, handler) => withSpan('process echo', {}, handler),
  },
  eventType: 'upload.received',
  schema: z.unknown(),
  handle: () => Promise.resolve(),
})

await runUntilSignal(
  createService({
    name: 'echo',
    config: commonEnvToConfig(env),
    routes: [echo, slow, crash, push],
    resources: [{ [Symbol.asyncDispose]: () => Promise.resolve(grpc.close()) }],
  }),
)
