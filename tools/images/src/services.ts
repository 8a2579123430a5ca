/** The deployables, each an image. */
export const SERVICES = ['ingestion', 'analysis', 'insight'] as const

export type ServiceName = (typeof SERVICES)[number]

/** Whether a word names a deployable. */
export function isService(name: string | undefined): name is ServiceName {
  return SERVICES.some((service) => service === name)
}
