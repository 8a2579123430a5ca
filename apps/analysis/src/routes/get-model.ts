import type { PatModel, ReferenceActivity } from '@clarity/pat-model'
import { type Route, internalRoute, ok } from '@clarity/service-shell'

export interface ModelParts {
  readonly verify: (authorizationHeader?: string) => Promise<void>
  readonly model: Pick<PatModel, 'manifest' | 'reference'>
}

/** `GET /internal/model`: what the manifest of the loaded actigraphy transformer says, and what weeks are scaled against. */
export function getModel({ verify, model: { manifest, reference } }: ModelParts): Route {
  const installed = reference ? describe(reference) : null
  return internalRoute({
    method: 'GET',
    path: '/internal/model',
    verify,
    handle: () => ok({ ...manifest, reference: installed }),
  })
}

/** Everything but the week itself. */
function describe({ name, unit, provenance, sha256 }: ReferenceActivity) {
  return { name, unit, provenance, sha256 }
}
