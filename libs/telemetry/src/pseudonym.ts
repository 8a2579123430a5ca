import { createHmac } from 'node:crypto'
import { telemetryConfig } from './config.ts'

/** The user as logs and audit records name them: 16 hex digits of HMAC-SHA256 of the id under `USER_HASH_KEY`. */
export function pseudonym(userId: string, key: string = telemetryConfig.userHashKey): string {
  return createHmac('sha256', key).update(userId).digest('hex').slice(0, 16)
}
