import { type PlannedResource, at } from './planned-resource.ts'

/** What a grant can be made on, by the field that names it. */
const PLACES = [
  'bucket',
  'topic',
  'subscription',
  'secret_id',
  'repository',
  'service_account_id',
  'crypto_key_id',
  'name',
] as const

/**
 * What a plan lets each account do, Google's own service agents included: account → `role` on the project, or
 * `role on place`, sorted. A place that is known only once it is made goes by its key in the plan, or by `?`; so does an
 * account.
 */
export function grantsByAccount(resources: readonly PlannedResource[]): Record<string, string[]> {
  const grants: Record<string, string[]> = {}
  for (const resource of resources)
    if (resource.type.endsWith('_iam_member')) (grants[accountOf(resource)] ??= []).push(grantOf(resource))
  for (const list of Object.values(grants)) list.sort()
  return grants
}

function accountOf(resource: PlannedResource): string {
  const member = String(at(resource, 'member') ?? '?')
  const [, ours, googles] = /^serviceAccount:(?:(clarity-[a-z-]+)|service-\d+)@([\w-]+)/.exec(member) ?? []
  return ours ?? googles ?? member
}

function grantOf(resource: PlannedResource): string {
  const role = String(at(resource, 'role')).replace(/^(projects\/[^/]+\/)?roles\//, '')
  if (resource.type === 'google_project_iam_member') return role
  const named = PLACES.map((field) => at(resource, field)).find((value) => value !== undefined)
  const place = named ?? /\["([^"]+)"\]$/.exec(resource.address)?.[1] ?? '?'
  return `${role} on ${String(place).replace(/^.*\//, '').replace(/@.*$/, '')}`
}
