type Env = Readonly<Record<string, string | undefined>>

const EMULATORS = /^(\w+_EMULATOR_HOST|GCE_METADATA_HOST|GCE_METADATA_IP)$/
const CERTIFICATES = /^(PUSH|FIREBASE)_CERTS_URL$/

/**
 * One line for each variable that would point a service on Cloud Run at an emulator, at other certificates than
 * Google's or at a private certificate authority; none where `K_SERVICE` is not set.
 */
export function refuseEmulatorsOnCloudRun(env: Env): string[] {
  if (!env.K_SERVICE) return []
  return Object.entries(env).flatMap(([name, value]) => {
    const reason = value ? refusal(name, value) : undefined
    return reason === undefined ? [] : [`${name}: ${reason}`]
  })
}

function refusal(name: string, value: string): string | undefined {
  if (EMULATORS.test(name)) return 'must not be set on Cloud Run: it replaces a Google service'
  if (CERTIFICATES.test(name)) {
    return 'must not be set on Cloud Run: Google alone says whose tokens are believed'
  }
  if (name === 'VERTEX_ENDPOINT' && isThisMachine(value)) return 'must not be this machine on Cloud Run'
  if (name === 'NODE_EXTRA_CA_CERTS') return 'must not be set on Cloud Run: it adds a certificate authority'
  if (name === 'NODE_TLS_REJECT_UNAUTHORIZED' && value === '0') return 'must not switch TLS off on Cloud Run'
  return undefined
}

function isThisMachine(hostOrUrl: string): boolean {
  const url = hostOrUrl.includes('://') ? hostOrUrl : `https://${hostOrUrl}`
  const host = URL.canParse(url) ? new URL(url).hostname : hostOrUrl
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f.*\]|::1)$/.test(host)
}
