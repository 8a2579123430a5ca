import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readObject } from './hcl.ts'
import { REPOSITORY, read, readModule } from './repository.ts'
import { gcloudFaults, installedGcloud } from './testing/gcloud.ts'

/** Names in the runbooks that are Google's. */
const GOOGLES = ['deadline_exceeded', 'remove-iam-policy-binding']
/** Names that the sources put together from a part and one of several ends or beginnings. */
const PUT_TOGETHER = /^(?:instances-|pat_)|-(?:push|pull|dead-letter)$/
/** Fields of a line that the logger itself writes. */
const LOGGERS_FIELDS = ['message', 'request_id', 'user', 'error']
/** Of the load balancer's own lines. */
const LOAD_BALANCERS_FIELDS = ['statusDetails', 'enforcedSecurityPolicy']

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(REPOSITORY.length + 1))
    .filter((path) => !/node_modules|\.terraform\//.test(path))
}

const documents = ['README.md', ...filesIn('docs', /\.md$/), ...filesIn('infra', /\.md$/)]
const runbooks = documents.filter((path) => path.startsWith('docs/operations/'))
const sources = ['apps', 'libs', 'infra', 'tools']
  .flatMap((folder) => filesIn(folder, /(?<!\.test)\.(ts|tf|sh|yaml|mjs|example)$/))
  .map((path) => read(path))
  .join('\n')

const gcloud = installedGcloud()
if (!gcloud) console.log('skipped: commands of gcloud are not looked up, because it is not installed')

const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1]!)),
]
const inAll = (paths: readonly string[], pattern: RegExp): string[] =>
  all(paths.map((path) => read(path)).join('\n'), pattern)
/** What of the names is not to be found; there must be some. */
function unknown(names: readonly string[], isKnown: (name: string) => boolean): string[] {
  expect(names).not.toEqual([])
  return names.filter((name) => !isKnown(name))
}

describe('what the documents name is there:', () => {
  it.each(documents)('the files and headings that %s leads to', (document) => {
    const text = read(document)
    const isThere = (link: string): boolean => {
      const [path = '', heading] = link.split('#')
      const file = path === '' ? document : join(dirname(document), path)
      if (!existsSync(join(REPOSITORY, file))) return false
      return heading === undefined || headings(read(file)).includes(heading)
    }
    const links = all(text, /\]\((?!https?:)([^)\s]+)\)/g)
    const paths = all(text, /`((?:apps|libs|tools|infra|docs|models)\/[\w./-]+)`/g)
    expect(links.filter((link) => !isThere(link))).toEqual([])
    expect(paths.filter((path) => !existsSync(join(REPOSITORY, path)))).toEqual([])
  })

  it('commands of npm', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object }
    expect(unknown(inAll(documents, /npm run ([\w:]+)/g), (name) => name in scripts)).toEqual([])
  })

  it('commands that a shell can read', () => {
    const blocks = documents.flatMap((path) => shellBlocks(path))
    const script = blocks.map((block) => `{\n${block}\n}`).join('\n')
    expect(blocks.length).toBeGreaterThan(20)
    expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr).toBe('')
  })

  it.each(runbooks)('what the commands of %s take from the shell: it was set before', (path) => {
    const commands = shellBlocks(path).join('\n')
    const before = path.endsWith('/README.md') ? '' : shellBlocks('docs/operations/README.md')[0]!
    const set = all(before + commands, /(?:\b|--arg |for )([A-Za-z_]\w*)(?==| "\$\(| in )/g)
    expect(all(commands, /\$\{?([A-Za-z_]\w*)/g).filter((name) => !set.includes(name))).toEqual([])
  })

  ;(gcloud ? it : it.skip)('commands of gcloud, with their flags', () => {
    const texts = [
      ...documents.flatMap((path) => [...shellBlocks(path), ...all(read(path), /`(gcloud [^`]+)`/g)]),
      ...filesIn('infra/delivery', /\.sh$/).map((path) => read(path)),
    ].map((text) => text.replace(/\\\n\s*/g, ' '))
    const lines = all(
      texts.join('\n'),
      /(?<![\w/.-])((?:gcloud|google)(?: [a-z][a-z-]*){2,}(?:(?!\)")[^\n|])*)/g,
    )
    expect(lines.length).toBeGreaterThan(60)
    expect(lines.flatMap((line) => gcloudFaults(line, gcloud!))).toEqual([])
  })

  it('scripts and projects in commands', () => {
    const files = inAll(documents, /(?<=^|[\s"])((?:\.\/)?(?:apps|libs|tools|infra)\/[\w./-]+\.(?:sh|ts))/gm)
    expect(unknown(files, (path) => existsSync(join(REPOSITORY, path)))).toEqual([])
    const folders = inAll(documents, /npx jest ([\w/-]+)/g)
    expect(unknown(folders, (path) => existsSync(join(REPOSITORY, path)))).toEqual([])
  })

  it('routes', () => {
    const { paths } = JSON.parse(read('libs/api-client/openapi.json')) as { paths: object }
    const shape = (path: string): string => path.replace(/\/(\{\w+\}|[A-Z_$]\w*|…|:\w+)(?=\/|$)/g, '/*')
    const known = new Set(Object.keys(paths).map(shape))
    const named = inAll(
      documents,
      /(?:\/api\/v1|\$api|\$API)(\/(?!PATH)[\w{}/$…-]*[\w}…])(?=[\s"'`?,;)]|\\?$)/gm,
    )
    expect(unknown(named, (path) => known.has(`/api/v1${shape(path)}`) || known.has(shape(path)))).toEqual([])
  })
})

