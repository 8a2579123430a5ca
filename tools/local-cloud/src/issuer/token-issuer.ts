import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { createCertificate, fingerprint } from './certificate.ts'

export interface TokenIssuer {
  /** An RS256 JWT with `kid`, signed by the issuer's key, or by a `foreign` key that its certificates do not show. */
  sign(claims: Record<string, unknown>, key?: 'good' | 'foreign'): string
  /** Key id → PEM, as `https://www.googleapis.com/oauth2/v1/certs` answers. */
  certificates(): Record<string, string>
}

interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly certificate: string
}

const DAY_MS = 86_400_000

/**
 * The local stand-in for Google's token issuers (accounts.google.com and securetoken). Its key pair is kept in
 * the database, so that tokens stay valid over a restart of the local cloud.
 *
 * A token of the foreign key claims the good key's `kid`: only a checked signature tells the two apart.
 */
export function createTokenIssuer(database: DatabaseSync): TokenIssuer {
  const good = storedKey(database)
  let foreign: KeyObject | undefined
  return {
    sign(claims, key = 'good') {
      if (key === 'good') return signJwt(claims, good.kid, good.privateKey)
      foreign ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      return signJwt(claims, good.kid, foreign)
    },
    certificates: () => ({ [good.kid]: good.certificate }),
  }
}

function storedKey(database: DatabaseSync): SigningKey {
  database.exec(
    'CREATE TABLE IF NOT EXISTS issuer_keys (kid TEXT PRIMARY KEY, private_key TEXT NOT NULL, certificate TEXT NOT NULL) STRICT',
  )
  const row = database.prepare('SELECT kid, private_key, certificate FROM issuer_keys').get()
  if (row) {
    return {
      kid: String(row['kid']),
      privateKey: createPrivateKey(String(row['private_key'])),
      certificate: String(row['certificate']),
    }
  }
  const key = generateKey()
  database
    .prepare('INSERT INTO issuer_keys (kid, private_key, certificate) VALUES (?, ?, ?)')
    .run(key.kid, String(key.privateKey.export({ type: 'pkcs8', format: 'pem' })), key.certificate)
  return key
}

function generateKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const now = Date.now()
  const certificate = createCertificate({
    commonName: 'local-cloud-issuer',
    publicKey,
    privateKey,
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 3650 * DAY_MS),
  })
  return { kid: fingerprint(certificate), privateKey, certificate }
}

function signJwt(claims: Record<string, unknown>, kid: string, key: KeyObject): string {
  const signed = `${base64url({ alg: 'RS256', kid, typ: 'JWT' })}.${base64url(claims)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
