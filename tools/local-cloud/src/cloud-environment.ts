import type { CloudPart } from './cloud-parts.ts'

const SECURE_TOKEN_CERTIFICATES = '/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com'

/** The environment variables with which services find the started parts; a port of 0 marks one left out. */
export function cloudEnvironment(cloud: {
  projectId: string
  ports: Readonly<Record<CloudPart, number>>
  certificateFile: string | undefined
}): Record<string, string> {
  const { ports, certificateFile } = cloud
  const host = (part: CloudPart) => `127.0.0.1:${ports[part]}`
  const variables: Partial<Record<CloudPart, Record<string, string>>> = {
    pubsub: { PUBSUB_EMULATOR_HOST: host('pubsub') },
    firestore: { FIRESTORE_EMULATOR_HOST: host('firestore') },
    storage: { STORAGE_EMULATOR_HOST: `http://${host('storage')}` },
    auth: { FIREBASE_AUTH_EMULATOR_HOST: host('auth') },
    metadata: {
      GCE_METADATA_HOST: host('metadata'),
      METADATA_SERVER_DETECTION: 'assume-present',
      PUSH_CERTS_URL: `http://${host('metadata')}/oauth2/v1/certs`,
      FIREBASE_CERTS_URL: `http://${host('metadata')}${SECURE_TOKEN_CERTIFICATES}`,
    },
    otlp: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://${host('otlp')}` },
    vertex: {
      VERTEX_ENDPOINT: host('vertex'),
      ...(certificateFile && { NODE_EXTRA_CA_CERTS: certificateFile }),
    },
  }
  const started = Object.entries(variables).filter(([part]) => ports[part as CloudPart] > 0)
  return Object.assign({ GOOGLE_CLOUD_PROJECT: cloud.projectId }, ...started.map(([, values]) => values))
}
