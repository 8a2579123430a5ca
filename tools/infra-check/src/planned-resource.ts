/** A resource as a plan makes it; what only Google knows afterwards is absent from `values`. */
export interface PlannedResource {
  readonly address: string
  readonly type: string
  readonly values: Readonly<Record<string, unknown>>
}

interface PlanModule {
  readonly resources?: readonly (PlannedResource & { readonly mode: string })[]
  readonly child_modules?: readonly PlanModule[]
}

/** Every resource of `terraform show -json` of a plan, data sources left out. */
export function plannedResources(plan: {
  readonly planned_values: { readonly root_module: PlanModule }
}): PlannedResource[] {
  const collect = (module: PlanModule): PlannedResource[] => [
    ...(module.resources ?? []).filter(({ mode }) => mode === 'managed'),
    ...(module.child_modules ?? []).flatMap(collect),
  ]
  return collect(plan.planned_values.root_module)
}

/** The value at a path of keys and, for a block, the first of its list (`'0'` for that of a plain list); undefined where one step is missing. */
export function at(resource: PlannedResource, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    const one = Array.isArray(value) && key !== '0' ? (value[0] as unknown) : value
    return typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[key] : undefined
  }, resource.values)
}
