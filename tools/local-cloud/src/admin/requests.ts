import { z } from 'zod'
import type { HttpRequest } from '../http/http-server.ts'
import { parseJsonObject, readBody } from '../http/read-body.ts'
import { FAULT_SERVICES, type FaultFilter } from '../faults.ts'
import { codeForService } from './fault-codes.ts'
import { Problem } from './problem.ts'

/** A fault as the admin interface takes it; one that names neither code nor latency fails with `UNAVAILABLE`. */
export const faultRequest = z
  .strictObject({
    service: z.enum(FAULT_SERVICES),
    method: z.string().min(1).optional(),
    code: z.union([z.string().min(1), z.int().min(1).max(599)]).optional(),
    latency_ms: z.number().min(0).max(600_000).optional(),
    times: z.int().min(1).optional(),
    after: z.int().min(0).optional(),
  })
  .transform((fault, check) => {
    if (fault.code === undefined) {
      return fault.latency_ms === undefined ? { ...fault, code: 'UNAVAILABLE' } : fault
    }
    const code = codeForService(fault.service, fault.code)
    if (code === undefined) {
      check.addIssue({ code: 'custom', path: ['code'], message: `${fault.service} has no such code` })
    }
    return { ...fault, code }
  })

/** A token to be signed: `claims` replace the defaults of its kind, and null takes a claim away. */
export const tokenRequest = z.strictObject({
  kind: z.enum(['push', 'id', 'firebase']),
  claims: z.record(z.string(), z.unknown()).default({}),
  key: z.enum(['good', 'foreign']).default('good'),
})

/** The JSON body in the schema's form; 400 where it is no JSON object, 422 naming the fields that are wrong. */
export async function readRequest<Schema extends z.ZodType>(
  request: HttpRequest,
  schema: Schema,
): Promise<z.output<Schema>> {
  const body = parseJsonObject((await readBody(request.message)).toString('utf8'))
  if (!body) throw new Problem(400, 'malformed', { detail: 'The body is no JSON object.' })
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new Problem(422, 'invalid', {
    detail: 'Some fields are not what they must be.',
    errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: message })),
  })
}

/** Which faults are meant (`?service=`, `&method=`); all where nothing is named, 422 for an unknown service. */
export function readFaultFilter({ query }: HttpRequest): FaultFilter {
  const named = query.get('service') ?? undefined
  const service = FAULT_SERVICES.find((known) => known === named)
  if (service === named) return { service, method: query.get('method') ?? undefined }
  const errors = [{ path: 'service', reason: `is none of ${FAULT_SERVICES.join(', ')}` }]
  throw new Problem(422, 'invalid', { detail: 'The service is not known.', errors })
}
