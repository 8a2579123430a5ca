import { readFileSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type Fault, startLocalCloud } from '@clarity/local-cloud'

export interface LocalVertex extends AsyncDisposable {
  readonly endpoint: string
  /** The variables with which another process finds it and trusts it. */
  readonly environment: Readonly<Record<string, string>>
  inject(fault: Omit<Fault, 'service'>): Promise<void>
  clearFaults(): Promise<void>
}

/** Vertex AI and the metadata server of the local cloud; this process trusts their certificate. */
export async function startLocalVertex(): Promise<LocalVertex> {
  const cloud = await startLocalCloud({
    projectId: 'demo-clarity',
    services: ['vertex', 'metadata', 'admin'],
  })
  setDefaultCACertificates([
    ...getCACertificates('default'),
    readFileSync(cloud.certificateFile ?? '', 'utf8'),
  ])
  const faults = `http://127.0.0.1:${cloud.ports.admin}/admin/faults`
  return {
    endpoint: cloud.environment.VERTEX_ENDPOINT ?? '',
    environment: cloud.environment,
    async inject(fault) {
      const body = JSON.stringify({ service: 'vertex', ...fault })
      await fetch(faults, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    },
    async clearFaults() {
      await fetch(faults, { method: 'DELETE' })
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  }
}
