import type { PatManifest } from '@clarity/pat-model'
import { type Route, internalRoute, ok } from '@clarity/service-shell'

export interface ModelParts {
  readonly verify: (authorizationHeader?: string) => Promise<void>
  readonly manifest: PatManifest
}

/** `GET /internal/model`: what the manifest of the loaded actigraphy transformer says. */
export function getModel({ verify, manifest }: ModelParts): Route {
  return internalRoute({ method: 'GET', path: '/internal/model', verify, handle: () => ok(manifest) })
}
