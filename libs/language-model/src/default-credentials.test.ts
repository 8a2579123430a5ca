import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { startLocalVertex } from './testing/local-vertex.ts'

/** A process of its own: it trusts the certificate and finds the metadata server as a service would. */
const script = (endpoint: string) => `
  import { createVertexLanguageModel } from '${pathToFileURL(join(import.meta.dirname, 'index.ts')).href}'
  const model = createVertexLanguageModel({
    projectId: 'demo-clarity', location: 'us', model: 'gemini-3.5-flash', endpoint: '${endpoint}',
  })
  const generation = await model.generate({
    system: 'Write plainly.',
    prompt: '- sleep.asleep = 432 min (time asleep)',
    responseSchema: { type: 'STRING' },
  })
  process.stdout.write(JSON.stringify(generation), () => process.exit(0))
`

describe('Application Default Credentials', () => {
  test('come from the metadata server, over TLS that the environment trusts, with nothing else printed', async () => {
    await using vertex = await startLocalVertex()
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script(vertex.endpoint)],
      { env: { PATH: process.env.PATH, ...vertex.environment } },
    )

    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'answered', json: 'Your time asleep was 432 min.' })
    expect(stderr).toBe('')
  })
})
