import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type Ingestion,
  caller,
  eventually,
  ingestionEnvironment,
  ingestionOnLocalCloud,
} from './ingestion-on-local-cloud.ts'

const root = join(import.meta.dirname, '../../..')
const preload = pathToFileURL(join(root, 'libs/telemetry/src/preload.ts')).href
const canary = {
  email: 'canary.mail@example.com',
  password: 'canary-password-5309',
  display_name: 'Canary Name',
}
const health = 'canary-health-value-71.25'

/** The service as it is deployed: a process of its own, with the preload; `output` is all it wrote. */
interface RunningProcess {
  readonly child: ChildProcess
  readonly url: string
  output(): string
}

async function run(ingestion: Ingestion): Promise<RunningProcess> {
  const env = {
    ...ingestionEnvironment(ingestion.cloud),
    OTEL_TRACES_EXPORTER: 'console',
    LOG_LEVEL: 'trace',
  }
  const child = spawn(process.execPath, ['--import', preload, join(root, 'apps/ingestion/src/main.ts')], {
    env,
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const port = (): string | undefined => /"port":(\d+)/.exec(output)?.[1]
  await eventually(() => port() !== undefined || child.exitCode !== null)
  return { child, url: `http://127.0.0.1:${port()}`, output: () => output }
}

describe('ingestion as a process', () => {
  let ingestion: Ingestion
  let running: RunningProcess
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
    running = await run(ingestion)
  }, 60_000)
  afterAll(async () => {
    running.child.kill('SIGKILL')
    await ingestion[Symbol.asyncDispose]()
  })

  it('keeps the client’s trace, and no canary in anything it writes', async () => {
    const call = caller(running.url)
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const { body } = await call('POST', '/api/v1/auth/register', { body: canary })
    const secrets = [body.tokens.id_token, body.tokens.refresh_token, body.user.user_id]
    const token = body.tokens.id_token
    const upload = await call('POST', '/api/v1/health-data/upload?leak=canary-query', {
      token,
      headers: {
        'idempotency-key': 'canary-key',
        'x-timezone': 'canary/zone',
        traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      },
      body: { value: health },
    })
    expect(upload.status).toBe(202)
    const [message] = await ingestion.messages(body.user.user_id, 1)
    expect(message?.attributes.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
    const processing = await call('GET', upload.body.links.status, { token })
    expect(processing.body.trace_id).toBe(traceId)

    const { email, password } = canary
    await call('POST', '/api/v1/auth/login', { body: { email, password } })
    await call('POST', '/api/v1/auth/login', { body: { email, password: 'canary-wrong' } })
    await call('POST', '/api/v1/auth/login', { body: { email: 'canary', password: { canary: true } } })
    await call('GET', '/api/v1/health-data/processing/canary-id', { token })
    await call('GET', '/api/v1/insights/history?cursor=canary-cursor', { token })
    await call('GET', '/api/v1/auth/me', { token: `${token}canary` })
    await call('POST', '/api/v1/health-data/upload', {
      token,
      body: 'canary-bad-body',
      headers: { 'content-type': 'application/json' },
    })

    running.child.kill('SIGTERM')
    const [code] = await once(running.child, 'exit')
    expect(code).toBe(0)
    const output = running.output()
    expect(output).toContain('"message":"upload announced"')
    expect(output).toContain(traceId)
    for (const secret of [...secrets, ...Object.values(canary), health]) expect(output).not.toContain(secret)
    expect(output).not.toMatch(/canary/i)
  }, 60_000)

  it('does not start in a wrong environment, and says why in one line for each variable', async () => {
    const child = spawn(process.execPath, [join(root, 'apps/ingestion/src/main.ts')], {
      env: { ...ingestionEnvironment(ingestion.cloud), RAW_BUCKET: '', CURSOR_KEY: 'short' },
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    const [code] = await once(child, 'exit')
    expect(code).toBe(1)
    expect(
      errors
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0])
        .sort(),
    ).toEqual(['CURSOR_KEY', 'RAW_BUCKET'])
  }, 60_000)
})
