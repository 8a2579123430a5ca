import { type PlannedResource, at } from './planned-resource.ts'

type Rule = (resources: readonly PlannedResource[]) => readonly PlannedResource[]

const PRIMITIVE_ROLES = ['roles/owner', 'roles/editor', 'roles/viewer']
/** Products whose roles can be granted on a bucket, topic, service, secret, repository, key or account. */
const NARROWER = /^roles\/(storage|pubsub|run|secretmanager|artifactregistry|cloudkms|iam)\./
/** Where each kind of resource names its key, and the key that its product may use. */
const KEY_OF: Readonly<Record<string, readonly [key: string, ...path: string[]]>> = {
  google_storage_bucket: ['storage', 'encryption', 'default_kms_key_name'],
  google_pubsub_topic: ['pubsub', 'kms_key_name'],
  google_firestore_database: ['firestore', 'cmek_config', 'kms_key_name'],
  google_secret_manager_secret: [
    'secrets',
    'replication',
    'user_managed',
    'replicas',
    'customer_managed_encryption',
    'kms_key_name',
  ],
  google_artifact_registry_repository: ['images', 'kms_key_name'],
  google_cloud_run_v2_service: ['services', 'template', 'encryption_key'],
  google_cloud_run_v2_job: ['services', 'template', 'template', 'encryption_key'],
  google_logging_project_bucket_config: ['logs', 'cmek_settings', 'kms_key_name'],
}
/** Where the kind of a resource does not begin with the name of its API. */
const API_OF: readonly (readonly [type: RegExp, api: string])[] = [
  [/^google_project_service$|_iam_|_custom_role$/, 'cloudresourcemanager'],
  [/^google_(service_account|iam_)/, 'iam'],
  [/^google_kms/, 'cloudkms'],
  [/^google_cloud_run/, 'run'],
  [/^google_secret_manager/, 'secretmanager'],
  [/^google_identity_platform/, 'identitytoolkit'],
  [/^google_artifact_registry/, 'artifactregistry'],
  [/^google_certificate_manager/, 'certificatemanager'],
  [/^google_access_context_manager/, 'accesscontextmanager'],
  [/^google_billing/, 'billingbudgets'],
]

const each =
  (type: string | RegExp, isWrong: (resource: PlannedResource) => boolean): Rule =>
  (resources) =>
    resources.filter(
      (resource) =>
        (typeof type === 'string' ? resource.type === type : type.test(resource.type)) && isWrong(resource),
    )

