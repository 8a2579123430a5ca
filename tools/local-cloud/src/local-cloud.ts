/** The parts of the local cloud; each listens on a port of its own on 127.0.0.1. */
export const CLOUD_PARTS = [
  'admin',
  'pubsub',
  'firestore',
  'storage',
  'auth',
  'vertex',
  'otlp',
  'metadata',
] as const
export type CloudPart = (typeof CLOUD_PARTS)[number]

export interface LocalCloudConfig {
  readonly projectId: string
  /** Where state is kept; absent = in memory, gone with the process. */
  readonly dataDir?: string | undefined
  /** The port of each part; 0 or absent = any free one. */
  readonly ports?: Partial<Record<CloudPart, number>> | undefined
  /** The parts to start; absent = all. What is left out is played by an outside emulator, or by nobody. */
  readonly services?: readonly CloudPart[] | undefined
}

/** A running local cloud. Disposing stops every part; what was acknowledged stays in `dataDir`. */
export interface LocalCloud extends AsyncDisposable {
  /** The port of each started part; 0 for a part that was left out. */
  readonly ports: Readonly<Record<CloudPart, number>>
  readonly projectId: string
  /** The certificate (PEM file) that the TLS parts present. */
  readonly certificateFile?: string | undefined
  /** The environment variables with which a service finds this cloud (`PUBSUB_EMULATOR_HOST` and so on). */
  readonly environment: Readonly<Record<string, string>>
}

/** Starts the local cloud: one process that speaks the protocols of Google Cloud which the services use. */
export async function startLocalCloud(config: LocalCloudConfig): Promise<LocalCloud> {
  await Promise.resolve()
  throw new Error(`the local cloud of ${config.projectId} is not built`)
}
