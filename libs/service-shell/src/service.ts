import type { CommonConfig } from './environment.ts'
import type { Caller, Route } from './route.ts'

/** A condition of readiness; it rejects while it does not hold. */
export interface ReadinessCheck {
  readonly name: string
  /** Time limit; 2 s unless told. */
  readonly timeoutMs?: number
  readonly check: (signal: AbortSignal) => Promise<unknown>
}

export interface ServiceOptions {
  /** `ingestion`, `analysis` or `insight`. */
  readonly name: string
  readonly config: CommonConfig
  readonly routes: readonly Route[]
  /** Needed by routes with `auth: 'firebase'`. */
  readonly authenticate?: (idToken: string) => Promise<Caller>
  readonly readiness?: readonly ReadinessCheck[]
  /** Disposed in reverse when the service stops. */
  readonly resources?: readonly AsyncDisposable[]
  /** Public paths that answer as `/ready` does, e.g. `/api/v1/pat/health`. */
  readonly healthPaths?: readonly string[]
}

export interface Service extends AsyncDisposable {
  /** Listens and answers the real ports. */
  start(): Promise<{ port: number; metricsPort: number }>
}

/** A service: its routes behind the shell, `/health`, `/ready`, metrics, and an orderly end. */
export function createService(_options: ServiceOptions): Service {
  throw new Error('being written')
}
