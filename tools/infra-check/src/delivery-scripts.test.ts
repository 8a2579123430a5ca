import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { INFRA } from './repository.ts'
import { type DeliveryRun, RELEASE, type World, startDelivery } from './testing/delivery-run.ts'

const IMAGE = 'us-central1-docker.pkg.dev/clarity-test/clarity'
const serving = (service: string, rows: string) =>
  [`gcloud run services describe ${service} *`, rows] as const
const candidateOf = (service: string) => `${service}-${RELEASE}`

let delivery: DeliveryRun
beforeEach(() => {
  delivery = startDelivery()
})
afterEach(() => delivery[Symbol.dispose]())

const scripts = readdirSync(join(INFRA, 'delivery')).filter((name) => name.endsWith('.sh'))
const hasShellCheck = spawnSync('shellcheck', ['--version']).status === 0
if (!hasShellCheck) console.log('skipped: what ShellCheck says of the scripts (it is not installed)')

it.each(scripts)('%s is well-formed bash', (name) => {
  expect(spawnSync('bash', ['-n', join(INFRA, 'delivery', name)]).status).toBe(0)
})

;(hasShellCheck ? it : it.skip)('ShellCheck minds nothing', () => {
  const { stdout } = spawnSync('shellcheck', scripts, { cwd: join(INFRA, 'delivery'), encoding: 'utf8' })
  expect(stdout).toBe('')
})

it('what serves is the commit in the name of the revision with the most traffic', () => {
  const answers = [
    serving('insight', '10,insight-g111111111111-aaaaaaaa\n90,insight-g222222222222-bbbbbbbb\n'),
    serving('analysis', '100,analysis-00001-abc\n'),
    serving('ingestion', ''),
  ]
  expect(delivery.step('serving', { answers })).toBe(0)
  expect(delivery.handed('serving')).toBe('insight 222222222222\nanalysis none\ningestion none\n')
})

describe('what has changed', () => {
  const known = 'insight 222222222222\nanalysis 333333333333\n'
  const built = (): string[] => {
    delivery.calls()
    return delivery.handed('affected').split('\n').filter(Boolean)
  }

  it('is asked of Nx for each service, since the commit that it runs, and is built', () => {
    delivery.hand('serving', known)
    const answers = [
      ['npx nx show projects *--base=222222222222 *', '@clarity/insight\n@clarity/analysis\n'],
    ] as const
    expect(delivery.step('affected', { answers })).toBe(0)
    expect(delivery.calls().filter((call) => call.includes(':build'))).toEqual([
      'npx nx run @clarity/insight:build --output-style=static',
    ])
    expect(built()).toEqual(['insight'])
  })

  it('is everything where no commit is known, or its past is not to be had', () => {
    delivery.hand('serving', 'insight none\nanalysis 333333333333\n')
    expect(delivery.step('affected', { failing: 'git *333333333333*' })).toBe(0)
    expect(built()).toEqual(['insight', 'analysis'])
  })

  it('is everything where the delivery goes back to an older commit', () => {
    delivery.hand('serving', known)
    expect(delivery.step('affected', { failing: 'git merge-base *' })).toBe(0)
    expect(built()).toEqual(['insight', 'analysis'])
  })

  it.each(['npx nx show *', 'npx nx run *'])('ends the delivery where “%s” fails', (failing) => {
    delivery.hand('serving', 'insight none\nanalysis 333333333333\n')
    expect(delivery.step('affected', { failing })).not.toBe(0)
  })
})

describe('images', () => {
  const answers = [
    ['gcloud builds describe *', 'clarity-test-builds/source/1.tgz\n'],
    ['gcloud artifacts docker images describe */analysis:*', 'sha256:aa\n'],
    ['gcloud artifacts docker images describe */ingestion:*', 'sha256:bb\n'],
  ] as const

  it('of what changed alone are made, from the very source, and named by digest', () => {
    delivery.hand('affected', 'analysis\ningestion\n')
    expect(delivery.step('images', { answers })).toBe(0)
    const builds = delivery.calls().filter((call) => call.startsWith('gcloud builds submit'))
    expect(builds).toHaveLength(2)
    for (const build of builds) expect(build).toContain('submit gs://clarity-test-builds/source/1.tgz')
    expect(delivery.handed('images')).toBe(
      `analysis ${IMAGE}/analysis@sha256:aa\ningestion ${IMAGE}/ingestion@sha256:bb\n`,
    )
  })

  it('are not made where nothing changed', () => {
    delivery.hand('affected', '')
    expect(delivery.step('images', { answers })).toBe(0)
    expect(delivery.handed('images')).toBe('')
  })

  it.each(['gcloud builds submit *_SERVICE=analysis*', 'gcloud artifacts sbom *'])(
    'end the delivery where “%s” fails',
    (failing) => {
      delivery.hand('affected', 'analysis\ningestion\n')
      expect(delivery.step('images', { answers, failing })).not.toBe(0)
    },
  )

  it.each([
    ['CRITICAL,true,notes/a\n', 1],
    ['LOW,True,notes/a\nHIGH,True,notes/b\n', 1],
    ['CRITICAL,False,notes/a\nHIGH,,notes/b\nMEDIUM,True,notes/c\n', 0],
    ['', 0],
  ])('with the findings %j end the scan with %i', (findings, status) => {
    delivery.hand('images', `analysis ${IMAGE}/analysis@sha256:aa\n`)
    const found = [
      ['gcloud artifacts docker images scan *', 'scans/1\n'],
      ['gcloud artifacts docker images list-vulnerabilities scans/1 *', findings],
    ] as const
    expect(delivery.step('scan', { answers: found })).toBe(status)
  })

  it('that are not scanned are not delivered', () => {
    delivery.hand('images', `analysis ${IMAGE}/analysis@sha256:aa\n`)
    expect(delivery.step('scan')).toBe(1)
  })
})

