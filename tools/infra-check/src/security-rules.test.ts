import { plannedResources } from './planned-resource.ts'
import { securityFaults } from './security-rules.ts'

const key = (name: string): string => `projects/p/locations/l/keyRings/r/cryptoKeys/${name}`
const APIS = ['cloudresourcemanager', 'firestore', 'iam', 'logging', 'monitoring', 'pubsub', 'run', 'storage']

function faults(...resources: (readonly [type: string, values: Record<string, unknown>])[]): string[] {
  const enabled = APIS.map(
    (name) => ['google_project_service', { service: `${name}.googleapis.com` }] as const,
  )
  return securityFaults(
    [...enabled, ...resources].map(([type, values]) => ({ type, values, address: type })),
  ).map((line) => line.split(':')[0]!)
}

const bucket = {
  public_access_prevention: 'enforced',
  uniform_bucket_level_access: true,
  encryption: [{ default_kms_key_name: key('storage') }],
}
const subscription = {
  name: 'a-push',
  ack_deadline_seconds: 60,
  expiration_policy: [{ ttl: '' }],
  dead_letter_policy: [{ max_delivery_attempts: 5 }],
  push_config: [
    { push_endpoint: 'https://a', oidc_token: [{ audience: 'https://a', service_account_email: 'push@a' }] },
  ],
}
const pushEnv = [
  { name: 'PUSH_AUDIENCE', value: 'https://a' },
  { name: 'PUSH_SERVICE_ACCOUNT', value: 'push@a' },
]
const service = (values: Record<string, unknown> = {}, template: Record<string, unknown> = {}) => ({
  name: 'analysis',
  ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
  invoker_iam_disabled: false,
  custom_audiences: ['https://a'],
  ...values,
  template: [
    {
      service_account: 'a',
      encryption_key: key('services'),
      timeout: '60s',
      containers: [{ env: pushEnv }],
      ...template,
    },
  ],
})

it('what is as it should be has no faults', () => {
  expect(
    faults(
      ['google_storage_bucket', bucket],
      ['google_pubsub_topic', { name: 'a', kms_key_name: key('pubsub') }],
      ['google_pubsub_topic', { name: 'a-dead-letter', kms_key_name: key('pubsub') }],
      ['google_pubsub_subscription', subscription],
      ['google_pubsub_subscription', { name: 'a-dead-letter', expiration_policy: [{ ttl: '' }] }],
      ['google_cloud_run_v2_service', service()],
      [
        'google_cloud_run_v2_service',
        service(
          { name: 'ingestion', ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' },
          { service_account: 'b' },
        ),
      ],
    ),
  ).toEqual([])
})

it.each([
  ['a bucket could be public', 'google_storage_bucket', { ...bucket, public_access_prevention: 'inherited' }],
  ['something is granted to everybody', 'google_storage_bucket_iam_member', { member: 'allUsers' }],
  ['a grant replaces those of others', 'google_project_iam_binding', { role: 'roles/x' }],
  ['a primitive role is granted', 'google_project_iam_member', { role: 'roles/editor' }],
  [
    'a role spans the project that has a narrower place',
    'google_project_iam_member',
    { role: 'roles/storage.admin' },
  ],
  ['an account has a key', 'google_service_account_key', {}],
  ['data has no key of ours', 'google_firestore_database', { name: 'd', cmek_config: [] }],
  [
    'data has no key of ours',
    'google_firestore_database',
    { name: 'd', cmek_config: [{ kms_key_name: key('pubsub') }] },
  ],
  ['an API is not switched on', 'google_kms_key_ring', { name: 'clarity' }],
  [
    'private services are called from outside of the network',
    'google_cloud_run_v2_service',
    service({}, { containers: [{ env: [{ name: 'ANALYSIS_URL', value: 'https://a' }] }] }),
  ],
  ['data has no key of ours', 'google_cloud_run_v2_service', service({}, { encryption_key: null })],
  [
    'a subscription has no dead letters',
    'google_pubsub_subscription',
    { ...subscription, dead_letter_policy: [] },
  ],
  [
    'dead letters are kept by nobody',
    'google_pubsub_topic',
    { name: 'a-dead-letter', kms_key_name: key('pubsub') },
  ],
  ['a topic has no dead-letter topic', 'google_pubsub_topic', { name: 'a', kms_key_name: key('pubsub') }],
  [
    'a subscription ends for being idle',
    'google_pubsub_subscription',
    { ...subscription, expiration_policy: [] },
  ],
  [
    'a push is not signed',
    'google_pubsub_subscription',
    { ...subscription, push_config: [{ push_endpoint: 'https://a', oidc_token: [] }] },
  ],
  [
    'a service can be reached from outside',
    'google_cloud_run_v2_service',
    service({ ingress: 'INGRESS_TRAFFIC_ALL' }),
  ],
  [
    'a service can be reached from outside',
    'google_cloud_run_v2_service',
    service({ invoker_iam_disabled: true }),
  ],
  [
    'a secret stands in clear',
    'google_cloud_run_v2_service',
    service({}, { containers: [{ env: [{ name: 'CURSOR_KEY', value: 'x' }] }] }),
  ],
  [
    'audit logs could be deleted early',
    'google_logging_project_bucket_config',
    { locked: false, cmek_settings: [{ kms_key_name: key('logs') }] },
  ],
  [
    'a service names a bucket that is not there',
    'google_cloud_run_v2_service',
    service({}, { containers: [{ env: [{ name: 'RAW_BUCKET', value: 'none' }] }] }),
  ],
  ['an alert names no runbook', 'google_monitoring_alert_policy', { documentation: [{ content: 'Oh.' }] }],
] as const)('%s: told of %s', (fault, type, values) => {
  expect(faults([type, values])).toContain(fault)
})

it.each([
  { custom_audiences: ['https://b'] },
  { containers: [{ env: pushEnv.toSpliced(1, 1, { name: 'PUSH_SERVICE_ACCOUNT', value: 'other@a' }) }] },
])('a push whose receiver expects another is told', (change) => {
  const receiver = { ...service({}, change), ...change }
  expect(
    faults(['google_pubsub_subscription', subscription], ['google_cloud_run_v2_service', receiver]),
  ).toEqual(['a push is signed for another than the one who checks it'])
})

it.each([59, undefined])('Pub/Sub that waits %s s for a service that may take 60 is told', (wait) => {
  const impatient = { ...subscription, ack_deadline_seconds: wait }
  expect(
    faults(['google_pubsub_subscription', impatient], ['google_cloud_run_v2_service', service()]),
  ).toEqual(['Pub/Sub gives up before the service does'])
})

it('two services that share an account are told', () => {
  const one = ['google_cloud_run_v2_service', service()] as const
  expect(faults(one, one)).toEqual(['two services share an account'])
})

it('resources are found in every module, data sources left out', () => {
  const resource = (address: string, mode = 'managed') => ({ address, mode, type: 't', values: {} })
  const plan = {
    planned_values: {
      root_module: {
        resources: [resource('a'), resource('d', 'data')],
        child_modules: [{ child_modules: [{ resources: [resource('b')] }] }],
      },
    },
  }
  expect(plannedResources(plan).map(({ address }) => address)).toEqual(['a', 'b'])
})