const RULES: Readonly<Record<string, Rule>> = {
  'a bucket could be public': each(
    'google_storage_bucket',
    (bucket) =>
      at(bucket, 'public_access_prevention') !== 'enforced' ||
      at(bucket, 'uniform_bucket_level_access') !== true,
  ),
  'something is granted to everybody': each(/_iam_/, (grant) =>
    /all(Authenticated)?Users/.test(JSON.stringify([at(grant, 'member'), at(grant, 'members')])),
  ),
  'a grant replaces those of others': each(/_iam_(binding|policy)$/, () => true),
  'a primitive role is granted': each(/_iam_/, (grant) =>
    PRIMITIVE_ROLES.includes(String(at(grant, 'role'))),
  ),
  'a role spans the project that has a narrower place': each('google_project_iam_member', (grant) =>
    NARROWER.test(String(at(grant, 'role'))),
  ),
  'an account has a key': each('google_service_account_key', () => true),
  'data has no key of ours': each(/./, (resource) => {
    const [key, ...path] = KEY_OF[resource.type] ?? []
    return key !== undefined && !String(at(resource, ...path)).endsWith(`/cryptoKeys/${key}`)
  }),
  'a subscription has no dead letters': each(
    'google_pubsub_subscription',
    (subscription) =>
      !isOfDeadLetters(subscription) && at(subscription, 'dead_letter_policy', 'max_delivery_attempts') !== 5,
  ),
  'dead letters are kept by nobody': (resources) => {
    const kept = new Set(namesOf(resources, 'google_pubsub_subscription'))
    return resources.filter(
      (topic) =>
        topic.type === 'google_pubsub_topic' &&
        isOfDeadLetters(topic) &&
        !kept.has(String(topic.values.name)),
    )
  },
  'a topic has no dead-letter topic': (resources) => {
    const topics = new Set(namesOf(resources, 'google_pubsub_topic'))
    return resources.filter(
      (topic) =>
        topic.type === 'google_pubsub_topic' &&
        !isOfDeadLetters(topic) &&
        !topics.has(`${String(topic.values.name)}-dead-letter`),
    )
  },
  'a subscription ends for being idle': each(
    'google_pubsub_subscription',
    (subscription) => at(subscription, 'expiration_policy', 'ttl') !== '',
  ),
  'a push is not signed': each('google_pubsub_subscription', (subscription) => {
    const pushes = at(subscription, 'push_config', 'push_endpoint') !== undefined
    return pushes && !at(subscription, 'push_config', 'oidc_token', 'audience')
  }),
  'a push is signed for another than the one who checks it': (resources) =>
    resources.filter((subscription) => {
      const audience = at(subscription, 'push_config', 'oidc_token', 'audience')
      const sender = at(subscription, 'push_config', 'oidc_token', 'service_account_email')
      const receiver = resources.find((service) => at(service, 'custom_audiences', '0') === audience)
      const wanted = receiver && environmentOf(receiver)
      return (
        audience !== undefined &&
        (!wanted ||
          (wanted.has('PUSH_AUDIENCE') &&
            (wanted.get('PUSH_AUDIENCE') !== audience || wanted.get('PUSH_SERVICE_ACCOUNT') !== sender)))
      )
    }),
  'Pub/Sub gives up before the service does': (resources) =>
    resources.filter((subscription) => {
      const audience = at(subscription, 'push_config', 'oidc_token', 'audience')
      const receiver = resources.find((service) => at(service, 'custom_audiences', '0') === audience)
      if (audience === undefined || receiver === undefined) return false
      const takes = Number.parseInt(String(at(receiver, 'template', 'timeout')), 10)
      return !(Number(at(subscription, 'ack_deadline_seconds')) >= takes)
    }),
  'private services are called from outside of the network': each(
    'google_cloud_run_v2_service',
    (service) =>
      environmentOf(service).has('ANALYSIS_URL') &&
      !at(service, 'template', 'vpc_access', 'network_interfaces', 'network'),
  ),
  'an API is not switched on': (resources) => {
    const enabled = new Set(
      resources
        .filter(({ type }) => type === 'google_project_service')
        .map(({ values }) => String(values['service'])),
    )
    return resources.filter(({ type }) => !enabled.has(`${apiOf(type)}.googleapis.com`))
  },
  'a service names a bucket that is not there': (resources) => {
    const buckets = new Set(namesOf(resources, 'google_storage_bucket'))
    return resources.filter((service) => {
      const bucket = environmentOf(service).get('RAW_BUCKET')
      return bucket !== undefined && !buckets.has(bucket)
    })
  },
  'two services share an account': (resources) => {
    const services = resources.filter(({ type }) => type === 'google_cloud_run_v2_service')
    const accounts = services.map((service) => at(service, 'template', 'service_account'))
    return services.filter((_, index) => accounts.indexOf(accounts[index]) !== index)
  },
  'a service can be reached from outside': each('google_cloud_run_v2_service', (service) => {
    const isPublic = at(service, 'name') === 'ingestion'
    const ingress = `INGRESS_TRAFFIC_INTERNAL_${isPublic ? 'LOAD_BALANCER' : 'ONLY'}`
    return at(service, 'ingress') !== ingress || (!isPublic && at(service, 'invoker_iam_disabled') === true)
  }),
  'a secret stands in clear': each('google_cloud_run_v2_service', (service) => {
    const env = at(service, 'template', 'containers', 'env')
    return (Array.isArray(env) ? env : []).some(
      ({ name, value }: { name: string; value?: string }) =>
        /(_KEY|SECRET|PASSWORD|TOKEN)$/.test(name) && value,
    )
  }),
  'audit logs could be deleted early': each(
    'google_logging_project_bucket_config',
    (bucket) => at(bucket, 'locked') !== true,
  ),
  'an alert names no runbook': each(
    'google_monitoring_alert_policy',
    (policy) => !/docs\/operations\/[a-z0-9-]+\.md/.test(String(at(policy, 'documentation', 'content'))),
  ),
}

const apiOf = (type: string): string =>
  API_OF.find(([pattern]) => pattern.test(type))?.[1] ?? type.split('_')[1]!

/** The variables of a service that stand there in clear. */
function environmentOf(service: PlannedResource): ReadonlyMap<string, string> {
  const env = at(service, 'template', 'containers', 'env') as readonly { name: string; value?: string }[]
  return new Map((env ?? []).flatMap(({ name, value }) => (value ? [[name, value]] : [])))
}

const isOfDeadLetters = ({ values }: PlannedResource): boolean => String(values.name).endsWith('-dead-letter')

const namesOf = (resources: readonly PlannedResource[], type: string): string[] =>
  resources.filter((resource) => resource.type === type).map(({ values }) => String(values.name))

/** What a plan would do that it must not: one line for each rule and resource, `rule: address`. */
export function securityFaults(resources: readonly PlannedResource[]): string[] {
  return Object.entries(RULES).flatMap(([name, rule]) =>
    rule(resources).map((resource) => `${name}: ${resource.address}`),
  )
}
