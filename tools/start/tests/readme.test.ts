import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type System, startSystem } from '@clarity/testkit'
import { signIn } from '../src/api-client.ts'
import { DEMO_USER } from '../src/demo-user.ts'

const ROOT = join(import.meta.dirname, '../../..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

describe('the README', () => {
  it('names only files and folders that exist', () => {
    const links = [...README.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path!)
    expect(links.length).toBeGreaterThan(8)
    expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('is at most a screen and a half', () => {
    expect(README.split('\n').length).toBeLessThanOrEqual(100)
  })

  describe('its curl walk', () => {
    let system: System
    beforeAll(async () => void (system = await startSystem()), 90_000)
    afterAll(() => system[Symbol.asyncDispose]())

    it('logs in, uploads, watches, reads the day, the insight and the trace', async () => {
      await signIn(system.services.ingestion.url, DEMO_USER)
      const walk = README.slice(README.indexOf('## Talk to it')).match(/```sh\n([\s\S]*?)```/)![1]!
      const script = walk
        .replaceAll('http://127.0.0.1:8080', system.services.ingestion.url)
        .replaceAll('http://127.0.0.1:4000', system.adminUrl)
      const { stdout } = await promisify(execFile)('bash', ['-e', '-u', '-c', script], { timeout: 90_000 })
      expect(stdout).toContain('"status":"completed"')
      expect(stdout).toContain('"steps":2050')
      expect(stdout).toContain('"narrative":"')
      expect(stdout).toContain('"name":"send user-insights"')
    }, 120_000)
  })
})
