import { randomBytes } from 'node:crypto'
import type { ServiceContext } from '../emulated-service.ts'
import { idTokenClaims } from '../issuer/id-token.ts'
import type { HttpRequest } from '../http/http-server.ts'

/** Text, JSON, `undefined` where the thing does not exist, an error where the question is wrong. */
export type MetadataAnswer = (request: HttpRequest) => string | object | Error | undefined

const SCOPES = ['https://www.googleapis.com/auth/cloud-platform']
const PROJECT_NUMBER = '123456789012'
const ACCESS_TOKEN_SECONDS = 3599

/** Paths of Google's metadata server that exist there and are not played here. */
const UNPLAYED =
  /^(instance\/(attributes|cpu-platform|description|disks|guest-attributes|image|licenses|maintenance-event|network-interfaces|partner-attributes|preempted|remaining-cpu|scheduling|shutdown-details|tags|virtual-clock|vm)|project\/(attributes|ssh-keys)|\/oauth2\/v[23]\/certs)(\/|$)/

export function isKnownPath(path: string): boolean {
  return UNPLAYED.test(path)
}

/** What the metadata server answers under `/computeMetadata/v1`. */
export function instancePaths(
  context: ServiceContext,
  defaultAccount: string,
): { path: string; answer: MetadataAnswer }[] {
  const { projectId } = context
  const zone = `projects/${PROJECT_NUMBER}/zones/us-central1-a`
  const text: [string, string][] = [
    ['/instance', 'attributes/\nid\nservice-accounts/\nzone\n'],
    ['/instance/', 'attributes/\nid\nservice-accounts/\nzone\n'],
    ['/instance/id', '1'],
    ['/instance/name', 'local'],
    ['/instance/hostname', `local.c.${projectId}.internal`],
    ['/instance/machine-type', `projects/${PROJECT_NUMBER}/machineTypes/local`],
    ['/instance/region', `projects/${PROJECT_NUMBER}/regions/us-central1`],
    ['/instance/zone', zone],
    ['/instance/service-accounts/', `default/\n${defaultAccount}/\n`],
    ['/project/project-id', projectId],
    ['/project/numeric-project-id', PROJECT_NUMBER],
    ['/universe/universe-domain', 'googleapis.com'],
  ]
  return [
    ...text.map(([path, value]) => ({ path, answer: () => value })),
    ...accountPaths(context, defaultAccount),
  ]
}

function accountPaths(context: ServiceContext, defaultAccount: string) {
  const domain = `@${context.projectId}.iam.gserviceaccount.com`
  const emailOf = ({ params }: HttpRequest): string | undefined => {
    const account = params['account']
    if (account === 'default') return defaultAccount
    return account?.endsWith(domain) ? account : undefined
  }
  const withAccount =
    (answer: (email: string, request: HttpRequest) => string | object | Error): MetadataAnswer =>
    (request) => {
      const email = emailOf(request)
      return email === undefined ? undefined : answer(email, request)
    }
  const path = '/instance/service-accounts/:account'
  return [
    { path: `${path}/`, answer: withAccount((email) => accountDirectory(email)) },
    { path: `${path}/aliases`, answer: withAccount(() => 'default\n') },
    { path: `${path}/email`, answer: withAccount((email) => email) },
    { path: `${path}/scopes`, answer: withAccount(() => `${SCOPES.join('\n')}\n`) },
    { path: `${path}/token`, answer: withAccount(() => accessToken()) },
    {
      path: `${path}/identity`,
      answer: withAccount((email, { query }) => {
        const audience = query.get('audience')
        if (!audience) return new Error('non-empty audience parameter required')
        return context.issuer.sign(idTokenClaims({ email, audience }))
      }),
    },
  ]
}

function accountDirectory(email: string) {
  return { aliases: ['default'], email, scopes: SCOPES }
}

function accessToken() {
  return {
    access_token: `ya29.local-${randomBytes(24).toString('base64url')}`,
    expires_in: ACCESS_TOKEN_SECONDS,
    token_type: 'Bearer',
  }
}
