import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

describe('the types of the client', () => {
  it('are those of the document', async () => {
    const script = join(import.meta.dirname, 'generate-types.ts')
    const { stderr } = await promisify(execFile)(process.execPath, [script, '--check'])
    expect(stderr).not.toContain('is not what')
  })
})
