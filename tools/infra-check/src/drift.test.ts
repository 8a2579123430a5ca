import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readBlocks, readObject } from './hcl.ts'
import { REPOSITORY, SERVICES, read, readModule } from './repository.ts'

/** Variables that no deployment sets, and why. */
const NOT_DEPLOYED: Readonly<Record<string, string>> = {
  PORT: 'Cloud Run sets it',
  K_SERVICE: 'Cloud Run sets it',
  FIREBASE_AUTH_EMULATOR_HOST: 'stands in for Google',
  FIREBASE_CERTS_URL: 'stands in for Google',
  PUSH_CERTS_URL: 'stands in for Google',
  VERTEX_ENDPOINT: 'stands in for Google',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'spans go to Cloud Trace',
}

/** Variables that no schema names, because Google's own clients read them. */
const READ_BY_CLIENTS = ['CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB']

const system = readModule('system')
const services = readObject(system, 'services')
const commonEnv = readObject(system, 'common_env')

/** What the files below a folder say; lists of events and tests are left out. */
function sourcesIn(folder: string): string {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.ts$/.test(path) && path !== 'events.ts')
    .map((path) => read(join(folder, path)))
    .join('\n')
}

function namesInSchema(service: string): string[] {
  const names = [...read(`apps/${service}/.env.example`).matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)]
  return names.map((match) => match[1]!).filter((name) => !(name in NOT_DEPLOYED))
}

function deployed(service: string): { env: string[]; secrets: string[] } {
  const body = services.get(service) ?? ''
  return {
    env: [...commonEnv.keys(), ...readObject(body, 'env').keys()].filter(
      (name) => !READ_BY_CLIENTS.includes(name),
    ),
    secrets: [...readObject(body, 'secrets').keys()],
  }
}

