import { unavailable } from '@clarity/failure'
import { trace } from '@opentelemetry/api'
import { createLogger } from './logger.ts'
import { pseudonym } from './pseudonym.ts'
import { runWithContext, setContext } from './request-context.ts'

type Line = Record<string, unknown>

describe('a log line', () => {
  it('is one JSON object in the field names of Cloud Logging', () => {
    const lines = linesOf((logger) => logger.warn({ upload_id: 'up1', duration_ms: 1.5 }, 'upload is slow'))
    expect(lines).toEqual([
      {
        severity: 'WARNING',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
        upload_id: 'up1',
        duration_ms: 1.5,
        message: 'upload is slow',
      },
    ])
  })

  it('has the severity of its level, and is left out below the least one', () => {
    const lines = linesOf((logger) => {
      logger.debug({}, 'left out')
      logger.info({}, 'one')
      logger.error({}, 'two')
    })
    expect(lines.map(({ severity }) => severity)).toEqual(['INFO', 'ERROR'])
  })

  it('holds nothing but allow-listed fields', () => {
    const planted = { heart_rate: 61, email: 'canary@example.org', format: { nested: 'canary' }, shape: 'x' }
    const lines = linesOf((logger) => logger.info(planted as object, 'planted'))
    const time = expect.any(String) as unknown
    expect(lines).toEqual([{ severity: 'INFO', time, shape: 'x', message: 'planted' }])
  })

  it('names the request and the pseudonym of the user', () => {
    const lines = linesOf((logger) =>
      runWithContext({ request_id: 'r1' }, () => {
        setContext({ user_id: 'user-canary', upload_id: 'up1' })
        logger.info({}, 'inside')
      }),
    )
    expect(lines[0]).toMatchObject({ request_id: 'r1', upload_id: 'up1', user: pseudonym('user-canary') })
    expect(JSON.stringify(lines)).not.toContain('user-canary')
  })

  it('names the trace in the form that joins it with Cloud Trace', () => {
    const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }
    const active = jest.spyOn(trace, 'getActiveSpan').mockReturnValue(trace.wrapSpanContext(span))
    const lines = linesOf((logger) => logger.info({}, 'traced'))
    active.mockRestore()
    expect(lines[0]).toMatchObject({
      'logging.googleapis.com/trace': `projects/demo-clarity/traces/${span.traceId}`,
      'logging.googleapis.com/spanId': span.spanId,
      'logging.googleapis.com/trace_sampled': true,
    })
  })

  it('tells of an error its class, kind, code and frames, and never its text', () => {
    const vendor = Object.assign(new TypeError('token canary\n    and more canary'), { code: 'ECONNRESET' })
    const failure = unavailable({ code: 'publish-failed', detail: 'A canary.' }, vendor)
    const [line] = linesOf((logger) => logger.error({ err: failure }, 'failed'))
    expect(JSON.stringify(line)).not.toContain('canary')
    expect(line?.error).toMatchObject({
      class: 'Failure',
      kind: 'unavailable',
      code: 'publish-failed',
      cause: { class: 'TypeError', code: 'ECONNRESET' },
    })
    expect((line?.error as { stack: string[] }).stack[0]).toMatch(/^at .*failure.ts/)
  })

  it('survives what is no error and codes that are no words', () => {
    const odd = Object.assign(new Error('x'), { code: 'a code with a canary', name: 'Odd canary name' })
    const lines = linesOf((logger) => {
      logger.error({ err: 'canary' }, 'thrown text')
      logger.error({ err: odd }, 'odd')
      logger.error({ err: Object.assign(new Error('x'), { code: 14 }) }, 'a number')
    })
    expect(JSON.stringify(lines)).not.toContain('canary')
    expect(lines.map(({ error }) => error)).toMatchObject([
      { class: 'string' },
      { class: 'Error' },
      { class: 'Error', code: '14' },
    ])
  })
})

function linesOf(write: (logger: ReturnType<typeof createLogger>) => void): Line[] {
  const lines: Line[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) }
  write(createLogger({ level: 'info', projectId: 'demo-clarity', destination }))
  return lines
}