describe('what the runbooks ask for exists:', () => {
  it('fields of log lines', () => {
    const fields = [
      ...all(read('libs/telemetry/src/log-fields.ts'), /'(\w+)'/g),
      ...LOGGERS_FIELDS,
      ...LOAD_BALANCERS_FIELDS,
    ]
    expect(unknown(inAll(runbooks, /jsonPayload\.(\w+)/g), (name) => fields.includes(name))).toEqual([])
  })

  it('messages of log lines', () => {
    const asked = inAll(runbooks, /jsonPayload\.message=(\([^)]*\)|"[^"]*")/g)
    const messages = asked.flatMap((text) => all(text, /"([^"]*)"/g))
    expect(unknown(messages, (message) => sources.includes(`'${message}'`))).toEqual([])
  })

  it('metrics made of log lines', () => {
    const ours = readModule('log-metrics')
    const metrics = [
      ...[...readObject(ours, 'events')].map(
        ([name, event]) => `${/service\s*=\s*"(\w+)"/.exec(event)![1]}_${name}`,
      ),
      ...all(ours, /name\s+= "clarity\/([\w/]+)"/g).map((name) => name.replace('/', '_')),
      ...['ingestion_upload_bytes', 'insight_input_tokens', 'insight_output_tokens'],
    ]
    const asked = inAll(runbooks, /logging_googleapis_com:user_clarity_(\w+?)(?:_bucket|_sum|_count)?\{/g)
    expect(unknown(asked, (name) => metrics.includes(name))).toEqual([])
  })

  it('subscriptions', () => {
    const topics = all(read('libs/contracts/src/events.ts'), /'([a-z]+-[a-z-]+)',?$/gm)
    const pulled = readObject(readModule('system'), 'topics')
    const known = topics.flatMap((topic) => [
      `${topic}-dead-letter`,
      /push\s*=/.test(pulled.get(topic) ?? '') ? `${topic}-push` : `${topic}-pull`,
    ])
    const named = inAll(runbooks, /\b((?:raw|health|ml|user)-[a-z-]+-(?:push|pull|dead-letter))\b/g)
    expect(unknown(named, (name) => known.includes(name))).toEqual([])
  })

  it('codes, settings, resources and whatever else is named in words with a dash or underscore', () => {
    const named = inAll(runbooks, /`([a-z]+(?:[_-][a-z]+)+)`/g)
    const files = documents.map((path) => path.slice(path.lastIndexOf('/') + 1, -'.md'.length))
    const isKnown = (name: string): boolean =>
      [...GOOGLES, ...files].includes(name) || sources.includes(name.replace(PUT_TOGETHER, ''))
    expect(unknown(named, isKnown)).toEqual([])
  })
})

it('a command or a flag that gcloud does not have is told', () => {
  const deploy = { commands: {}, flags: { '--image': 'value' } }
  const has = { commands: { run: { commands: { deploy }, flags: {} } }, flags: { '--project': 'value' } }
  expect(gcloudFaults('gcloud run deploy a --image=b --project=c', has)).toEqual([])
  expect(gcloudFaults('gcloud run deploy a --imgae=b', has)[0]).toContain('no --imgae')
  expect(gcloudFaults('gcloud run deplyo a', has)[0]).toContain('no such command')
})

function shellBlocks(path: string): string[] {
  return [...read(path).matchAll(/^( *)```sh\n([\s\S]*?)^ *```/gm)].map((block) => block[2]!)
}

/** The headings of a text as links name them. */
function headings(text: string): string[] {
  return all(text, /^#+ (.*)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
}