describe('Terraform and the services agree', () => {
  it('on which services there are', () => {
    expect([...services.keys()].sort()).toEqual([...SERVICES].sort())
  })

  it.each(SERVICES)('on the variables and secrets of %s', (service) => {
    const { env, secrets } = deployed(service)
    expect([...env, ...secrets].sort()).toEqual(namesInSchema(service).sort())
  })

  it.each(SERVICES)('on what of %s is secret: what the schema calls so, and API keys', (service) => {
    const example = read(`apps/${service}/.env.example`)
    const described = [...example.matchAll(/^((?:# .*\n)+)([A-Z_]+)=/gm)]
    const secret = described.filter(([, text, name]) => /secret/i.test(text!) || name!.endsWith('_API_KEY'))
    expect(deployed(service).secrets.sort()).toEqual(secret.map((match) => match[2]!).sort())
  })

  it('on the topics', () => {
    const contract = read('libs/contracts/src/events.ts')
    const block = /TOPICS = \{([^}]*)\}/.exec(contract)![1]!
    const named = [...block.matchAll(/'([^']+)'/g)].map((match) => match[1]!)
    const events = readBlocks(system).find(({ kind, label }) => kind === 'module' && label === 'events')!
    expect([...readObject(events.body, 'topics').keys()].sort()).toEqual(named.sort())
  })

  it('on where messages are pushed', () => {
    const events = readBlocks(system).find(({ kind, label }) => kind === 'module' && label === 'events')!
    const pushed = [...readObject(events.body, 'topics')].flatMap(([topic, settings]) => {
      const service = /local\.pushes\["(\w+)"\]/.exec(settings)?.[1]
      return service ? [`${service} ${topic}`] : []
    })
    const topics = new Map(
      [...read('libs/contracts/src/events.ts').matchAll(/^ {2}(\w+): '([a-z-]+)',$/gm)].map((m) => [
        m[1],
        m[2],
      ]),
    )
    const taken = SERVICES.flatMap((service) =>
      [...sourcesIn(`apps/${service}/src`).matchAll(/path: `\/push\/\$\{TOPICS\.(\w+)\}`/g)].map(
        (match) => `${service} ${topics.get(match[1]!)}`,
      ),
    )
    expect(pushed.sort()).toEqual(taken.sort())
  })

  it('on how often a message is delivered', () => {
    const counted = /MAX_DELIVERY_ATTEMPTS = (\d+)/.exec(read('libs/contracts/src/events.ts'))![1]
    expect(system).not.toContain('max_delivery_attempts')
    expect(readModule('events')).toMatch(
      new RegExp(`variable "max_delivery_attempts"[^}]*default\\s+= ${counted}\\n`),
    )
  })

  it('on deadlines: a handler ends before Cloud Run, and Cloud Run before Pub/Sub', () => {
    const timeouts = readObject(system, 'timeouts')
    const waits = readObject(system, 'ack_deadlines')
    const push = read('libs/service-shell/src/push-route.ts')
    const insight = read('apps/insight/src/routes/on-ml-predictions.ts')
    const milliseconds = (text: string): number =>
      Number(/DEADLINE_MS = ([\d_]+)/.exec(text)![1]!.replaceAll('_', ''))
    const handlers = { analysis: milliseconds(push), insight: milliseconds(insight) }
    for (const [service, handler] of Object.entries(handlers)) {
      expect(handler / 1000).toBeLessThan(Number(timeouts.get(service)))
      expect(Number(timeouts.get(service))).toBeLessThanOrEqual(Number(waits.get(service)))
    }
    expect(waits.get('analysis')).toBe('600')
  })

  it.each(SERVICES)('on what %s says has happened', (service) => {
    const said = [...read(`apps/${service}/src/events.ts`).matchAll(/'([^'\n]+)',?\s*\)$/gm)].map(
      (m) => m[1]!,
    )
    const log = [...read(`apps/${service}/src/events.ts`).matchAll(/logger\.\w+\(/g)]
    expect(said).toHaveLength(log.length)
    const counted = [...readObject(readModule('log-metrics'), 'events').values()].map((event) => ({
      service: /service\s*=\s*"([^"]+)"/.exec(event)![1],
      message: /message\s*=\s*"([^"]+)"/.exec(event)![1],
    }))
    const ours = counted.filter((event) => event.service === service).map((event) => event.message)
    expect(ours.sort()).toEqual(said.sort())
  })

  it.each(SERVICES)('that whatever %s can say is said somewhere', (service) => {
    const events = read(`apps/${service}/src/events.ts`)
    const names = [...events.matchAll(/^(?: {2}|export function )(\w+)\([^)]*\)?[^)\n]*\)?: void \{/gm)].map(
      (match) => match[1]!,
    )
    expect(names.length).toBeGreaterThanOrEqual([...events.matchAll(/logger\.\w+\(/g)].length)
    const elsewhere = sourcesIn(`apps/${service}/src`)
    expect(names.filter((name) => !new RegExp(`\\b${name}\\(`).test(elsewhere))).toEqual([])
  })

  it('on the fields of log lines that become labels', () => {
    const fields = new Set(
      [...read('libs/telemetry/src/log-fields.ts').matchAll(/'(\w+)'/g)].map((m) => m[1]!),
    )
    const metrics = readModule('log-metrics')
    const labels = [...metrics.matchAll(/labels\s*=\s*\[([^\]]*)\]/g)].flatMap((match) =>
      [...match[1]!.matchAll(/"(\w+)"/g)].map((label) => label[1]!),
    )
    expect(labels.length).toBeGreaterThan(10)
    expect(labels.filter((label) => !fields.has(label))).toEqual([])
  })

  it('on the values of labels that alerts look for', () => {
    const asked = [...readModule('alerts').matchAll(/reason=\\"([^"\\]+)/g)].map((match) => match[1]!)
    expect(asked.length).toBeGreaterThan(1)
    const said = sourcesIn('libs/language-model/src')
    expect(asked.filter((reason) => !said.includes(`'${reason}'`))).toEqual([])
  })

  it('on the fields that are asked for across everybody’s collections', () => {
    const records = sourcesIn('libs/record-store/src')
    const queries = records.matchAll(/\.collectionGroup\('([\w-]+)'\)\s*\.where\('(\w+)'/g)
    const asked = [...queries].map((match) => `${match[1]} ${match[2]}`)
    const indexed = readBlocks(readModule('records'))
      .filter(({ body }) => body.includes('COLLECTION_GROUP'))
      .map(({ body }) => /collection = "(.*)"\n\s+field\s+= "(.*)"/.exec(body)!)
    expect(indexed.map((match) => `${match[1]} ${match[2]}`)).toEqual(asked)
    expect(asked).toHaveLength(records.split('.collectionGroup(').length - 1)
  })

  it('on the field that Firestore forgets keys by', () => {
    expect(read('libs/record-store/src/user-documents.ts')).toContain(`collection('upload-keys')`)
    expect(read('libs/record-store/src/upload-records.ts')).toContain('expires_at')
    expect(readModule('records')).toMatch(/collection = "upload-keys"\s+field\s+= "expires_at"\s+ttl_config/)
  })
})

it.each(['raw-storage', 'records', 'kms'])('what %s holds is not destroyed by an apply', (name) => {
  expect(readModule(name)).toContain('prevent_destroy = true')
})

describe('operations', () => {
  const runbooks = ['alerts', 'slos', 'budget'].flatMap((name) => {
    const text = readModule(name)
    const named = [...text.matchAll(/runbook\s+= "([a-z0-9-]+)"|[/}]\/?([a-z0-9-]+)\.md/g)]
    return named.map((match) => match[1] ?? match[2]!)
  })

  it('every alert leads to a runbook of its own name', () => {
    expect(new Set(runbooks).size).toBeGreaterThan(10)
    const written = existsSync(join(REPOSITORY, 'docs/operations'))
    if (!written) return console.log('skipped: docs/operations is not there')
    const missing = [...new Set(runbooks)].filter(
      (name) => !existsSync(join(REPOSITORY, 'docs/operations', `${name}.md`)),
    )
    expect(missing).toEqual([])
  })
})
