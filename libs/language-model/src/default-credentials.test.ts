import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startLocalVertex } from './testing/local-vertex.ts'

describe('Application Default Credentials', () => {
  test('come from the metadata server, over TLS that the environment trusts, with nothing else printed', async () => {
    await using vertex = await startLocalVertex()
    const script = join(import.meta.dirname, 'testing/generate-once.ts')
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, vertex.endpoint], {
      env: { PATH: process.env.PATH, ...vertex.environment },
    })

    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'answered', json: 'Your time asleep was 432 min.' })
    expect(stderr).toBe('')
  })
})
