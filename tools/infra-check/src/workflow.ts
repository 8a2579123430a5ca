import { parse } from 'yaml'
import { fileFaults, filesNamed, secretsIn, unknown } from './cloud-build.ts'

interface WorkflowStep {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly WorkflowStep[]
  readonly 'timeout-minutes'?: number
}

interface Workflow {
  readonly on: unknown
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

// The fields that these workflows use; another is a mistake or is to be added here.
const FIELDS = {
  workflow: ['name', 'on', 'permissions', 'concurrency', 'jobs'],
  job: ['strategy', 'runs-on', 'timeout-minutes', 'environment', 'permissions', 'steps', 'needs'],
  step: ['uses', 'with', 'run', 'env', 'name'],
} as const

const FULL_VERSION = /@(v\d+\.\d+\.\d+|[0-9a-f]{40})$/

/** What is wrong with a GitHub workflow: one line each, none if all is well. */
export function lintWorkflow(text: string): string[] {
  const workflow = parse(text) as Workflow
  const jobs = Object.entries(workflow.jobs)
  return [
    ...unknown('the workflow', workflow, FIELDS.workflow),
    ...granted('the workflow', workflow.permissions),
    ...(workflow.permissions ? [] : ['the workflow gets whatever the repository grants']),
    ...(/pull_request_target|workflow_run/.test(JSON.stringify(workflow.on))
      ? ['code of others would run with rights of this repository']
      : []),
    ...secretsIn(text),
    ...(/\bsecrets\./.test(text) ? ['a stored secret is used'] : []),
    ...jobs.flatMap(([name, job]) => lintJob(name, job)),
  ]
}

/** Actions that a workflow uses, each with its version. */
export function actionsOf(text: string): string[] {
  const { jobs } = parse(text) as Workflow
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []))
}

function lintJob(name: string, job: Job): string[] {
  return [
    ...unknown(`job ${name}`, job, FIELDS.job),
    ...granted(`job ${name}`, job.permissions),
    ...(job['timeout-minutes'] ? [] : [`job ${name} may run for hours`]),
    ...job.steps.flatMap((step) => lintStep(step)),
  ]
}

function granted(where: string, permissions: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(permissions)
    .filter(([name, right]) => right !== 'read' && !(name === 'id-token' && right === 'write'))
    .map(([name, right]) => `${where} may ${right} ${name}`)
}

function lintStep(step: WorkflowStep): string[] {
  const { uses, run } = step
  return [
    ...unknown(`step ${uses ?? run}`, step, FIELDS.step),
    ...(uses !== undefined && !FULL_VERSION.test(uses) ? [`${uses} is not a full version`] : []),
    // What a stranger names a branch or a proposal would be run.
    ...(run?.includes('${{') ? ['a script holds an expression'] : []),
    ...(step.with && 'credentials_json' in step.with ? ['a key proves who CI is'] : []),
    ...fileFaults(filesNamed(run === undefined ? [] : [run])),
  ]
}
