import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVICES, type ServiceName, replayDockerfile, startCommand } from '@clarity/images'
import { type System, startSystem } from '@clarity/testkit'
import type { Outcome } from '../src/api-client.ts'
import { smallBody } from './small-body.ts'
import { spansOf } from './trace.ts'
import { newPerson, uploadAndFollow } from './uploads.ts'

const MEGABYTE = 1_000_000
const MOST_MEGABYTES: Readonly<Record<ServiceName, number>> = { ingestion: 160, analysis: 230, insight: 160 }

function apparentSize(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

describe('the images', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clarity-images-'))
  let trees: Record<ServiceName, string>
  let system: System
  let outcome: Outcome

  beforeAll(async () => {
    trees = Object.fromEntries(
      SERVICES.map((service) => [service, replayDockerfile(service, join(folder, service))]),
    ) as Record<ServiceName, string>
    const programs = Object.fromEntries(SERVICES.map((service) => [service, startCommand(trees[service])]))
    system = await startSystem({ programs })
    outcome = await uploadAndFollow(await newPerson(system), smallBody())
  }, 300_000)
  afterAll(async () => {
    await system[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  it('serve an upload up to its insight', () => {
    expect(outcome.processing.status).toBe('completed')
    expect(outcome.insight?.source).toBe('gemini')
  })

  it('are traced as the sources are: requests by route, calls of Google’s clients, messages', async () => {
    const spans = await spansOf(system, outcome.processing.trace_id!)
    const names = spans.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'POST /api/v1/health-data/upload',
        'grpc.google.firestore.v1.Firestore/Commit',
        'send health-data-processing',
        'process health-data-processing-push',
        'process ml-predictions-push',
      ]),
    )
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(SERVICES))
  })

  it('end with 0 on SIGTERM', async () => {
    for (const service of SERVICES) expect(await system.services[service].kill('SIGTERM')).toBe(0)
  })

  it.each(SERVICES)('%s is no larger than agreed, and says what is in it', (service) => {
    expect(apparentSize(trees[service])).toBeLessThanOrEqual(MOST_MEGABYTES[service] * MEGABYTE)
    const bill = JSON.parse(readFileSync(join(trees[service], 'sbom.cdx.json'), 'utf8')) as {
      components: { name: string; version: string }[]
    }
    expect(bill.components.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['express', '@google-cloud/firestore']),
    )
  })

  it('hold the runtime of their platform alone', () => {
    const runtimes = readdirSync(join(trees.analysis, 'node_modules/onnxruntime-node/bin'), {
      recursive: true,
    })
    expect(runtimes.filter((path) => /\.node$/.test(String(path)))).toEqual([
      'napi-v6/linux/x64/onnxruntime_binding.node',
    ])
  })
})
