import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createCertificate } from '../issuer/certificate.ts'

export interface TlsIdentity {
  readonly key: string
  readonly cert: string
  /** Where the certificate stands as PEM, for `NODE_EXTRA_CA_CERTS`. The key is never written. */
  readonly certificateFile: string
}

const DAY_MS = 86_400_000

/** A fresh key and a self-signed certificate for `localhost` and `127.0.0.1`. */
export function createTlsIdentity(file?: string): TlsIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const now = Date.now()
  const cert = createCertificate({
    // A client that trusts several such certificates finds the right one by its name.
    commonName: `local-cloud-vertex-${randomUUID()}`,
    publicKey,
    privateKey,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 365 * DAY_MS),
    hosts: { names: ['localhost'], ipv4: ['127.0.0.1'] },
  })
  const certificateFile = file ?? join(mkdtempSync(join(tmpdir(), 'local-cloud-tls-')), 'vertex.pem')
  mkdirSync(dirname(certificateFile), { recursive: true })
  writeFileSync(certificateFile, cert)
  return { key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), cert, certificateFile }
}
