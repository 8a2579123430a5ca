import { type PlannedResource, at } from './planned-resource.ts'

/** What a grant can be made on, by the field that names it; a grant that names none of them is on the project. */
const PLACES = ['bucket', 'topic', 'subscription', 'secret_id', 'name'] as const

/** What a plan lets each of our accounts do: account → `role`, or `role on place`, sorted. */
export function grantsByAccount(resources: readonly PlannedResource[]): Record<string, string[]> {
  const grants: Record<string, string[]> = {}
  for (const resource of resources) {
    if (!resource.type.endsWith('_iam_member')) continue
    const account = /^serviceAccount:(clarity-[a-z-]+)@/.exec(String(at(resource, 'member')))?.[1]
    if (account) (grants[account] ??= []).push(grantOf(resource))
  }
  for (const list of Object.values(grants)) list.sort()
  return grants
}

function grantOf(resource: PlannedResource): string {
  const role = String(at(resource, 'role')).replace(/^(projects\/[^/]+\/)?roles\//, '')
  const place = PLACES.map((field) => at(resource, field)).find((value) => value !== undefined)
  return place === undefined ? role : `${role} on ${String(place)}`
}
