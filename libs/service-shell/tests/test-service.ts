import type { CommonConfig } from '../src/environment.ts'
import { type ServiceOptions, createService } from '../src/service.ts'

const TEST_CONFIG: CommonConfig = {
  port: 0,
  metricsPort: 0,
  projectId: 'demo-clarity',
  requestDeadlineMs: 5000,
  userHashKey: 'a key for tests only',
  onCloudRun: false,
}

export interface TestService extends AsyncDisposable {
  readonly url: string
  readonly metricsUrl: string
}

/** A real service with these routes on free ports. */
export async function startTestService(
  options: Partial<Omit<ServiceOptions, 'config'>> & { config?: Partial<CommonConfig> },
): Promise<TestService> {
  const config = { ...TEST_CONFIG, ...options.config }
  const service = createService({ name: 'test', routes: [], ...options, config })
  await using started = new AsyncDisposableStack()
  started.use(service)
  const { port, metricsPort } = await service.start()
  started.move()
  return {
    url: `http://127.0.0.1:${port}`,
    metricsUrl: `http://127.0.0.1:${metricsPort}`,
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  }
}
