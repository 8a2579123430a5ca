import { modelInfoSchema } from '@clarity/contracts'
import type { ServiceClient } from '@clarity/identity'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'

export function getModelInfo(analysis: ServiceClient): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/pat/models/info',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'Read about the loaded model',
    answers: { 200: { description: 'The manifest of the actigraphy transformer.', schema: modelInfoSchema } },
    handle: async ({ signal }) =>
      ok((await analysis.call({ method: 'GET', path: '/internal/model', signal })).body),
  })
}