describe('deployment', () => {
  const images = `ingestion ${IMAGE}/ingestion@sha256:bb\nanalysis ${IMAGE}/analysis@sha256:aa\n`
  const answers = [serving('analysis', '100,analysis-old\n'), serving('ingestion', '100,ingestion-old\n')]
  const smoke = (service: string) =>
    `gcloud run jobs execute smoke-test --wait --update-env-vars=URL=https://candidate---${service}-42.us-central1.run.app,AUDIENCE=https://${service}-42.us-central1.run.app`

  it('makes revisions by digest without traffic, readers before writers, then asks each', () => {
    delivery.hand('images', images)
    expect(delivery.step('deploy', { answers })).toBe(0)
    const calls = delivery.calls().filter((call) => !call.includes('describe'))
    expect(calls).toEqual([
      `gcloud run deploy analysis --image=${IMAGE}/analysis@sha256:aa --no-traffic --tag=candidate --revision-suffix=${RELEASE}`,
      `gcloud run deploy ingestion --image=${IMAGE}/ingestion@sha256:bb --no-traffic --tag=candidate --revision-suffix=${RELEASE}`,
      smoke('analysis'),
      smoke('ingestion'),
    ])
    expect(delivery.handed('revisions')).toBe(
      `analysis analysis-old ${candidateOf('analysis')}\ningestion ingestion-old ${candidateOf('ingestion')}\n`,
    )
  })

  it('moves no traffic where a candidate is not ready', () => {
    delivery.hand('images', images)
    expect(delivery.step('deploy', { answers, failing: 'gcloud run jobs execute *' })).not.toBe(0)
    expect(delivery.calls().filter((call) => call.includes('update-traffic'))).toEqual([])
  })
})

describe('traffic', () => {
  const routes = () =>
    delivery
      .calls()
      .flatMap((call) => /update-traffic (\w+) --to-revisions=(.*)/.exec(call)?.slice(1).join(' ') ?? [])
  const [analysis, ingestion] = [candidateOf('analysis'), candidateOf('ingestion')]
  const shift = (world: World = {}): number => {
    delivery.hand('revisions', `analysis analysis-old ${analysis}\ningestion ingestion-old ${ingestion}\n`)
    return delivery.step('shift-traffic', world)
  }
  const forward = [
    `analysis ${analysis}=10,analysis-old=90`,
    `ingestion ${ingestion}=10,ingestion-old=90`,
    `analysis ${analysis}=50,analysis-old=50`,
    `ingestion ${ingestion}=50,ingestion-old=50`,
    `analysis ${analysis}=100`,
    `ingestion ${ingestion}=100`,
  ]
  const back = ['analysis analysis-old=100', 'ingestion ingestion-old=100']

  it('comes in three steps to every candidate', () => {
    expect(shift()).toBe(0)
    expect(routes()).toEqual(forward)
  })

  it('stays where a few errors are borne', () => {
    expect(shift({ answers: [['gcloud logging read *', 'a\nb\n']] })).toBe(0)
    expect(routes()).toEqual(forward)
  })

  it.each<[string, World, number]>([
    // What is refused was asked for.
    ['errors are too many', { answers: [['gcloud logging read *', 'a\nb\nc\n']] }, 2],
    ['the log cannot be read', { failing: 'gcloud logging *' }, 2],
    ['a candidate is no longer ready', { failing: 'gcloud run jobs execute *candidate---ingestion*' }, 2],
    ['half of it is refused', { failing: `*ingestion*${ingestion}=50*` }, 4],
    ['all of it is refused', { failing: `*analysis*${analysis}=100` }, 5],
    ['the delivery is cancelled', { cancelled: 'sleep 0' }, 2],
  ])('goes back to what served before where %s', (_, world, asked) => {
    expect(shift(world)).not.toBe(0)
    expect(routes()).toEqual([...forward.slice(0, asked), ...back])
  })

  it('goes back for the second service also where the first cannot', () => {
    expect(shift({ failing: 'gcloud * analysis --to-revisions=*' })).not.toBe(0)
    expect(routes()).toEqual([`analysis ${analysis}=10,analysis-old=90`, ...back])
  })

  it('does not move where there is nothing to deliver', () => {
    delivery.hand('revisions', '')
    expect(delivery.step('shift-traffic')).toBe(0)
    expect(delivery.calls()).toEqual([])
  })
})
