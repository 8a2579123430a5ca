import { parse } from 'yaml'
import { filesNamed, lintBuild, readBuild } from './cloud-build.ts'
import { readBlocks, readObject } from './hcl.ts'
import { SERVICES, read, readModule } from './repository.ts'
import { actionsOf, lintWorkflow } from './workflow.ts'

const BUILDS = ['cloudbuild.yaml', 'infra/delivery/image.yaml']
const WORKFLOWS = ['.github/workflows/deliver.yaml', '.github/workflows/verify.yaml']
const ENVIRONMENTS = ['staging', 'production']

const delivery = read('cloudbuild.yaml')
const image = read('infra/delivery/image.yaml')
const script = (name: string): string => read(`infra/delivery/${name}.sh`)
const substitutionsIn = (text: string): string[] =>
  [...text.matchAll(/[=,"](_[A-Z_]+)=/g)].map((match) => match[1]!)

function planted(text: string, [from, to]: readonly [string | RegExp, string]): string {
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  return changed
}

describe('builds', () => {
  it.each(BUILDS)('%s has nothing that is minded', (path) => {
    expect(lintBuild(read(path))).toEqual([])
  })

  it.each([
    ['a field that Cloud Build does not know', [/^timeout:/m, 'timeuot:'], 'unknown field: timeuot'],
    ['a step’s field that it does not know', ['entrypoint:', 'entry_point:'], 'unknown field: entry_point'],
    ['a script that is not there', ['deploy.sh', 'release.sh'], 'infra/delivery/release.sh is not there'],
    [
      'an image of no version',
      ['google-cloud-cli:528.0.0-slim', 'google-cloud-cli:slim'],
      'names no version',
    ],
    ['a substitution that nobody declares', ['${_REGION}', '${_REGOIN}'], '$_REGOIN is not declared'],
    [
      'a substitution that nobody uses',
      ['substitutions:\n', "substitutions:\n  _MORE: ''\n"],
      '_MORE is not used',
    ],
    ['a secret', ['    - CI=true', '    - NPM_TOKEN=npm_abc'], 'a secret in clear'],
    ['a key in its value', ['    - CI=true', `    - MAPS=AIza${'x'.repeat(35)}`], 'a secret in clear'],
    ['the default account', [/^serviceAccount: .*\n/m, ''], 'default account'],
    ['no time limit', [/^timeout: .*\n/m, ''], 'when Cloud Build thinks so'],
  ] as const)('a delivery with %s is told', (_, change, fault) => {
    expect(lintBuild(planted(delivery, change)).join('\n')).toContain(fault)
  })

  it('an image that is not attested is told', () => {
    expect(lintBuild(planted(image, ['VERIFIED', 'NOT_VERIFIED']))).toEqual(['images are not attested'])
  })

  it('a delivery is verified before it is built, scanned before it is deployed, and deployed before it gets traffic', () => {
    expect(readBuild(delivery).steps.map(({ id }) => id)).toEqual([
      'install',
      'verify',
      'serving',
      'affected',
      'images',
      'scan',
      'deploy',
      'shift-traffic',
    ])
  })

  it('what is deployed is what was built, for every service', () => {
    const services = /SERVICES=\(([^)]*)\)/.exec(script('common'))![1]!.split(' ')
    expect(services.sort()).toEqual([...SERVICES].sort())
    const built = /export const SERVICES = \[([^\]]*)\]/.exec(read('tools/images/src/services.ts'))![1]!
    expect(built.match(/\w+/g)!.sort()).toEqual(services)
    expect(readBuild(image).images).toEqual(['${_IMAGE}'])
    const tag = '"?\\$repository/\\$service:\\$RELEASE"?'
    expect(script('images')).toMatch(new RegExp(`_IMAGE=${tag}`))
    expect(script('images')).toMatch(new RegExp(`docker images describe ${tag}`))
    expect(script('deploy')).toContain('"$DELIVERY_DIR/images"')
  })

  it('a script that starts a build gives it what it asks for', () => {
    expect(substitutionsIn(script('images')).sort()).toEqual(
      Object.keys(readBuild(image).substitutions!).sort(),
    )
    const known = Object.keys(readBuild(delivery).substitutions!)
    expect(substitutionsIn(script('submit')).filter((name) => !known.includes(name))).toEqual([])
  })

  it('an argument names each file of this repository once', () => {
    expect(
      filesNamed(['bash infra/delivery/x.sh', '--config=infra/delivery/image.yaml', '/usr/infra/y']),
    ).toEqual(['infra/delivery/x.sh', 'infra/delivery/image.yaml'])
  })
})

describe('a delivery and Terraform agree', () => {
  const files = [
    ...BUILDS,
    ...['common', 'images', 'submit'].map((name) => `infra/delivery/${name}.sh`),
    ...WORKFLOWS,
  ]
  const all = files.map((path) => read(path)).join('\n')

  it('on the region', () => {
    const region = readBuild(delivery).substitutions!['_REGION']
    for (const name of ENVIRONMENTS)
      expect(read(`infra/environments/${name}/main.tf`)).toMatch(new RegExp(`region\\s+= "${region}"`))
  })

  it('on the account, and that there is no other', () => {
    const named = new Set([...all.matchAll(/[\w-]+(?=@\$\{)/g)].map(([name]) => name))
    expect([...named]).toEqual(['clarity-deployer'])
    expect(readModule('identities')).toContain('clarity-deployer ')
  })

  it('on who owns what of a service: a name that Terraform kept would be refused with other settings', () => {
    const kept = /ignore_changes = \[\n([\s\S]*?)\n {4}\]/
      .exec(readModule('service'))![1]!
      .match(/[\w.[\]]+/g)
    expect(kept).toEqual([
      'client',
      'client_version',
      'template[0].containers[0].image',
      'template[0].labels',
      'traffic',
    ])
  })

  it('on the repository, the bucket of sources and the job', () => {
    expect(readModule('images')).toContain('repository_id = "clarity"')
    expect(all).toContain('-docker.pkg.dev/$PROJECT_ID/clarity"')
    expect(readModule('delivery')).toContain('"${var.project_id}-builds"')
    const buckets = new Set(
      [...all.matchAll(/gs:\/\/(\$\{?PROJECT_ID\}?[\w-]*)/g)].map((match) => match[1]!.replace(/[{}]/g, '')),
    )
    expect([...buckets]).toEqual(['$PROJECT_ID-builds'])
    expect(readModule('smoke-test')).toMatch(/name\s+= "smoke-test"/)
  })

  it('on the branch and the environments', () => {
    for (const name of ENVIRONMENTS) {
      const github = readObject(read(`infra/environments/${name}/main.tf`), 'github')
      expect(github.get('ref')).toBe('"refs/heads/main"')
      expect(github.get('environment')).toBe(`"${name}"`)
    }
    expect(read(WORKFLOWS[0]!)).toContain('branches: [main]')
  })

  it('on what CI is told', () => {
    const told = readBlocks(readModule('system')).map(({ label }) => label)
    expect(told).toContain('workload_identity_provider')
    expect(read(WORKFLOWS[0]!)).toContain('${{ vars.WORKLOAD_IDENTITY_PROVIDER }}')
  })
})

describe('workflows', () => {
  it.each(WORKFLOWS)('%s has nothing that is minded', (path) => {
    expect(lintWorkflow(read(path))).toEqual([])
  })

  it('a delivery shows GitHub’s token and has no other right than to read', () => {
    expect(read(WORKFLOWS[0]!)).toMatch(/permissions:\n\s+contents: read\n\s+id-token: write\n/)
    expect(read(WORKFLOWS[1]!)).not.toContain('id-token')
  })

  it('a delivery has the whole history, goes to staging before production, and is not cut off by the next', () => {
    const { concurrency, jobs } = parse(read(WORKFLOWS[0]!)) as {
      concurrency: object
      jobs: { deliver: object }
    }
    expect(concurrency).toEqual({ group: 'deliver', 'cancel-in-progress': false })
    expect(jobs.deliver).toMatchObject({
      strategy: { 'max-parallel': 1, matrix: { environment: ENVIRONMENTS } },
      environment: '${{ matrix.environment }}',
      steps: expect.arrayContaining([
        expect.objectContaining({ with: { 'fetch-depth': 0, 'persist-credentials': false } }),
      ]) as unknown,
    })
  })

  it('a delivery is started by the gcloud that its steps have', () => {
    const version = /google-cloud-cli:([\d.]+)/.exec(delivery)![1]
    expect(read(WORKFLOWS[0]!)).toMatch(new RegExp(`setup-gcloud@\\S+\n +with:\n +version: ${version}\n`))
  })

  it('their actions are the ones that infra/README.md lists', () => {
    const listed = [...read('infra/README.md').matchAll(/`([\w-]+\/[\w-]+@v[\d.]+)`/g)].map(
      (match) => match[1]!,
    )
    const used = new Set(WORKFLOWS.flatMap((path) => actionsOf(read(path))))
    expect(listed.sort()).toEqual([...used].sort())
  })

  it.each([
    ['a misspelt field', ['runs-on:', 'run-on:'], 'unknown field: run-on'],
    ['an action of a moving version', ['auth@v3.0.0', 'auth@v3'], 'is not a full version'],
    ['a right to write', ['contents: read', 'contents: write'], 'may write contents'],
    [
      'whatever rights there are',
      [/^permissions:\n {2}contents: read\n/m, ''],
      'whatever the repository grants',
    ],
    [
      'a key',
      [
        'workload_identity_provider: ${{ vars.WORKLOAD_IDENTITY_PROVIDER }}',
        'credentials_json: ${{ vars.X }}',
      ],
      'a key proves',
    ],
    ['a stored secret', ['${{ vars.REGION }}', '${{ secrets.REGION }}'], 'a stored secret'],
    ['code of others', ['push:\n    branches: [main]', 'pull_request_target:'], 'code of others'],
    ['a script that is not there', ['delivery/submit.sh', 'delivery/send.sh'], 'is not there'],
    [
      'a script that others can write in',
      ['submit.sh', 'submit.sh ${{ github.ref }}'],
      'holds an expression',
    ],
    ['no end', [/ +timeout-minutes: \d+\n/, ''], 'may run for hours'],
  ] as const)('a workflow with %s is told', (_, change, fault) => {
    expect(lintWorkflow(planted(read(WORKFLOWS[0]!), change)).join('\n')).toContain(fault)
  })
})
