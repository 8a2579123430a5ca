import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const root = join(import.meta.dirname, '../../..')
const ENVIRONMENT = {
  PATH: process.env.PATH,
  PORT: '0',
  METRICS_PORT: '0',
  GOOGLE_CLOUD_PROJECT: 'demo-clarity',
  USER_HASH_KEY: 'a-key-of-sixteen-letters',
  RAW_BUCKET: 'clarity-raw',
  PUSH_AUDIENCE: 'http://analysis.local',
  PUSH_SERVICE_ACCOUNT: 'clarity-push-analysis@demo-clarity.iam.gserviceaccount.com',
  INTERNAL_SERVICE_ACCOUNT: 'clarity-ingestion@demo-clarity.iam.gserviceaccount.com',
  METADATA_SERVER_DETECTION: 'none',
}

describe('analysis with a damaged model folder', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clarity-model-'))
    for (const name of ['encoder.onnx', 'manifest.json', 'golden.json']) {
      cpSync(join(root, 'models/pat-s', name), join(folder, name))
    }
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const flipByte = (name: string, at: number) => {
    const bytes = readFileSync(join(folder, name))
    bytes[at]! ^= 1
    writeFileSync(join(folder, name), bytes)
  }

  it.each([
    [
      'whose encoder has one flipped byte',
      () => flipByte('encoder.onnx', 500_000),
      'encoder.onnx does not have the sha256 that its manifest states.',
    ],
    [
      'whose manifest is no JSON any more',
      () => flipByte('manifest.json', 0),
      'manifest.json of the model folder is not what it should be: no JSON.',
    ],
    [
      'without an encoder',
      () => rmSync(join(folder, 'encoder.onnx')),
      'The model folder has no encoder.onnx.',
    ],
  ])(
    '%s does not start, and says why in one line',
    async (_title, damage, line) => {
      damage()
      const child = spawn(process.execPath, [join(root, 'apps/analysis/src/main.ts')], {
        env: { ...ENVIRONMENT, MODEL_DIR: folder },
      })
      const said = Promise.all([text(child.stdout), text(child.stderr)])
      const [code] = await once(child, 'exit')
      expect(code).toBe(1)
      expect((await said).join('').trim().split('\n')).toEqual([`the service: ${line}`])
    },
    30_000,
  )
})
