import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { REPOSITORY } from './repository.ts'

export interface BuildStep {
  readonly id?: string
  readonly name?: string
  readonly entrypoint?: string
  readonly args?: readonly string[]
  readonly env?: readonly string[]
}

/** A build configuration of Cloud Build, as far as it is looked at here. */
export interface BuildConfig {
  readonly steps: readonly BuildStep[]
  readonly images?: readonly string[]
  readonly substitutions?: Readonly<Record<string, string>>
  readonly serviceAccount?: string
  readonly timeout?: string
  readonly options?: Readonly<Record<string, unknown>>
}

// The fields that these builds use, of Cloud Build's resource `Build`; another is a mistake or is to be added here.
const FIELDS = {
  build: ['steps', 'images', 'artifacts', 'substitutions', 'serviceAccount', 'timeout', 'options', 'tags'],
  step: ['id', 'name', 'entrypoint', 'args', 'env', 'dir', 'waitFor', 'timeout'],
  options: [
    'machineType',
    'logging',
    'env',
    'volumes',
    'requestedVerifyOption',
    'sourceProvenanceHash',
    'substitutionOption',
  ],
} as const

/** Substitutions that Cloud Build fills in for a build that is submitted. */
const BUILT_IN = ['PROJECT_ID', 'PROJECT_NUMBER', 'BUILD_ID', 'LOCATION']
const PINNED = /:(?!latest$|stable$|slim$)[\w.-]*\d[\w.-]*$|@sha256:[0-9a-f]{64}$/
/** Cloud Build's own images, which come with the machine that a build runs on. */
const BUILDERS = /^gcr\.io\/cloud-builders\/[a-z-]+$/
const SECRET =
  /(api_?key|secret|password|token|private_?key|credentials?)\w*\s*[=:]\s*(?!(?:true|false|read|write)$)[^\s$]|-----BEGIN|\bAIza[\w-]{20}|\bya29\.|\bgh[ps]_\w{20}|"private_key"/i

/** A build configuration, read. */
export function readBuild(text: string): BuildConfig {
  return parse(text) as BuildConfig
}

/** What is wrong with a build configuration: one line each, none if all is well. */
export function lintBuild(text: string): string[] {
  const build = readBuild(text)
  return [
    ...unknown('the build', build, FIELDS.build),
    ...unknown('options', build.options ?? {}, FIELDS.options),
    ...build.steps.flatMap((step) => lintStep(step)),
    ...substitutionFaults(text, build),
    ...secretsIn(text),
    ...(build.images && build.options?.['requestedVerifyOption'] !== 'VERIFIED'
      ? ['images are not attested']
      : []),
    ...(build.timeout ? [] : ['the build ends when Cloud Build thinks so']),
    ...(build.serviceAccount ? [] : ['the build runs as the project’s default account']),
    ...(build.options?.['logging'] === 'CLOUD_LOGGING_ONLY'
      ? []
      : ['a build as an account of ours needs its logs in Cloud Logging']),
  ]
}

/** Lines that hold what looks like a secret. */
export function secretsIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => (SECRET.test(line) ? [`${index + 1}: a secret in clear`] : []))
}

/** Fields of an object that are not among those known. */
export function unknown(where: string, value: object, known: readonly string[]): string[] {
  return Object.keys(value)
    .filter((field) => !known.includes(field))
    .map((field) => `${where} has an unknown field: ${field}`)
}

/** Paths of this repository among words, each once. */
export function filesNamed(words: readonly string[]): string[] {
  return words.flatMap((word) =>
    [...word.matchAll(/(?<![\w./-])(?:infra|tools|\.ci)\/[\w./-]+/g)].map(([path]) => path),
  )
}

/** What is wrong with files that are to be run: absent, or a script that is not executable. */
export function fileFaults(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const file = join(REPOSITORY, path)
    if (!existsSync(file)) return [`${path} is not there`]
    return path.endsWith('.sh') && (statSync(file).mode & 0o111) === 0 ? [`${path} is not executable`] : []
  })
}

function lintStep(step: BuildStep): string[] {
  const { id, name = '', args = [] } = step
  return [
    ...unknown(`step ${id}`, step, FIELDS.step),
    ...(id === undefined ? ['a step has no id'] : []),
    ...(PINNED.test(name) || BUILDERS.test(name) ? [] : [`step ${id}: ${name} names no version`]),
    ...fileFaults(filesNamed(args)),
  ]
}

function substitutionFaults(text: string, { substitutions = {} }: BuildConfig): string[] {
  // Two dollars are one for the shell.
  const used = [...text.matchAll(/(?<!\$)\$(?:\{(\w+)\}|([A-Z_]\w*))/g)].map((match) => match[1] ?? match[2]!)
  const declared = Object.keys(substitutions)
  return [
    ...new Set([
      ...used
        .filter((name) => !declared.includes(name) && !BUILT_IN.includes(name))
        .map((name) => `$${name} is not declared`),
      ...declared.filter((name) => !used.includes(name)).map((name) => `${name} is not used`),
      ...declared.filter((name) => !name.startsWith('_')).map((name) => `${name} does not start with _`),
    ]),
  ]
}
