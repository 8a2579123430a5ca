import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PORT_VARIABLES } from './cloud-parts.ts'

const FREE_PORTS = Object.fromEntries(Object.values(PORT_VARIABLES).map((name) => [name, '0']))

describe('the process of the local cloud', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-cloud-process-'))
  const children: ChildProcess[] = []
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(dataDir, { recursive: true })
  })

  function spawnCloud(environment: Record<string, string>) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: { ...process.env, ...FREE_PORTS, LOCAL_CLOUD_DATA: dataDir, ...environment },
    })
    children.push(child)
    return child
  }

  async function startCloud() {
    const child = spawnCloud({})
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const { environment } = JSON.parse(String(line)) as { environment: Record<string, string> }
    return { child, storage: environment['STORAGE_EMULATOR_HOST'] ?? '' }
  }

  it('keeps what it acknowledged when it is killed, and exits with 0 when it is asked to stop', async () => {
    const killed = await startCloud()
    await fetch(`${killed.storage}/b`, { method: 'POST', body: '{"name":"raw"}' })
    const query = 'uploadType=media&name=x'
    const put = await fetch(`${killed.storage}/upload/storage/v1/b/raw/o?${query}`, {
      method: 'POST',
      body: 'acknowledged',
    })
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    expect(put.status).toBe(200)

    const next = await startCloud()
    const read = await fetch(`${next.storage}/b/raw/o/x?alt=media`)
    expect(await read.text()).toBe('acknowledged')
    next.child.kill('SIGTERM')
    expect(await once(next.child, 'exit')).toEqual([0, null])
  })

  it('says in one line which port is taken, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const child = spawnCloud({ VERTEX_PORT: String(port) })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
    const [code] = (await once(child, 'close')) as [number]
    other.close()
    expect([code, said]).toEqual([1, `Port ${port} is taken; set VERTEX_PORT to a free one.\n`])
  })

  it('says which variable is wrong, and exits with 1', async () => {
    const child = spawnCloud({ AUTH_PORT: 'nine' })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
    const [code] = (await once(child, 'close')) as [number]
    expect([code, said]).toEqual([1, 'AUTH_PORT must be a port number (0 to 65535), not "nine".\n'])
  })
})
