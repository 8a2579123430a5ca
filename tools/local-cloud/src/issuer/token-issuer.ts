import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

export interface TokenIssuer {
  /** An RS256 JWT with `kid`, signed by the issuer's key, or by a `foreign` key that its certificates do not show. */
  sign(claims: Record<string, unknown>, key?: 'good' | 'foreign'): string
  /** Key id → PEM, as `https://www.googleapis.com/oauth2/v1/certs` answers. */
  certificates(): Record<string, string>
}

interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
}

/**
 * The local stand-in for Google's token issuers (accounts.google.com and securetoken). Its key pair is kept in
 * the database, so that tokens stay valid over a restart of the local cloud.
 */
